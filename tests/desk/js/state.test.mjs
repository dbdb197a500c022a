import assert from "node:assert/strict";
import { test } from "node:test";
import { possible, stateBadge } from "../../../backend/desk/static/desk/actions.js";
import { disconnected, hasGap, heldByOther, initial, isMine, reduce } from "../../../backend/desk/static/desk/state.js";

const C = "0b9f6a2e-0000-4000-8000-000000000001";
const ME = { id: 1, name: "Ana" };
const MIA = { id: 2, name: "Mia" };

const joined = (more = {}) => ({
  type: "joined", conversation: C, visitor: { id: "v", name: "Lin", email: "", profile: {}, locale: "en" },
  page: {}, site: "Shop", head: 0, epoch: 1, owner: "bot", operator: null, status: "open", rating: null,
  visitor_seen: 0, notes: [], ...more,
});
const event = (seq, kind, body, by = { kind: "visitor" }) => ({
  type: "event", conversation: C, event: { seq, kind, at: "2026-01-01T00:00:00.000Z", by, body },
});
const said = (seq, text, by) => event(seq, "message", { message: `m${seq}`, text }, by);
const piece = (type, n, text, more = {}) => ({
  type, conversation: C, message: "b1", attempt: 1, epoch: 1, n, text, ...more,
});
const after = (...frames) => [joined(), ...frames].reduce(reduce, initial(C, ME));

test("events are shown in order, once, whatever order they come in", () => {
  const state = after(said(2, "b"), said(1, "a"), said(2, "b"), said(3, "c"), said(1, "a"));
  assert.deepEqual(state.events.map((one) => one.body.text), ["a", "b", "c"]);
  assert.equal(state.last, 3);
  assert.equal(hasGap(state), false);
});

test("a missing event is a gap until it comes", () => {
  const gap = after(said(1, "a"), said(3, "c"));
  assert.equal(hasGap(gap), true);
  assert.equal(gap.last, 1);
  assert.equal(hasGap(reduce(gap, said(2, "b"))), false);
});

test("frames of another conversation change nothing", () => {
  const state = after(said(1, "a"));
  assert.equal(reduce(state, { ...said(2, "b"), conversation: "another" }), state);
});

test("frames that nobody knows change nothing, even when named like a method of every object", () => {
  const state = after();
  for (const type of ["constructor", "toString", "__proto__", "later"]) {
    assert.equal(reduce(state, { type, conversation: C }), state);
  }
});

test("deltas are put together by their number", () => {
  const state = after(piece("delta", 2, "lo"), piece("delta", 1, "Hel"), piece("delta", 2, "lo"));
  assert.equal(state.draft.text, "Hello");
});

test("a snapshot replaces what it includes and the deltas after it go on", () => {
  const state = after(piece("delta", 1, "Hel"), piece("delta", 4, "!"), piece("snapshot", 3, "Hello you"));
  assert.equal(state.draft.text, "Hello you!");
  assert.equal(reduce(state, piece("snapshot", 2, "Hello")).draft.text, "Hello you!");
});

test("a higher attempt clears what an earlier one had shown, and an older attempt is not shown", () => {
  const state = after(piece("delta", 1, "Old"), piece("delta", 1, "New", { attempt: 2 }));
  assert.equal(state.draft.text, "New");
  assert.equal(reduce(state, piece("delta", 2, " old", { attempt: 1 })).draft.text, "New");
});

test("the final event replaces the deltas and none that is late is shown after it", () => {
  const final = event(1, "message", { message: "b1", text: "Hello" }, { kind: "bot" });
  const state = after(piece("delta", 1, "Hel"), final, piece("delta", 2, "lo"));
  assert.equal(state.draft, null);
  assert.equal(state.events[0].body.text, "Hello");
});

test("a cancelled turn ends the draft too", () => {
  const end = event(1, "turn", { message: "b1", state: "cancelled", text: "Hel", reason: "" }, { kind: "system" });
  assert.equal(after(piece("delta", 1, "Hel"), end).draft, null);
});

test("nothing of an older epoch is shown after a person has taken over", () => {
  const take = event(1, "owner", { owner: "operator", epoch: 2 }, { kind: "operator", name: "Ana" });
  const state = after(piece("delta", 1, "Hel"), take, piece("delta", 2, "lo"));
  assert.equal(state.draft, null);
  assert.equal(state.epoch, 2);
  assert.equal(isMine(state), true);
});

