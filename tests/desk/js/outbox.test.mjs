import assert from "node:assert/strict";
import { test } from "node:test";
import { Shelf, add, confirmed, fail, next, remove, retry, retryAfter } from "../../../backend/desk/static/desk/outbox.js";
import { memory } from "./memory.mjs";

const two = () => add(add([], "send", "one", "c1", 1), "note", "two", "c2", 2);

test("entries go out one after the other in the order they were written", () => {
  assert.equal(next(two()).cid, "c1");
  assert.equal(next(remove(two(), "c1")).cid, "c2");
});

test("a refused entry waits for its writer and lets the next one go", () => {
  const entries = fail(two(), "c1", "owner_conflict", "Mia has this conversation.");
  assert.equal(next(entries).cid, "c2");
  assert.equal(entries[0].text, "one");
});

test("trying again keeps the cid, so that nothing is stored twice", () => {
  assert.deepEqual(next(retry(fail(two(), "c1", "closed", "x"), "c1")), two()[0]);
});

test("an event that carries the cid settles an entry whose ack was lost", () => {
  const left = confirmed(two(), [{ body: { cid: "c1" } }, { body: {} }]);
  assert.deepEqual(left.map((entry) => entry.cid), ["c2"]);
});

test("only what may pass by itself is tried again by itself", () => {
  assert.equal(retryAfter({ code: "overloaded", retry_after: 5 }), 5);
  assert.equal(retryAfter({ code: "rate_limited" }), 2);
  assert.equal(retryAfter({ code: "owner_conflict" }), null);
  assert.equal(retryAfter({ code: "id_conflict" }), null);
});

test("a reload finds the outbox as it was, in order", () => {
  const storage = memory();
  const shelf = new Shelf(storage, 1, "c");
  assert.equal(shelf.sync([], two()), true);
  assert.deepEqual(new Shelf(storage, 1, "c").entries(), two());
  shelf.sync(two(), []);
});

test("what is acknowledged is not kept", () => {
  const storage = memory();
  const shelf = new Shelf(storage, 1, "c");
  const before = two();
  shelf.sync([], before);
  shelf.sync(before, remove(before, "c1"));
  assert.deepEqual(shelf.entries().map((entry) => entry.cid), ["c2"]);
});

test("two tabs never overwrite each other's entries", () => {
  const storage = memory();
  new Shelf(storage, 1, "c").sync([], add([], "send", "here", "c1", 1));
  new Shelf(storage, 1, "c").sync([], add([], "send", "there", "c2", 2));
  assert.equal(new Shelf(storage, 1, "c").entries().length, 2);
});

test("another operator on the same machine sees nothing of it", () => {
  const storage = memory();
  new Shelf(storage, 1, "c").sync([], two());
  assert.deepEqual(new Shelf(storage, 11, "c").entries(), []);
  assert.deepEqual(new Shelf(storage, 1, "d").entries(), []);
});

test("storage that is full is told, and storage that is broken is read as empty", () => {
  assert.equal(new Shelf(memory({ full: true }), 1, "c").sync([], two()), false);
  const storage = memory();
  storage.setItem("kefu.desk.1.c.outbox.x", "{not json");
  storage.setItem("kefu.desk.1.c.outbox.y", '{"cid":"y"}');
  assert.deepEqual(new Shelf(storage, 1, "c").entries(), []);
});
