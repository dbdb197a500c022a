// Marking slot values in examples by selecting them, and showing them as coloured words.

import { el, icon } from "../dom.js";
import { follow, last } from "./bus.js";
import { mark, partsOf, unmark } from "./marks.js";

const FEW = 5;
const COLOURS = 6;

export function wireMarking(form) {
  const marker = document.getElementById("bot-marker");
  const boxes = [...form.querySelectorAll("textarea[name^=examples_]")];
  if (!marker || !boxes.length) return;
  let box = boxes[0]; // the one that was written in last
  for (const one of boxes) {
    one.addEventListener("focus", () => (box = one));
    one.addEventListener("input", () => show(boxes));
  }
  const apply = (result) => {
    if (!result) return say(marker, "Select the words in an example first, within one line.");
    say(marker, "");
    box.value = result.text;
    box.focus();
    box.setSelectionRange(result.start, result.end);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  follow("slots", (slots) => {
    const buttons = slots.map(({ name, title }, index) =>
      el("button", { type: "button", class: `bot-chip bot-slot-${index % COLOURS}`, onclick: () => apply(mark(box.value, box.selectionStart, box.selectionEnd, name)) }, title),
    );
    const none = el("button", { type: "button", class: "bot-chip", onclick: () => apply(unmark(box.value, box.selectionStart, box.selectionEnd)) }, icon("format_clear"), "No slot");
    marker.querySelector("[data-slot-buttons]").replaceChildren(...buttons, ...(buttons.length ? [none] : []));
    marker.hidden = !buttons.length;
    show(boxes);
  });
  show(boxes);
}

function say(marker, words) {
  let line = marker.querySelector("[role=status]");
  if (!line) marker.append((line = el("p", { role: "status", class: "bot-wrong" })));
  line.textContent = words;
}

function show(boxes) {
  const slots = last("slots") || [];
  const lists = boxes.map((box) => {
    const lines = box.value.split("\n").map((line) => line.trim()).filter(Boolean);
    const marked = lines.filter((line) => partsOf(line).some((part) => part.slot));
    if (!lines.length) return null;
    return el(
      "div",
      { lang: box.lang },
      el("p", { class: "bot-examples__count" }, count(lines.length)),
      el("ul", { dir: "auto", tabindex: marked.length > 8 ? "0" : null, "aria-label": "Examples with their marks" }, ...marked.map((line) => el("li", {}, ...partsOf(line).map((part) => span(part, slots))))),
    );
  });
  document.getElementById("bot-examples-shown").replaceChildren(...lists.filter(Boolean));
}

function count(number) {
  const words = number === 1 ? "1 example" : `${number} examples`;
  return number < FEW ? `${words}; ${FEW} or more are better` : words;
}

function span({ text, slot }, slots) {
  if (!slot) return document.createTextNode(text);
  const index = slots.findIndex(({ name }) => name === slot);
  if (index < 0) return el("span", { class: "bot-mark-unknown", title: `“${slot}” is no slot of this intent` }, text);
  return el("span", { class: `bot-marked bot-mark-${index % COLOURS}`, title: slots[index].title }, text);
}
