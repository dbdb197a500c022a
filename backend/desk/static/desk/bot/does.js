// What the bot does decides which fields there are; the action, which results replies may name.

import { el } from "../dom.js";
import { tell } from "./bus.js";
import { ask, pageData } from "./page.js";
import { Samples } from "./samples.js";

const NEW = "+new";
let chosen = "";

export function wireDoes(form) {
  const radios = form.querySelectorAll("input[name=does]");
  if (!radios.length) return;
  const action = form.querySelector("select[name=action]");
  const confirm = form.querySelector("input[name=confirm]");
  const fresh = form.querySelector("[data-new-action]");
  const link = el("a", { class: "desk-inline", href: "#" }, "readonly" in form.dataset ? "Open this action" : "Edit this action");
  action.after(link);
  const show = () => {
    const does = [...radios].find((radio) => radio.checked)?.value || "";
    for (const part of form.querySelectorAll("[data-does]")) part.hidden = !part.dataset.does.split(" ").includes(does);
    fresh.hidden = action.value !== NEW;
    if (action.value !== NEW) tellOf(action.value);
    const stored = pageData().actions?.[action.value];
    link.hidden = !stored;
    if (stored) link.href = stored.url;
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

/** What the action gives; with what is found in its pasted sample, so that replies can be read. */
async function tellOf(name) {
  const paths = pageData().actions?.[name]?.results || {};
  tell("results", Object.keys(paths));
  const answer = new Samples(pageData().bot).text(name);
  chosen = name;
  const { body } = answer ? await ask(pageData().links.preview, { answer, paths }) : { body: {} };
  if (chosen !== name) return; // another one was chosen meanwhile
  const found = Object.entries(body.found || {}).filter(([, { error }]) => !error);
  tell("sample", Object.fromEntries(found.map(([key, one]) => [key, one.found])));
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
