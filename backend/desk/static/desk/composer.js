// The box in which a reply is written. What stands in it is kept in the browser for each
// conversation, so that neither a reload nor somebody else's takeover loses it.

import { takeFrom } from "./actions.js";
import { ask, byId, say } from "./dom.js";
import { heldByOther, isMine } from "./state.js";

export class Composer {
  /** `sent` is called for each reply that goes into the outbox. */
  constructor(session, sent) {
    this.session = session;
    this.sent = sent;
    this.text = byId("desk-text");
    this.put(session.shelf.get("draft", ""));
    this.text.addEventListener("input", () => this.#changed());
    this.text.addEventListener("keydown", (event) => this.#key(event));
    byId("desk-composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    byId("desk-suggest").addEventListener("click", () => this.suggest());
    byId("desk-restore").addEventListener("click", () => this.#restore());
  }

  /** Enter sends; while an input method composes, it only picks a word. */
  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.send();
  }

  #changed() {
    this.#keep();
    this.session.typing(Boolean(this.text.value.trim()) && !heldByOther(this.session.state));
  }

  #keep() {
    if (!this.session.shelf.put("draft", this.text.value)) this.session.unkept = true;
    this.#grow();
  }

  #grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight + 2, window.innerHeight / 3)}px`;
  }

  put(text) {
    this.text.value = text;
    this.#keep();
  }

  async send() {
    const text = this.text.value.trim();
    if (!text) return this.text.focus();
    const other = heldByOther(this.session.state);
    if (other && !(await ask(`${other} has this conversation. Take it from ${other} and send?`, "Take it and send"))) return;
    if (other) this.session.takeOver(() => this.#sent(text));
    else this.#sent(text);
  }

  /** Into the outbox; what was written after it, while a colleague was asked, stays in the box. */
  #sent(text) {
    const now = this.text.value.trim();
    this.session.write("send", text);
    this.sent();
    this.replaced = "";
    this.put(now.startsWith(text) ? now.slice(text.length).trim() : now);
    this.text.focus();
  }

  suggest() {
    byId("desk-suggest").disabled = true;
    byId("desk-suggest").setAttribute("aria-busy", "true");
    this.session.command("suggest");
    this.waiting = setTimeout(() => this.suggested(), 60_000);
  }

  /** The bot's draft stands in the box, unsent; what stood there can be put back. */
  suggested(text = null) {
    clearTimeout(this.waiting);
    byId("desk-suggest").removeAttribute("aria-busy");
    if (text !== null) {
      this.replaced = this.text.value.trim();
      this.put(text);
      this.text.focus();
    }
    this.show();
  }

  #restore() {
    this.put(this.replaced);
    this.replaced = "";
    this.text.focus();
    this.show();
  }

  /** Take a refused reply back into the box, after what stands there. */
  takeBack(text) {
    this.put([this.text.value.trim(), text].filter(Boolean).join("\n\n"));
    this.text.focus();
  }

  show() {
    const { state, link, unkept } = this.session;
    say(byId("desk-hint"), unkept ? "This browser keeps nothing: an unsent text is lost with the page." : hint(state, link.name));
    const busy = byId("desk-suggest").hasAttribute("aria-busy");
    byId("desk-suggest").disabled = busy || !state.live || !waitsForReply(state);
    byId("desk-restore").hidden = !this.replaced;
  }
}

/** Whether the visitor wrote last, so that there is something to suggest a reply to. Pure. */
export function waitsForReply(state) {
  const last = state.events.findLast((event) => event.kind === "message");
  return Boolean(last && last.by.kind === "visitor" && state.status === "open");
}

/** What sending would do now. Pure. */
export function hint(state, link) {
  if (link === "refused") return "What you write is kept in this browser until you are logged in again.";
  if (link !== "open") return "What you send is kept, and goes out once the connection is back.";
  const other = heldByOther(state);
  if (other) return `${other} has this conversation.`;
  if (state.status === "closed") return "Closed. Sending opens it again.";
  if (isMine(state)) return "Enter sends, Shift+Enter begins a new line.";
  return state.owner === "bot" ? "Sending takes the conversation over from the bot." : "Sending takes the conversation.";
}

/** What stands under a reply or note that the server has not confirmed. */
export function pendingFoot(session, composer, make) {
  return (entry) => {
    if (entry.state === "pending") {
      const words = session.link.name === "open" ? "Sending…" : "Not sent yet. It goes out once the connection is back.";
      return [make.words(words)];
    }
    const conflict = entry.code === "owner_conflict";
    const resend = conflict
      ? make.button("Take it and send", () => takeFrom(session, () => session.again(entry.cid)))
      : make.button("Try again", () => session.again(entry.cid));
    return [
      make.words(`Not sent: ${entry.why} `),
      resend,
      make.button("Edit", () => composer.takeBack(session.withdraw(entry.cid))),
    ];
  };
}
