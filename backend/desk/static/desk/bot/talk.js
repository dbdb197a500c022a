// A conversation with the draft: what was said, and asking for the next answer. Knows the address's
// questions and answers; knows nothing of the page. Kept for the tab, so that a page that is saved
// and loaded again goes on with it.

import { ask } from "./page.js";

export class Talk {
  /**
   * `url` answers; `store` is like sessionStorage; `revision` is the draft's now; `answers()` gives
   * what rehearsed actions are to answer, by their names.
   */
  constructor({ url, store, key, revision, post = ask, answers = () => ({}) }) {
    Object.assign(this, { url, store, key, revision, post, answers });
    this.settings = { real: false, locale: "", profile: "", version: "" };
    this.#clear();
    this.#restore();
  }

  begin() {
    this.#clear();
    this.keep();
  }

  #clear() {
    this.lines = []; // {by, text, choices, citations, analysis, handoff}; its number is its place
    this.state = "";
    this.begun = this.revision;
    this.busy = false;
    this.wrong = "";
  }

  /** Whether the draft was saved after this conversation began. */
  get stale() {
    return this.lines.length > 0 && !this.settings.version && this.begun !== this.revision;
  }

  said(number) {
    return this.lines[number - 1]?.text || "";
  }

  set(name, value) {
    this.settings[name] = value;
    this.keep();
  }

  /** Say a text; resolves once the bot has answered, or `wrong` says why it did not. */
  say(text) {
    return this.#send({ say: text }, text);
  }

  choose(choice) {
    return this.#send({ choose: choice.id }, choice.label);
  }

  async #send(said, text) {
    if (this.busy || !text.trim()) return false;
    const profile = profileOf(this.settings.profile);
    this.wrong = profile.wrong;
    if (this.wrong) return false;
    this.busy = true;
    const { real, locale, version } = this.settings;
    const more = { ...(locale && { locale }), ...(version && { version: Number(version) }) };
    const question = { ...said, state: this.state || undefined, real, profile: profile.value, answers: this.answers(), ...more };
    const lines = this.lines;
    const { ok, body } = await this.post(this.url, question);
    if (lines !== this.lines) return false; // begun anew meanwhile
    this.busy = false;
    if (!ok) {
      this.wrong = body.detail || "The bot did not answer. Try again.";
      return false;
    }
    this.state = body.state;
    this.lines.push({ by: "visitor", text }, { by: "bot", ...body.reply, handoff: body.handoff, analysis: body.analysis });
    this.keep();
    return true;
  }

  keep() {
    const { lines, state, settings, begun } = this;
    try {
      this.store.setItem(this.key, JSON.stringify({ lines, state, settings, begun }));
    } catch {
      // A full or forbidden store: the conversation lasts as long as the page.
    }
  }

  #restore() {
    try {
      Object.assign(this, JSON.parse(this.store.getItem(this.key)) || {});
      this.settings.real = false; // real calls are switched on anew each time
    } catch {
      this.store.removeItem(this.key);
    }
  }
}

/** A profile typed as JSON: {value, wrong}. Pure. */
export function profileOf(text) {
  if (!text.trim()) return { value: {}, wrong: "" };
  try {
    const value = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { value, wrong: "" };
  } catch {
    // Said below.
  }
  return { value: null, wrong: 'The profile has to be JSON, such as {"email": "amira@example.com"}.' };
}
