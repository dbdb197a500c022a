// What the bot does decides which fields there are; the action, which results replies may name.

import { tell } from "./bus.js";
import { pageData } from "./page.js";

const NEW = "+new";

export function wireDoes(form) {
  const radios = form.querySelectorAll("input[name=does]");
  if (!radios.length) return;
  const action = form.querySelector("select[name=action]");
  const confirm = form.querySelector("input[name=confirm]");
  const fresh = form.querySelector("[data-new-action]");
  const show = () => {
    const does = [...radios].find((radio) => radio.checked)?.value || "";
    for (const part of form.querySelectorAll("[data-does]")) part.hidden = !part.dataset.does.split(" ").includes(does);
    fresh.hidden = action.value !== NEW;
    if (action.value !== NEW) tell("results", pageData().actions?.[action.value]?.results || []);
    form.querySelector("[data-occasion=reply_confirm]").hidden ||= !confirm.checked;
    hint(form, action);
  };
  confirm.addEventListener("change", show);
  for (const radio of radios) radio.addEventListener("change", show);
  action.addEventListener("change", () => {
    show();
    if (action.value === NEW) fresh.querySelector("input").focus();
  });
  show();
}

/** A reply that the action has already is said where the intent's own is empty. */
function hint(form, action) {
  const replies = pageData().actions?.[action.value]?.replies || [];
  for (const part of form.querySelectorAll("[data-occasion]")) {
    const occasion = part.dataset.occasion.replace("reply_", "");
    for (const box of part.querySelectorAll("textarea")) {
      box.placeholder = replies.includes(occasion) ? "Empty: what the action says" : "Empty: in the bot's own words";
    }
  }
}
