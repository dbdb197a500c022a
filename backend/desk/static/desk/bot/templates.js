// Templates: fields to press into them, and how a reply reads with sample values.

import { el } from "../dom.js";
import { follow, last } from "./bus.js";
import { samplesIn } from "./marks.js";
import { ask, pageData, whenQuiet } from "./page.js";
import { addRow } from "./rows.js";

const PROFILE = { name: "Amira", email: "amira@example.com" };
const SAMPLES = {
  text: "a few words",
  choice: "this one",
  number: "2",
  money: "£12.50",
  date: "Friday 27 November 2026",
  time: "2:30 pm",
  date_range: "27 to 30 November 2026",
  yes_no: "yes",
  email: "amira@example.com",
  phone: "+44 7700 900123",
  pattern: "10234",
  person: "Amira Khan",
  location: "12 High Street, Leeds",
};

export function wireTemplates(root) {
  const groups = new Map(); // the field around -> its boxes
  for (const box of root.querySelectorAll("[data-template]")) {
    const field = box.closest(".bot-field");
    if (!box.closest("[data-rows]") && !field.dataset.wired) groups.set(field, [...(groups.get(field) || []), box]);
  }
  for (const [field, boxes] of groups) {
    field.dataset.wired = "yes";
    wireField(boxes[0].closest(".bot-languages") || boxes[0], boxes);
    if (boxes.some((box) => "preview" in box.dataset)) wirePreview(boxes);
  }
  for (const rows of root.querySelectorAll("[data-rows$=headers], [data-rows$=query]")) {
    if (!rows.querySelector(".bot-chips")) wireRow(rows);
  }
}

function wireField(place, boxes) {
  let box = boxes[0];
  for (const one of boxes) one.addEventListener("focus", () => (box = one));
  place.after(chipsFor(boxes[0], () => box));
}

/** In a table the fields go into the box that was written in last, or into a new row. */
function wireRow(rows) {
  let box = null;
  rows.addEventListener("focusin", (event) => event.target.closest("[data-template]") && (box = event.target));
  const target = () => (box?.isConnected ? box : addRow(rows).querySelector("[data-template]"));
  rows.append(chipsFor({ name: `${rows.dataset.rows}_text`, dataset: {} }, target));
}

function chipsFor(sample, target) {
  const chips = el("div", { class: "bot-chips", role: "group", "aria-label": "Fields to put in", "data-aside": "" });
  const draw = () => {
    const made = ({ name, title }) =>
      el("button", { type: "button", class: "bot-chip", title: `Put in {{ ${name} }}`, onclick: () => putIn(target(), name) }, title);
    chips.replaceChildren(...fieldsFor(sample).map(made));
  };
  follow("slots", draw);
  follow("results", draw);
  return chips;
}

/** What a template may name at this place. */
function fieldsFor(box) {
  const slots = (last("slots") || pageData().slots || []).filter(({ name }) => name);
  const reply = "preview" in box.dataset;
  const header = box.name.endsWith("headers_text");
  const results = reply && !box.name.includes("reply_confirm") ? last("results") || [] : [];
  return [
    ...slots.map(({ name, title }) => ({ name, title })),
    ...results.map((name) => ({ name: `result.${name}`, title: `result: ${name}` })),
    ...(box.name.includes("reply_refused") ? [{ name: "problem.detail", title: "what your system says" }] : []),
    ...(header ? pageData().secrets.map((name) => ({ name: `secret.${name}`, title: `secret: ${name}` })) : []),
    { name: "profile.email", title: "visitor's e-mail" },
    ...(reply ? [{ name: "profile.name", title: "visitor's name" }, { name: "company", title: "company" }] : []),
  ];
}

function putIn(box, name) {
  const text = `{{ ${name} }}`;
  const before = box.value.slice(0, box.selectionStart);
  const bare = box.name.endsWith("body") && (before.match(/"/g) || []).length % 2 === 0;
  box.setRangeText(bare ? `"${text}"` : text, box.selectionStart, box.selectionEnd, "end");
  box.focus();
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function wirePreview(boxes) {
  const shown = boxes.map((box) => {
    const place = el("div", { class: "bot-preview", "aria-live": "polite", hidden: true });
    (box.closest(".bot-language") || box).append(place);
    return place;
  });
  const draw = whenQuiet(() => preview(boxes, shown));
  for (const box of boxes) box.addEventListener("input", draw);
  follow("slots", draw);
  follow("results", draw);
  follow("sample", draw);
}

async function preview(boxes, shown) {
  const templates = boxes.map((box) => box.value);
  if (!templates.some((text) => text.trim())) {
    shown.forEach((place) => (place.hidden = true));
    return;
  }
  const { ok, body } = await ask(pageData().links.preview, { templates, values: values() });
  shown.forEach((place, index) => {
    place.hidden = !templates[index].trim() || !ok;
    if (place.hidden) return;
    const { text, error, note } = body.shown[index];
    place.classList.toggle("bot-preview--bad", Boolean(error));
    if (note) place.replaceChildren(el("span", { class: "bot-preview__label" }, note));
    else place.replaceChildren(el("span", { class: "bot-preview__label" }, error ? "" : "For example: "), el("p", { dir: "auto" }, error || text));
  });
}

/** A value for every field: what an example marks, what a sample answer holds, else the type's. */
function values() {
  const marked = samplesIn([...document.querySelectorAll("textarea[name^=examples_]")].map((box) => box.value));
  const slots = last("slots") || pageData().slots || [];
  const found = Object.fromEntries(slots.map(({ name, type, sample }) => [name, marked[name] || sample || SAMPLES[type] || name]));
  const kept = last("sample") || {};
  const result = Object.fromEntries((last("results") || []).map((name) => [name, kept[name] ?? `⟨${name}⟩`]));
  return { ...found, result, profile: PROFILE, language: "en", company: document.querySelector(".bot-crumbs a")?.textContent || "", problem: { detail: "the parcel has left already" } };
}
