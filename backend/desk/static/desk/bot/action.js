// An action's page: what its method needs, a body made from the slots, and results picked out of a
// sample answer.

import { el } from "../dom.js";
import { follow, last, tell } from "./bus.js";
import { suggestedName } from "./naming.js";
import { ask, pageData, whenQuiet } from "./page.js";
import { addRow } from "./rows.js";
import { Samples } from "./samples.js";

const MOST = 40; // places of a sample answer that are offered

export function wireActions(root) {
  for (const action of root.querySelectorAll("[data-action]")) {
    if (action.dataset.wired) continue;
    action.dataset.wired = "yes";
    wireBody(action);
    wireResults(action);
  }
}

function wireBody(action) {
  const method = action.querySelector("select[name$=method]");
  const part = action.querySelector("[data-body]");
  const body = part.querySelector("textarea");
  const show = () => (part.hidden = ["GET", "DELETE"].includes(method.value) && !body.value.trim());
  method.addEventListener("change", show);
  show();
  const fill = el("button", { type: "button", class: "desk-button bot-small" }, "Fill with the slots");
  fill.addEventListener("click", () => {
    const slots = (last("slots") || []).filter(({ name }) => name);
    body.value = JSON.stringify(Object.fromEntries(slots.map(({ name }) => [name, `{{ ${name} }}`])), null, 2);
    body.focus();
    body.dispatchEvent(new Event("input", { bubbles: true }));
  });
  const line = el("p", { class: "bot-row" }, fill);
  part.append(line);
  const offer = () => (line.hidden = Boolean(body.value.trim()) || !(last("slots") || []).length);
  body.addEventListener("input", offer);
  follow("slots", offer);
}

function wireResults(action) {
  const rows = action.querySelector("[data-rows$=results]");
  const field = rows.closest(".bot-field");
  const place = action.querySelector("[data-sample]");
  const id = `${field.querySelector("fieldset").id}-sample`;
  const sample = el("textarea", { id, rows: 4, "data-mono": true, spellcheck: "false", placeholder: '{"return": {"number": "R-1001"}}' });
  const status = el("div", { role: "status" });
  const picks = el("div", { class: "bot-chips" });
  place.hidden = false;
  place.classList.add("bot-field");
  place.setAttribute("data-aside", "");
  place.append(
    el("label", { for: id }, "Paste a sample answer of your system"),
    el("p", { class: "bot-help" }, "Then press what is to be kept, and see what each expression finds. It stays in this tab of your browser; Try it answers with it."),
    sample,
    status,
    picks,
  );
  const samples = new Samples(pageData().bot);
  const name = action.querySelector("input[name$=name]");
  const draw = whenQuiet(() => show(rows, sample.value, status));
  const pasted = () => {
    offer(rows, sample.value, picks);
    draw();
  };
  sample.value = samples.text(name.value);
  if (sample.value) pasted();
  sample.addEventListener("input", () => {
    samples.keep(name.value, sample.value);
    pasted();
  });
  name.addEventListener("input", () => samples.keep(name.value, sample.value));
  field.addEventListener("input", () => {
    announce(action, rows);
    draw();
  });
  announce(action, rows);
}

function pairs(rows) {
  const found = {};
  for (const row of rows.querySelectorAll("tbody tr")) {
    const [name, path] = [...row.querySelectorAll("input")].map((box) => box.value.trim());
    if (name && path) found[name] = path;
  }
  return found;
}

/** Replies may name these results: those of the page's action, or of the new one if it is chosen. */
function announce(action, rows) {
  const fresh = action.closest("[data-new-action]");
  if (!fresh || !fresh.hidden) tell("results", Object.keys(pairs(rows)));
}

async function show(rows, answer, status) {
  for (const old of rows.querySelectorAll(".bot-found")) old.remove();
  status.replaceChildren();
  if (!answer.trim()) return;
  const { ok, body } = await ask(pageData().links.preview, { answer, paths: pairs(rows) });
  if (!ok || body.error) {
    status.replaceChildren(el("p", { class: "bot-wrong" }, body.error || body.detail));
    return;
  }
  const kept = {};
  for (const row of rows.querySelectorAll("tbody tr")) {
    const [name, path] = row.querySelectorAll("input");
    const found = body.found[name.value.trim()];
    if (!found) continue;
    path.parentElement.append(el("p", { class: `bot-found ${found.error ? "bot-wrong" : "bot-good"}` }, found.error || `= ${found.value}`));
    if (!found.error) kept[name.value.trim()] = found.found;
  }
  tell("sample", kept);
}

/** The places of a sample answer, each a button that keeps it. */
function offer(rows, text, picks) {
  let places = [];
  try {
    places = placesIn(JSON.parse(text)).slice(0, MOST);
  } catch {
    // The message below the box says what is wrong with it.
  }
  picks.replaceChildren(
    ...places.map(({ path, value }) =>
      el("button", { type: "button", class: "bot-chip", title: path, onclick: () => keep(rows, path) }, `${path} = ${brief(value)}`),
    ),
  );
}

/** The leaves of an answer with their JMESPath: {path, value}. Pure. */
export function placesIn(value, path = "") {
  if (Array.isArray(value)) {
    return [...(path ? [{ path, value }] : []), ...(value.length ? placesIn(value[0], `${path}[0]`) : [])];
  }
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => {
      const step = /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? key : JSON.stringify(key);
      return placesIn(inner, path ? `${path}.${step}` : step);
    });
  }
  return path ? [{ path, value }] : [];
}

function brief(value) {
  const text = Array.isArray(value) ? `list of ${value.length}` : JSON.stringify(value);
  return text.length > 30 ? `${text.slice(0, 30)}…` : text;
}

function keep(rows, path) {
  const taken = pairs(rows);
  const stem = suggestedName(path.replace(/\[\d+\]/g, "").split(".").at(-1)) || "result";
  const whole = suggestedName(path);
  const name = [stem, whole, ...Array.from({ length: 50 }, (_, index) => `${stem}_${index + 2}`)].find((one) => one && !(one in taken));
  const [box, place] = addRow(rows).querySelectorAll("input");
  box.value = name;
  place.value = path;
  place.dispatchEvent(new Event("input", { bubbles: true }));
}
