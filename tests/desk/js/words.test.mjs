import assert from "node:assert/strict";
import { test } from "node:test";
import { badged, waitingAfter } from "../../../backend/desk/static/desk/alerts.js";
import { duration, isEmpty, label, orderOf } from "../../../backend/desk/static/desk/analysis.js";
import { hint, waitsForReply } from "../../../backend/desk/static/desk/composer.js";
import { factsOf } from "../../../backend/desk/static/desk/side.js";
import { initial } from "../../../backend/desk/static/desk/state.js";
import { blocksOf, inlineOf, safeUrl } from "../../../backend/desk/static/desk/text.js";
import { ago, short } from "../../../backend/desk/static/desk/time.js";
import { describe, linesOf } from "../../../backend/desk/static/desk/transcript.js";
import { schemaWords } from "../../../backend/desk/static/desk/words.js";

const kinds = (source) => inlineOf(source).map(({ kind, text }) => `${kind}:${text}`);

test("HTML in a message is text", () => {
  assert.deepEqual(kinds("<img src=x onerror=alert(1)>"), ["text:<img src=x onerror=alert(1)>"]);
});

test("only web and mail addresses become links", () => {
  for (const bad of ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "JaVaScRiPt:alert(1)", "nonsense"]) {
    assert.equal(safeUrl(bad), null);
    assert.deepEqual(inlineOf(`[click](${bad})`).filter((part) => part.kind === "link"), []);
  }
  assert.equal(safeUrl("https://a.example/x"), "https://a.example/x");
  assert.equal(safeUrl("/help/returns", "https://a.example/"), "https://a.example/help/returns");
  assert.equal(inlineOf("[a](/b)", "https://a.example/")[0].href, "https://a.example/b");
});

test("bold, code and bare links are read, and a sentence's full stop is no part of an address", () => {
  assert.deepEqual(kinds("a **b** `c` https://x.example/y."), ["text:a ", "bold:b", "text: ", "code:c", "text: ", "link:https://x.example/y", "text:."]);
});

test("no part of a message is lost, whatever it holds", () => {
  for (const source of ["**", "`", "[a](", "1.", "```\ncode", "* a\n\n* b", "a\r\nb", "", "**a `b** c`", "[x](javascript:y) z"]) {
    const joined = blocksOf(source).flatMap((block) => block.lines.flatMap((line) => inlineOf(line))).map((part) => part.text).join("");
    for (const letter of source.replace(/[^a-z0-9]/g, "").replace(/javascripty/, "")) assert.ok(joined.includes(letter), source);
  }
});

test("lists and paragraphs are told apart", () => {
  assert.deepEqual(blocksOf("Hi\n- a\n- b\n\nend").map(({ kind, lines }) => [kind, ...lines]), [["p", "Hi"], ["ul", "a", "b"], ["p", "end"]]);
});

test("times are said as people say them", () => {
  const now = Date.parse("2026-01-02T12:00:00Z");
  assert.equal(ago("2026-01-02T11:59:40Z", now), "just now");
  assert.equal(ago("2026-01-02T11:55:00Z", now), "5 minutes ago");
  assert.equal(ago("2026-01-02T12:00:09Z", now), "just now"); // clocks differ
  assert.equal(short("2026-01-02T11:48:00Z", now), "12 min");
  assert.equal(short("2025-12-31T12:00:00Z", now), "2 d");
});

test("somebody who begins to wait is news once", () => {
  const frame = { conversation: "a", status: "open", owner: "queue" };
  const first = waitingAfter(new Set(), frame);
  assert.equal(first.isNew, true);
  assert.equal(waitingAfter(first.waiting, frame).isNew, false);
  const taken = waitingAfter(first.waiting, { ...frame, owner: "operator" });
  assert.deepEqual([taken.isNew, taken.waiting.size], [false, 0]);
  assert.equal(badged("Desk", 2), "(2) Desk");
  assert.equal(badged("Desk", 0), "Desk");
});

test("an analysis reads in words", () => {
  assert.equal(label("stages_ms"), "Time");
  assert.equal(label("refused_before"), "Refused before");
  assert.equal(label("constructor"), "Constructor");
  assert.deepEqual([duration(12.34), duration(2345)], ["12 ms", "2.3 s"]);
  assert.deepEqual([isEmpty(""), isEmpty({}), isEmpty([]), isEmpty(false), isEmpty(0), isEmpty("x")], [true, true, true, true, false, false]);
});

const at = "2026-01-01T00:00:00.000Z";
const withEvents = (events, more = {}) => ({ ...initial("c", { id: 1, name: "Ana" }), events, ...more });

test("the seen mark stands under the last of our messages that was read", () => {
  const said = (seq, kind) => ({ seq, kind: "message", at, by: { kind }, body: { message: `m${seq}`, text: "x" } });
  const lines = linesOf(withEvents([said(1, "bot"), said(2, "bot"), said(3, "visitor"), said(4, "operator")], { visitorSeen: 3 }), []);
  assert.deepEqual(lines.map((line) => line.seen), [false, true, false, false]);
});

