// The side panel: who the visitor is, where they are, and the operators' private notes.

import { el, keyed } from "./dom.js";
import { link } from "./text.js";
import { clock } from "./time.js";

/** What is known of the visitor, as [name, value or link]. Pure. */
export function factsOf(state) {
  const { visitor, page } = state;
  if (!visitor) return [];
  const found = [["Name", visitor.name]];
  if (visitor.email) found.push(["E-mail", { text: visitor.email, url: `mailto:${visitor.email}` }]);
  if (visitor.locale) found.push(["Language", languageName(visitor.locale)]);
  if (page && page.url) found.push(["Page", { text: pageTitle(page), url: page.url }]);
  if (page && page.referrer) found.push(["Came from", { text: page.referrer, url: page.referrer }]);
  if (state.site) found.push(["Site", state.site]);
  if (state.rating) found.push(["Rating", `${state.rating} of 5`]);
  for (const [name, value] of Object.entries(visitor.profile || {})) found.push([name, plain(value)]);
  return found;
}

/** A page says itself what it is called, so its host is named too. */
function pageTitle({ title, url }) {
  return title && URL.canParse(url) ? `${title} (${new URL(url).host})` : url;
}

function plain(value) {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

export function languageName(locale) {
  try {
    const name = new Intl.DisplayNames(["en"], { type: "language" }).of(locale);
    return name && name !== locale ? `${name} (${locale})` : locale;
  } catch {
    return locale;
  }
}

export function showFacts(list, state) {
  const facts = factsOf(state);
  const stamp = JSON.stringify(facts);
  if (list.dataset.stamp === stamp) return;
  list.dataset.stamp = stamp;
  list.replaceChildren(
    ...facts.flatMap(([name, value]) => [
      el("dt", {}, name),
      el("dd", { dir: "auto" }, value && value.url ? link(value.url, value.text) : value),
    ]),
  );
}

/** The notes, and those that are still on their way. */
export function showNotes(list, state, outbox, on) {
  const kept = state.notes.map((note) => ({ key: `n${note.id}`, stamp: "", ...note }));
  const pending = outbox
    .filter((entry) => entry.kind === "note")
    .map((entry) => ({ key: `o${entry.cid}`, stamp: entry.state, pending: entry, ...entry }));
  keyed(list, [...kept, ...pending], (note) =>
    el(
      "li",
      { class: note.pending ? "desk-memo desk-memo--pending" : "desk-memo" },
      el("p", { dir: "auto" }, note.text),
      note.pending
        ? el("p", { class: "desk-said__foot" }, ...on.pending(note.pending))
        : el("p", { class: "desk-said__foot" }, `${note.author || "A former colleague"}, `, el("time", { datetime: note.at }, clock(note.at))),
    ),
  );
}
