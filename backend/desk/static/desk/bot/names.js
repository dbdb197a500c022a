// The internal name follows the title until somebody writes one. Names that are in use stay.

import { pageData } from "./page.js";
import { suggestedName } from "./naming.js";

const MOST = 40; // characters of a description that a name is made from

export function wireNames(root) {
  for (const box of root.querySelectorAll("[data-name] input")) {
    if (box.dataset.wired || box.value) continue;
    box.dataset.wired = "yes";
    const scope = box.closest("[data-slot], [data-action]") || root.closest("form") || root;
    const from = scope.matches("[data-action]") ? "input[name$=description]" : "input[name*='title_']";
    const titles = [...scope.querySelectorAll(from)].filter((one) => one.closest("[data-slot]") === box.closest("[data-slot]"));
    if (titles.length && !(pageData().self && scope.tagName === "FORM")) follow(box, titles);
  }
}

function follow(box, titles) {
  let made = "";
  const english = titles.find((one) => one.name.endsWith("_en")) || titles[0];
  const suggest = () => {
    if (box.value !== made) return;
    made = [english, ...titles].map((one) => suggestedName(one.name.endsWith("description") ? one.value.slice(0, MOST) : one.value)).find(Boolean) || "";
    box.value = made;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  for (const title of titles) title.addEventListener("input", suggest);
  suggest(); // the browser may have filled the title before this ran
}