test("a reply that is not stored yet is shown at the end, and a note is not", () => {
  const outbox = [
    { cid: "1", kind: "send", text: "soon", state: "pending", code: "", why: "" },
    { cid: "2", kind: "note", text: "hm", state: "pending", code: "", why: "" },
  ];
  assert.deepEqual(linesOf(withEvents([]), outbox).map((line) => line.text), ["soon"]);
});

test("a turn that ended keeps what it had written", () => {
  const turn = (text) => ({ seq: 1, kind: "turn", at, by: { kind: "system" }, body: { message: "m", state: "interrupted", reason: "r", text } });
  assert.equal(linesOf(withEvents([turn("Half a")]), [])[0].note, "The bot was interrupted here.");
  assert.equal(linesOf(withEvents([turn(undefined)]), [])[0].text, "The bot was interrupted before it wrote anything (r)");
  assert.equal(describe(turn("Half a"), withEvents([])), "The bot was interrupted (r)");
});

test("events read as sentences", () => {
  const state = withEvents([], { visitor: { name: "Lin", profile: {} } });
  const say = (kind, body, by) => describe({ kind, body, by }, state);
  assert.equal(say("owner", { owner: "operator" }, { kind: "operator", name: "Mia" }), "Mia took the conversation");
  assert.equal(say("owner", { owner: "queue", reason: "asked for a person" }, { kind: "visitor" }), "Lin put the conversation in the queue (asked for a person)");
  assert.equal(say("rating", { score: 5, comment: "ta" }, { kind: "visitor" }), "Lin rated the conversation 5 of 5: “ta”");
  assert.equal(say("later", {}, { kind: "system" }), "");
  const price = { slot: "max_price", value: { amount: "90.00", currency: "EUR" } };
  assert.equal(say("slots", { changes: [price, { slot: "view", value: null }] }, { kind: "bot" }), "The bot noted max price: 90.00 EUR, view: nothing");
  assert.equal(say("action", { name: "book_room", state: "failure" }, { kind: "bot" }), "book_room failed");
});

test("that a call began is told only until it ended", () => {
  const call = (seq, state) => ({ seq, kind: "action", at, by: { kind: "bot" }, body: { name: "book_room", state } });
  const told = (...events) => linesOf(withEvents(events), []).map((line) => line.text);
  assert.deepEqual(told(call(1, "started")), ["book_room was called"]);
  assert.deepEqual(told(call(1, "started"), call(2, "success"), call(3, "started")), ["book_room worked", "book_room was called"]);
});

test("a turn names the bot's version, and what failed stands first", () => {
  const checksum = "8bb05adea4ff";
  assert.equal(schemaWords({ checksum, version: 3 }), "bot version 3");
  assert.equal(schemaWords({ checksum, version: "draft" }), "the bot's draft");
  assert.equal(schemaWords({ checksum }), "bot 8bb05adea4");
  assert.equal(schemaWords({}), "");
  const ok = { action: "a", outcome: "success" };
  assert.equal(orderOf({ actions: [ok] })[0], "intents");
  assert.equal(orderOf({ actions: [ok, { action: "b", outcome: "failure", error: "Nothing answers" }] })[0], "actions");
});

test("the composer says what sending would do", () => {
  const state = (more) => ({ ...initial("c", { id: 1, name: "Ana" }), ...more });
  assert.match(hint(state({}), "waiting"), /kept/);
  assert.match(hint(state({}), "refused"), /logged in again/);
  assert.match(hint(state({}), "open"), /takes the conversation over from the bot/);
  assert.match(hint(state({ owner: "operator", operator: { id: 2, name: "Mia" } }), "open"), /Mia has/);
  assert.match(hint(state({ status: "closed" }), "open"), /opens it again/);
});

test("a reply is suggested only to a visitor who wrote last", () => {
  const said = (seq, kind) => ({ seq, kind: "message", at, by: { kind }, body: { message: `m${seq}`, text: "x" } });
  const owner = { seq: 9, kind: "owner", at, by: { kind: "visitor" }, body: { owner: "queue", epoch: 2 } };
  assert.equal(waitsForReply(withEvents([])), false);
  assert.equal(waitsForReply(withEvents([said(1, "visitor"), owner])), true);
  assert.equal(waitsForReply(withEvents([said(1, "visitor"), said(2, "bot")])), false);
  assert.equal(waitsForReply(withEvents([said(1, "visitor")], { status: "closed" })), false);
});

test("the visitor's facts hold only what is known", () => {
  const visitor = { name: "Lin", email: "", locale: "zh-CN", profile: { plan: "gold", tags: ["a"] } };
  const page = { url: "https://evil.example/x", title: "Your orders" };
  const facts = factsOf({ ...initial("c", { id: 1, name: "Ana" }), visitor, page, site: "Shop" });
  assert.deepEqual(facts.map(([name]) => name), ["Name", "Language", "Page", "Site", "plan", "tags"]);
  assert.equal(facts[2][1].text, "Your orders (evil.example)"); // a page may call itself anything
  assert.equal(facts[5][1], '["a"]');
});
