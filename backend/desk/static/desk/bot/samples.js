// Sample answers of the customer's system, by action. Kept for the tab: they show how replies read,
// and Try it answers with them where it only rehearses.

const MOST = 200_000; // characters of all of them together

export class Samples {
  constructor(bot, store = sessionStorage) {
    this.key = `kefu.samples.${bot}`;
    this.store = store;
  }

  all() {
    try {
      return JSON.parse(this.store.getItem(this.key)) || {};
    } catch {
      return {};
    }
  }

  /** The text that was pasted for an action, or "". */
  text(action) {
    const found = this.all()[action];
    return found === undefined ? "" : JSON.stringify(found, null, 2);
  }

  /** Keep what was pasted if it is JSON; an empty text forgets it. */
  keep(action, text) {
    const samples = this.all();
    delete samples[action];
    try {
      if (text.trim()) samples[action] = JSON.parse(text);
      const whole = JSON.stringify(samples);
      if (whole.length <= MOST) this.store.setItem(this.key, whole);
    } catch {
      // No JSON yet, or no room: the page goes on without.
    }
  }
}
