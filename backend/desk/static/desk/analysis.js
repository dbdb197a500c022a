// Under a bot message: how it came to be. Fetched when somebody opens the fold. Knows the names that
// the engine uses where they read better in words; anything else is shown under its own name.

import { el } from "./dom.js";

const NAMES = {
  why: "Why",
  stages_ms: "Time",
  refusals_before: "Refusals before",
  decision: "Decision",
};

/** A name as a label: words with a capital. Pure. */
export function label(name) {
  if (Object.hasOwn(NAMES, name)) return NAMES[name];
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function isEmpty(value) {
  if (value === null || value === undefined || value === "" || value === false) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** Milliseconds as they read best. Pure. */
export function duration(ms) {
  return ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms)} ms`;
}

const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isTable = (value) => Array.isArray(value) && value.length > 0 && value.every((row) => isRecord(row) && row.title);

export function fold(url, message) {
  const body = el("div", { class: "desk-analysis" }, "Loading…");
  const details = el("details", { class: "desk-fold" }, el("summary", {}, "How the bot got here"), body);
  let asked = false;
  details.addEventListener("toggle", async () => {
    if (!details.open || asked) return;
    asked = true;
    const found = await load(url.replace("00000000-0000-0000-0000-000000000000", message));
    asked = !found.again;
    body.replaceChildren(...found.nodes);
  });
  return details;
}

async function load(url) {
  try {
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    const body = await answer.json();
    if (!answer.ok) return { nodes: [body.detail || "This could not be loaded."] };
    return { nodes: show(body) };
  } catch {
    return { nodes: ["This could not be loaded. Close and open it to try again."], again: true };
  }
}

function show({ analysis, attempt, state }) {
  const facts = attempt > 1 ? { ...analysis, attempts: attempt } : analysis;
  const nodes = record(facts);
  return nodes.length ? nodes : [`Nothing was stored; the turn is ${state}.`];
}

/** Plain values first, as a list of facts; then what has parts, each under its heading. */
function record(value) {
  const entries = Object.entries(value).filter(([, one]) => !isEmpty(one));
  const plain = entries.filter(([name, one]) => typeof one !== "object" || name.endsWith("_ms"));
  const parts = entries.filter((entry) => !plain.includes(entry));
  const facts = plain.flatMap(([name, one]) => [el("dt", {}, label(name)), el("dd", {}, words(name, one))]);
  return [
    facts.length ? el("dl", { class: "desk-facts" }, ...facts) : "",
    ...parts.map(([name, one]) => el("section", {}, el("h4", {}, label(name)), ...part(one))),
  ].filter(Boolean);
}

function words(name, value) {
  if (isRecord(value)) {
    return Object.entries(value)
      .map(([stage, ms]) => `${label(stage).toLowerCase()} ${duration(ms)}`)
      .join(" · ");
  }
  if (value === true) return "yes";
  return name.endsWith("_ms") ? duration(value) : String(value);
}

function part(value) {
  if (isTable(value)) return [table(value)];
  if (!Array.isArray(value)) return record(value);
  const items = value.map((one) => el("li", {}, ...(isRecord(one) ? record(one) : [String(one)])));
  return [el("ul", {}, ...items)];
}

function table(rows) {
  const numbers = Object.keys(rows[0]).filter((name) => typeof rows[0][name] === "number");
  const head = ["passage", ...numbers].map((name) => el("th", { scope: "col" }, label(name)));
  const body = rows.map((row) =>
    el(
      "tr",
      {},
      el("td", {}, row.heading ? `${row.title} › ${row.heading}` : row.title),
      ...numbers.map((name) => el("td", { class: "desk-number" }, row[name].toFixed(2))),
    ),
  );
  return el(
    "div",
    { class: "desk-table-scroll" },
    el("table", {}, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...body)),
  );
}
