// One conversation's live session: the state, the outbox and the line, kept in step. Knows which
// frames to send when; knows nothing of the page, which is told of every change through `on`.

import { add, confirmed, fail, next, remove, retry, retryAfter } from "./outbox.js";
import { uuid } from "./socket.js";
import { disconnected, hasGap, initial, reduce } from "./state.js";

const TYPING_EVERY = 3_000;
const TYPING_ENDS = 6_000;

export class Session {
  /** `on`: changed(), news(events), trouble(words), draft(text), summary(frame). */
  constructor({ conversation, me, shelf, on, clock = () => Date.now(), makeId = uuid, later = (...call) => setTimeout(...call) }) {
    this.state = initial(conversation, me);
    this.shelf = shelf;
    this.outbox = shelf.entries();
    this.on = on;
    this.clock = clock;
    this.makeId = makeId;
    this.later = later;
    this.inFlight = null;
    this.commands = new Map(); // cid -> what to do once it is acknowledged
    this.seenSent = 0;
    this.typingSent = 0;
    this.link = { name: "connecting", detail: "" };
    this.unkept = false;
  }

  attach(line) {
    this.line = line;
    line.open();
  }

  // --- the line's side ---

  status(name, detail) {
    this.link = { name, detail };
    this.inFlight = null;
    if (name === "open") this.#join();
    else {
      this.state = disconnected(this.state);
      this.seenSent = 0;
      for (const cid of this.commands.keys()) this.#lostCommand(cid);
    }
    this.on.changed();
  }

  frame(frame) {
    const before = this.state;
    this.state = reduce(before, frame);
    if (frame.type === "ack") this.#acked(frame);
    if (frame.type === "error") this.#refused(frame);
    if (frame.type === "draft") this.#drafted(frame);
    if (frame.type === "changed") this.on.summary(frame);
    this.#read(before, frame);
    if (hasGap(this.state) && !hasGap(before)) this.#join();
    this.#pump();
    if (this.state !== before || frame.type !== "changed") this.on.changed();
  }

  #read(before, frame) {
    const fresh = this.state.events.slice(before.events.length);
    if (!fresh.length) return;
    this.#keep(confirmed(this.outbox, fresh));
    if (before.live && frame.type === "event") this.on.news(fresh);
  }

  #join() {
    const { conversation, last } = this.state;
    this.line.send({ type: "join", conversation, last_seq: last });
  }

  #acked({ cid }) {
    if (cid === this.inFlight) this.inFlight = null;
    this.#keep(remove(this.outbox, cid));
    const then = this.commands.get(cid);
    this.commands.delete(cid);
    if (then) then();
  }

  #refused(frame) {
    if (frame.cid && frame.cid === this.inFlight) return this.#refusedEntry(frame);
    if (frame.conversation && frame.conversation !== this.state.conversation) return;
    this.commands.delete(frame.cid);
    this.on.trouble(frame.detail, frame.code);
  }

  #refusedEntry(frame) {
    const wait = retryAfter(frame);
    if (wait === null) {
      this.inFlight = null;
      this.#keep(fail(this.outbox, frame.cid, frame.code, frame.detail));
      return;
    }
    // Stays in flight meanwhile, so that nothing overtakes it.
    this.later(() => {
      if (this.inFlight === frame.cid) this.inFlight = null;
      this.#pump();
    }, wait * 1000);
  }

  #drafted(frame) {
    if (frame.conversation !== this.state.conversation || !this.commands.delete(frame.cid)) return;
    this.on.draft(frame.text);
  }

  #lostCommand(cid) {
    this.commands.delete(cid);
    this.on.trouble("The connection was lost before that was confirmed. Look at the state, and try again.");
  }

  #pump() {
    if (this.inFlight || !this.state.live) return;
    const entry = next(this.outbox);
    if (!entry) return;
    const { cid, kind, text } = entry;
    if (this.line.send({ type: kind, conversation: this.state.conversation, cid, text })) {
      this.inFlight = cid;
    }
  }

  #keep(outbox) {
    if (outbox === this.outbox) return;
    this.unkept = !this.shelf.sync(this.outbox, outbox) && outbox.length > 0;
    this.outbox = outbox;
  }

  // --- the operator's side ---

  /** Put a reply or a note into the outbox. */
  write(kind, text) {
    this.#keep(add(this.outbox, kind, text, this.makeId(), this.clock()));
    this.typing(false);
    this.#pump();
    this.on.changed();
  }

  again(cid) {
    this.#keep(retry(this.outbox, cid));
    this.#pump();
    this.on.changed();
  }

  /** Take an entry back out; returns its text. */
  withdraw(cid) {
    const entry = this.outbox.find((one) => one.cid === cid);
    this.#keep(remove(this.outbox, cid));
    this.on.changed();
    return entry ? entry.text : "";
  }

  /** take, release, queue, close, assign or suggest; `then` runs once it is acknowledged. */
  command(type, more = {}, then = null) {
    const cid = this.makeId();
    if (!this.line.send({ type, conversation: this.state.conversation, cid, ...more })) {
      this.on.trouble("There is no connection just now.");
      return;
    }
    this.commands.set(cid, then || (() => {}));
    this.on.changed();
  }

  /** Take the conversation from whoever has it. */
  takeOver(then = null) {
    this.command("assign", { operator: this.state.me.id }, then);
  }

  stop() {
    const frame = { type: "stop", conversation: this.state.conversation };
    if (this.state.draft) frame.message = this.state.draft.message;
    this.line.send(frame);
  }

  /** Tell the visitor that somebody writes; said again every few seconds while it goes on. */
  typing(on) {
    const now = this.clock();
    clearTimeout(this.typingTimer);
    if (on) this.typingTimer = this.later(() => this.typing(false), TYPING_ENDS);
    if (on ? now - this.typingSent < TYPING_EVERY : !this.typingSent) return;
    this.typingSent = on ? now : 0;
    this.line.send({ type: "typing", conversation: this.state.conversation, on });
  }

  /** What is shown up to now was looked at. */
  seen() {
    const { live, last, conversation } = this.state;
    if (!live || last <= this.seenSent) return;
    if (this.line.send({ type: "seen", conversation, seq: last })) this.seenSent = last;
  }
}