test("two operators of one name are told apart once the server has said who it was", () => {
  const take = event(1, "owner", { owner: "operator", epoch: 2 }, { kind: "operator", name: "Ana" });
  const changed = { type: "changed", conversation: C, head: 1, owner: "operator", operator: { id: 9, name: "Ana" } };
  for (const frames of [[take, changed], [changed, take]]) {
    const state = after(...frames);
    assert.equal(isMine(state), false);
    assert.equal(heldByOther(state), "Ana");
  }
});

test("an old page of the log does not undo what joined said", () => {
  const first = joined({ head: 2, epoch: 3, owner: "operator", operator: MIA });
  const page = [
    event(1, "owner", { owner: "queue", epoch: 2 }).event,
    event(2, "owner", { owner: "operator", epoch: 3 }, { kind: "operator", name: "Mia" }).event,
  ];
  const state = [first, { type: "events", conversation: C, events: page, more: false }, { type: "live", conversation: C, head: 2 }].reduce(reduce, initial(C, ME));
  assert.deepEqual(state.operator, MIA);
  assert.equal(state.live, true);
  assert.equal(heldByOther(state), "Mia");
});

test("what was shown stays while the socket is down, and is not called live", () => {
  const state = disconnected(reduce(after(said(1, "a")), { type: "live", conversation: C, head: 1 }));
  assert.equal(state.events.length, 1);
  assert.equal(state.live, false);
  assert.equal(state.joined, false);
});

test("a log that is shorter than what was shown is shown from its start", () => {
  const state = reduce(after(said(1, "a"), said(2, "b")), joined({ head: 1 }));
  assert.equal(state.last, 0);
  assert.deepEqual(state.events, []);
});

test("a note that comes twice is shown once, in the order of the notes", () => {
  const note = (id) => ({ type: "note", conversation: C, note: { id, author: "Mia", text: `n${id}`, at: "" } });
  assert.deepEqual(after(note(2), note(1), note(2)).notes.map((one) => one.id), [1, 2]);
});

test("the read mark never goes back", () => {
  const seen = (seq) => ({ type: "seen", conversation: C, seq });
  assert.equal(after(seen(5), seen(3)).visitorSeen, 5);
});

test("a message ends its writer's typing and nobody else's", () => {
  const typing = { type: "typing", conversation: C, by: { kind: "visitor" }, on: true };
  assert.equal(after(typing, said(1, "a")).typing, null);
  assert.notEqual(after(typing, said(1, "a", { kind: "operator", name: "Mia" })).typing, null);
});

test("nothing can be done before the server has said who this is", () => {
  assert.deepEqual(possible(initial(C, ME)), []);
});

test("a bot that was stopped or replaced is not shown as writing", () => {
  const typing = { type: "typing", conversation: C, by: { kind: "bot" }, on: true };
  const end = event(1, "turn", { message: "b1", state: "cancelled" }, { kind: "system" });
  const take = event(1, "owner", { owner: "operator", epoch: 2 }, { kind: "operator", name: "Ana" });
  assert.equal(after(typing, end).typing, null);
  assert.equal(after(typing, take).typing, null);
});

test("what may be done follows who has the conversation", () => {
  const as = (more) => possible(after(joined(more)));
  assert.deepEqual(as({}), ["take", "queue", "assign", "close"]);
  assert.deepEqual(as({ owner: "queue" }), ["take", "release", "assign", "close"]);
  assert.deepEqual(as({ owner: "operator", operator: ME }), ["release", "queue", "assign", "close"]);
  assert.deepEqual(as({ owner: "operator", operator: MIA }), ["takeFrom", "assign"]);
  assert.deepEqual(as({ status: "closed" }), []);
  assert.ok(possible(after(piece("delta", 1, "a"))).includes("stop"));
});

test("the state reads as words", () => {
  const as = (more) => stateBadge(after(joined(more)))[1];
  assert.equal(as({ owner: "operator", operator: MIA }), "With Mia");
  assert.equal(as({ owner: "operator", operator: ME }), "With you");
  assert.equal(as({ owner: "operator", operator: MIA, status: "closed" }), "Closed");
});

test("any order and repetition of a log's frames gives the same transcript", () => {
  const log = Array.from({ length: 30 }, (_, index) => said(index + 1, `t${index + 1}`));
  for (let round = 0; round < 200; round++) {
    let seed = round * 7919 + 1;
    const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
    const frames = [...log, ...log.filter(() => random() < 0.4)];
    for (let i = frames.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [frames[i], frames[j]] = [frames[j], frames[i]];
    }
    const state = after(...frames);
    assert.deepEqual(state.events.map((one) => one.seq), log.map((one) => one.event.seq));
  }
});
