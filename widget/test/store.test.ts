import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChatEvent, Piece, ServerFrame } from "../src/protocol";
import { EMPTY, hasGap, reduce, type Outgoing, type State } from "../src/store";
import { read, welcome } from "./browser";

const fixture = JSON.parse(read("../tests/fixtures/frames.json")) as { server: { name: string; frame: ServerFrame }[] };
const all = (state: State, ...frames: Parameters<typeof reduce>[1][]) => frames.reduce(reduce, state);
const at = "2026-03-05T09:15:30.123Z";

function message(seq: number, text = "hello", cid?: string): ChatEvent {
  const by = { kind: cid ? "visitor" : "bot" } as const;
  return { seq, kind: "message", at, by, body: { message: "m" + seq, text, cid } };
}
const owner = (seq: number, to: "bot" | "queue" | "operator", epoch: number): ChatEvent =>
  ({ seq, kind: "owner", at, by: { kind: "operator", name: "Mia" }, body: { owner: to, epoch } });
const event = (value: ChatEvent): ServerFrame => ({ type: "event", event: value });
const delta = (n: number, text: string, more: Partial<Piece> = {}): Piece =>
  ({ type: "delta", message: "b1", attempt: 1, epoch: 1, n, text, ...more });
const item = (cid: string, time = 1): Outgoing => ({ cid, at: time, frame: { type: "send", cid, text: "hi" } });
const live = all(EMPTY, welcome(), { type: "live", head: 0 });
const texts = (state: State) => state.drafts.map((draft) => draft.text);

/** A small random number generator, so that a failure can be repeated. */
function dice(seed: number): (sides: number) => number {
  return (sides) => {
    seed = (seed * 1664525 + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * sides);
  };
}
function shuffled<T>(list: T[], roll: (sides: number) => number): T[] {
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = roll(i + 1);
    [copy[i], copy[j]] = [copy[j]!, copy[i]!];
  }
  return copy;
}

describe("the store and the shared sample frames", () => {
  it("takes every server frame of the fixture without changing the state it was given", () => {
    const before = JSON.stringify(live);
    for (const { frame } of fixture.server) assert.ok(reduce(live, frame));
    assert.equal(JSON.stringify(live), before);
  });
  it("ends with all sixteen events when the fixture is played from top to bottom", () => {
    const state = all(EMPTY, ...fixture.server.map(({ frame }) => frame));
    assert.equal(state.last, 16);
    assert.deepEqual(state.events.map(({ seq }) => seq), [...Array(16).keys()].map((n) => n + 1));
    assert.deepEqual([state.owner, state.status, state.rating], ["bot", "open", 4]);
    assert.equal(hasGap(state), false);
  });
  it("lets unknown frames, kinds and prototype names change nothing", () => {
    for (const type of ["surprise", "toString", "constructor", "__proto__"]) {
      assert.equal(reduce(live, { type } as never), live);
    }
    const odd = { ...message(1), kind: "surprise", body: {} } as never;
    assert.equal(reduce(live, event(odd)).last, 1);
  });
});

describe("events", () => {
  it("come out in order and once, however they are shuffled and doubled", () => {
    for (let seed = 1; seed <= 300; seed++) {
      const roll = dice(seed);
      const count = 1 + roll(12);
      const log = Array.from({ length: count }, (_, i) => message(i + 1, "text " + (i + 1)));
      const sent = shuffled([...log, ...log.filter(() => roll(2))], roll).map(event);
      const state = all(live, ...sent);
      assert.deepEqual(state.events, log, "seed " + seed);
      assert.equal(state.early.length, 0);
    }
  });
  it("show a gap as long as one is missing, and what is left after any loss is repaired by a replay", () => {
    for (let seed = 1; seed <= 300; seed++) {
      const roll = dice(seed);
      const log = Array.from({ length: 2 + roll(10) }, (_, i) => message(i + 1));
      const lossy = shuffled(log.filter(() => roll(3)), roll);
      let state = all(live, ...lossy.map(event));
      assert.equal(hasGap(state), state.last < Math.max(0, ...lossy.map(({ seq }) => seq)), "seed " + seed);
      const rest = log.filter(({ seq }) => seq > state.last);
      state = all(state, welcome({ head: log.length }), { type: "events", events: rest, more: false });
      assert.deepEqual(state.events, log, "seed " + seed);
    }
  });
  it("are known to be missing from pong, ack and live alone", () => {
    assert.ok(hasGap(reduce(live, { type: "pong", n: 1, head: 3 })));
    assert.ok(hasGap(reduce(live, { type: "ack", cid: "x", seq: 1 })));
    assert.ok(hasGap(reduce(live, { type: "live", head: 2 })));
    assert.ok(!hasGap(reduce(live, { type: "pong", n: 1, head: 0 })));
  });
  it("start again from one when the server knows less than we do", () => {
    let state = all(live, event(message(1)), event(message(2)));
    state = all(state, welcome({ head: 1 }), { type: "events", events: [message(1)], more: false });
    assert.equal(state.last, 1);
    assert.equal(state.events.length, 1);
  });
  it("of another conversation do not mix with those of the first", () => {
    const state = all(live, event(message(1)), welcome({ conversation: "c2" }));
    assert.deepEqual([state.last, state.events.length, state.conversation], [0, 0, "c2"]);
  });
});

