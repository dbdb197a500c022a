// A code's expression, made from an example and tried on it.

import { el } from "../dom.js";
import { patternLike } from "./naming.js";
import { ask, pageData, whenQuiet } from "./page.js";

export function wirePatterns(root) {
  for (const place of root.querySelectorAll("[data-pattern]")) {
    if (place.dataset.wired) continue;
    place.dataset.wired = "yes";
    wire(place, place.closest("[data-slot]").querySelector("input[name$=pattern]"));
  }
}

function wire(place, pattern) {
  const id = `${pattern.id}-example`;
  const example = el("input", { type: "text", id, placeholder: "NT-10234", "data-mono": true, spellcheck: "false" });
  const result = el("p", { class: "bot-found", role: "status" });
  place.setAttribute("data-aside", "");
  place.append(
    el("label", { for: id }, "Example of such a code"),
    el("p", { class: "bot-help" }, "The expression below is made from it; one that you wrote is tried on it."),
    example,
    result,
  );
  let made = "";
  const test = whenQuiet(() => show(pattern.value, example.value, result));
  example.addEventListener("input", () => {
    if (pattern.value === made) {
      made = pattern.value = patternLike(example.value);
      pattern.dispatchEvent(new Event("change", { bubbles: true }));
    }
    test();
  });
  pattern.addEventListener("input", test);
}

async function show(pattern, text, result) {
  result.className = "bot-found";
  if (!pattern || !text) {
    result.textContent = "";
    return;
  }
  const { ok, body } = await ask(pageData().links.preview, { pattern, text });
  const wrong = !ok || body.error || !body.found;
  result.classList.add(wrong ? "bot-wrong" : "bot-good");
  if (!ok) result.textContent = body.detail;
  else if (body.error) result.textContent = body.error;
  else result.textContent = body.found ? `It finds ${body.found}` : "It does not find this example.";
}
