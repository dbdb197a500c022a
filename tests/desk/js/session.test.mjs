import assert from "node:assert/strict";
import { test } from "node:test";
import { Shelf } from "../../../backend/desk/static/desk/outbox.js";
import { Session } from "../../../backend/desk/static/desk/session.js";
import { memory } from "./memory.mjs";

const C = "c";
const joined = (more = {}) => ({
  type: "joined", conversation: C, visitor: { name: "Lin", profile: {} }, page: {}, site: "Shop", head: 0,
  epoch: 1, owner: "bot", operator: null, status: "open", rating: null, visitor_seen: 0, notes: [], ...more,
});

function desk(storage = memory()) {
  const line = { sent: [], up: true, open() {}, send(frame) { if (this.up) this.sent.push(frame); return this.up; } };
  const told = { trouble: [], news: [], drafts: [] };
  const timers = [];
  let ids = 0;
  const session = new Session({
    conversation: C,
    me: { id: 1, name: "Ana" },
    shelf: new Shelf(storage, 1, C),
    on: {
      changed() {}, summary() {},
      news: (events) => told.news.push(...events),
      trouble: (words, code) => told.trouble.push(code || words),
      draft: (text) => told.drafts.push(text),
    },
    clock: () => 1_000_000,
    later: (call, wait) => timers.push({ call, wait }),
    makeId: () => `id${++ids}`,
  });
  session.attach(line);
  const up = (more) => {
    line.up = true;
    session.status("open", "");
    session.frame(joined(more));
    session.frame({ type: "live", conversation: C, head: session.state.last });
  };
  const types = () => line.sent.map((frame) => frame.type);
  return { session, line, told, up, types, timers };
}

test("it joins from the last event that it has shown", () => {
  const { session, line, up } = desk();
  up();
  session.frame({ type: "event", conversation: C, event: { seq: 1, kind: "message", by: { kind: "visitor" }, body: { message: "m", text: "hi" } } });
  session.status("waiting", "");
  session.status("open", "");
  assert.deepEqual(line.sent.filter((frame) => frame.type === "join").map((frame) => frame.last_seq), [0, 1]);
});

test("a gap is joined again at once", () => {
  const { session, up, types } = desk();
  up();
  session.frame({ type: "event", conversation: C, event: { seq: 2, kind: "message", by: { kind: "visitor" }, body: { message: "m", text: "hi" } } });
  assert.deepEqual(types(), ["join", "join"]);
});

test("one reply is in flight, and the next follows its ack", () => {
  const { session, line, up } = desk();
  up();
  session.write("send", "one");
  session.write("send", "two");
  const sent = () => line.sent.filter((frame) => frame.type === "send").map((frame) => frame.text);
  assert.deepEqual(sent(), ["one"]);
  session.frame({ type: "ack", conversation: C, cid: "id1", seq: 1 });
  assert.deepEqual(sent(), ["one", "two"]);
});

test("a reply written while the line is down goes out when it is back, under its first cid", () => {
  const storage = memory();
  const first = desk(storage);
  first.line.up = false;
  first.session.write("send", "hello");
  const second = desk(storage); // the page was loaded again
  second.up();
  const [sent] = second.line.sent.filter((frame) => frame.type === "send");
  assert.deepEqual([sent.cid, sent.text], ["id1", "hello"]);
  second.session.frame({ type: "ack", conversation: C, cid: "id1", seq: 1 });
  assert.deepEqual(desk(storage).session.outbox, []);
});

test("a reply whose ack was lost is not sent again once its event is there", () => {
  const { session, line, up } = desk();
  up();
  session.write("send", "one");
  session.status("waiting", "");
  session.status("open", "");
  session.frame(joined({ head: 1 }));
  const stored = { seq: 1, kind: "message", by: { kind: "operator", name: "Ana" }, body: { message: "m", text: "one", cid: "id1" } };
  session.frame({ type: "events", conversation: C, events: [stored], more: false });
  session.frame({ type: "live", conversation: C, head: 1 });
  assert.equal(line.sent.filter((frame) => frame.type === "send").length, 1);
  assert.deepEqual(session.outbox, []);
});

test("a reply that lost against a colleague is kept with the reason", () => {
  const { session, up } = desk();
  up();
  session.write("send", "mine");
  session.frame({ type: "error", conversation: C, cid: "id1", code: "owner_conflict", detail: "Mia has this conversation." });
  assert.deepEqual(
    session.outbox.map(({ text, state, why }) => [text, state, why]),
    [["mine", "failed", "Mia has this conversation."]],
  );
  assert.equal(session.withdraw("id1"), "mine");
});

test("a store that is down for a moment is tried again under the same cid", () => {
  const { session, line, up, timers } = desk();
  up();
  session.write("send", "one");
  session.frame({ type: "error", conversation: C, cid: "id1", code: "store_unavailable", detail: "", retry_after: 3 });
  session.write("send", "two");
  assert.equal(line.sent.filter((frame) => frame.type === "send").length, 1);
  timers.find((timer) => timer.wait === 3000).call();
  assert.deepEqual(line.sent.filter((frame) => frame.type === "send").map((frame) => frame.cid), ["id1", "id1"]);
});

test("a command that the line swallowed is said to be unconfirmed", () => {
  const { session, told, up } = desk();
  up();
  session.command("take");
  session.status("waiting", "");
  assert.equal(told.trouble.length, 1);
});

test("a command that was refused is told, with its code", () => {
  const { session, told, up } = desk();
  up();
  session.command("release");
  session.frame({ type: "error", conversation: C, cid: "id1", code: "owner_conflict", detail: "Mia has this conversation." });
  assert.deepEqual(told.trouble, ["owner_conflict"]);
});

test("a suggestion fills the composer only for the one who asked, and only once", () => {
  const { session, told, up } = desk();
  up();
  session.frame({ type: "draft", conversation: C, cid: "another", text: "no", citations: [] });
  session.command("suggest");
  for (const _ of [1, 2]) session.frame({ type: "draft", conversation: C, cid: "id1", text: "yes", citations: [] });
  assert.deepEqual(told.drafts, ["yes"]);
});

test("the read mark is sent once for each new head, and only while live", () => {
  const { session, up, types } = desk();
  session.seen();
  up();
  session.frame({ type: "event", conversation: C, event: { seq: 1, kind: "message", by: { kind: "visitor" }, body: { message: "m", text: "hi" } } });
  session.seen();
  session.seen();
  assert.equal(types().filter((type) => type === "seen").length, 1);
});

test("typing is said again only after a while, and its end once", () => {
  const { session, types, up } = desk();
  up();
  session.typing(true);
  session.typing(true);
  session.typing(false);
  session.typing(false);
  assert.equal(types().filter((type) => type === "typing").length, 2);
});

test("only what comes while the page is live is news", () => {
  const { session, told } = desk();
  const message = (seq) => ({ seq, kind: "message", by: { kind: "visitor" }, body: { message: `m${seq}`, text: "hi" } });
  session.status("open", "");
  session.frame(joined({ head: 1 }));
  session.frame({ type: "events", conversation: C, events: [message(1)], more: false });
  session.frame({ type: "live", conversation: C, head: 1 });
  session.frame({ type: "event", conversation: C, event: message(2) });
  assert.deepEqual(told.news.map((one) => one.seq), [2]);
});