describe("a message that is being written", () => {
  it("is the same text in whatever order its deltas come", () => {
    const pieces = ["The ", "answer ", "is ", "forty", "-two", "."];
    for (let seed = 1; seed <= 300; seed++) {
      const roll = dice(seed);
      const frames = pieces.map((text, i) => delta(i + 1, text));
      const state = all(live, ...shuffled([...frames, ...frames.filter(() => roll(2))], roll));
      assert.deepEqual(texts(state), [pieces.join("")], "seed " + seed);
    }
  });
  it("shows nothing after a hole until the missing delta or a snapshot comes", () => {
    const hole = all(live, delta(1, "a"), delta(3, "c"));
    assert.deepEqual(texts(hole), ["a"]);
    assert.deepEqual(texts(reduce(hole, delta(2, "b"))), ["abc"]);
    const filled = reduce(hole, delta(2, "ab", { type: "snapshot" }));
    assert.deepEqual(texts(filled), ["abc"]);
  });
  it("does not go back for a snapshot that is older than what is shown", () => {
    const state = all(live, delta(1, "a"), delta(2, "b"), delta(1, "a", { type: "snapshot" }));
    assert.deepEqual(texts(state), ["ab"]);
  });
  it("begins anew with a higher attempt, and ignores what is left of the lower one", () => {
    const state = all(live, delta(1, "old"), delta(1, "new", { attempt: 2 }), delta(2, "old"));
    assert.deepEqual(texts(state), ["new"]);
  });
  it("is never shown from an older epoch", () => {
    const taken = all(live, delta(1, "half"), event(owner(1, "operator", 2)));
    assert.deepEqual(texts(taken), []);
    assert.deepEqual(texts(reduce(taken, delta(2, " more"))), []);
    assert.deepEqual([taken.owner, taken.operator], ["operator", "Mia"]);
  });
  it("is replaced by its final event, after which no delta counts", () => {
    const final = event({ ...message(1, "whole"), body: { message: "b1", text: "whole" } } as ChatEvent);
    const state = all(live, delta(1, "wh"), final, delta(2, "ole"));
    assert.deepEqual(texts(state), []);
    assert.equal(state.events.length, 1);
  });
  it("ends with a turn event as well", () => {
    const turn: ChatEvent = { seq: 1, kind: "turn", at, by: { kind: "system" }, body: { message: "b1", state: "cancelled", reason: "visitor" } };
    const typing: ServerFrame = { type: "typing", by: { kind: "bot" }, on: true };
    const state = all(live, typing, delta(1, "wh"), event(turn), delta(2, "ole"));
    assert.deepEqual([texts(state), state.typing], [[], undefined]);
  });
});

describe("the owner", () => {
  it("is not set back by an older owner event in a replay", () => {
    const state = all(EMPTY, welcome({ head: 2, epoch: 3, owner: "operator" }), event(owner(1, "queue", 2)));
    assert.equal(state.owner, "operator");
    assert.equal(reduce(state, event(owner(2, "operator", 3))).operator, "Mia");
  });
});

describe("what is sent", () => {
  it("is pending, then acknowledged, then replaced by its event, in either order", () => {
    const queued = reduce(live, { type: "queue", items: [item("x")] });
    assert.equal(queued.pending.length, 1);
    const acked = reduce(queued, { type: "ack", cid: "x", seq: 1 });
    assert.equal(acked.pending[0]?.seq, 1);
    assert.equal(reduce(acked, event(message(1, "hi", "x"))).pending.length, 0);
    const seen = reduce(queued, event(message(1, "hi", "x")));
    assert.equal(seen.pending.length, 0);
    assert.equal(reduce(seen, { type: "ack", cid: "x", seq: 1 }).pending.length, 0);
  });
  it("fails for good reasons only", () => {
    const queued = reduce(live, { type: "queue", items: [item("x")] });
    const fail = (code: string) => reduce(queued, { type: "error", code, detail: "", cid: "x" }).pending[0]?.failed;
    assert.equal(fail("id_conflict"), "id_conflict");
    assert.equal(fail("closed"), "closed");
    for (const code of ["rate_limited", "overloaded", "store_unavailable"]) assert.equal(fail(code), undefined);
  });
  it("keeps its order, and is not doubled by another tab's copy", () => {
    const state = reduce(live, { type: "queue", items: [item("b", 2), item("a", 1)] });
    assert.deepEqual(state.pending.map(({ cid }) => cid), ["a", "b"]);
    assert.equal(reduce(state, { type: "queue", items: [item("a", 1)] }).pending.length, 2);
  });
  it("follows into a new conversation if it was said, and not if it was meant for the old one", () => {
    const rate: Outgoing = { cid: "r", at: 2, conversation: "c1", frame: { type: "rate", cid: "r", score: 5 } };
    const closed = { ...item("x"), conversation: "c1", failed: "closed" };
    const state = all(live, { type: "queue", items: [closed, rate] }, { type: "reset" });
    assert.deepEqual(state.pending, [{ ...item("x"), conversation: undefined, failed: undefined }]);
    assert.equal(reduce(state, welcome({ conversation: "c2" })).pending[0]?.conversation, "c2");
  });
});
