import assert from "node:assert/strict";
import { test } from "node:test";
import { placesIn } from "../../../backend/desk/static/desk/bot/action.js";
import { mark, markAt, partsOf, samplesIn, unmark } from "../../../backend/desk/static/desk/bot/marks.js";
import { patternLike, suggestedName } from "../../../backend/desk/static/desk/bot/naming.js";
import { Samples } from "../../../backend/desk/static/desk/bot/samples.js";
import { profileOf, Talk } from "../../../backend/desk/static/desk/bot/talk.js";
import { around, percent, sourceWords, valueWords } from "../../../backend/desk/static/desk/words.js";

test("a name is made from a title as the server makes it", () => {
  assert.equal(suggestedName("Return an item"), "return_an_item");
  assert.equal(suggestedName("Visitor’s 2nd order!"), "visitors_2nd_order");
  assert.equal(suggestedName("42 boots"), "boots");
  assert.equal(suggestedName("订单号"), "");
  for (const title of ["_", "9", "É", " a ".repeat(90)]) assert.match(suggestedName(title) || "a", /^[a-z][a-z0-9_]{0,59}$/);
});

test("an expression is made from an example, and finds it", () => {
  assert.equal(patternLike("NT-10234"), "NT-\\d{5}");
  for (const example of ["NT-10234", "A.1", "(7) 8+9", "R/2026/x", "a|b"]) {
    assert.match(example, new RegExp(`^${patternLike(example)}$`));
  }
});

test("marks are read as the engine reads them", () => {
  assert.deepEqual(partsOf("return the [boots](item) from [10234](order)"), [
    { text: "return the " },
    { text: "boots", slot: "item" },
    { text: " from " },
    { text: "10234", slot: "order" },
  ]);
  for (const plain of ["[boots] (item)", "[](item)", "[a](Item)", "[[a]](b", "no marks"]) {
    assert.equal(partsOf(plain).map((part) => part.text).join("").length > 0, true);
  }
  assert.equal(partsOf("[boots] (item)").some((part) => part.slot), false);
});

test("what is selected becomes a mark, without the spaces around it", () => {
  const text = "return the boots please";
  const found = mark(text, 10, 17, "item");
  assert.equal(found.text, "return the [boots](item) please");
  assert.equal(found.text.slice(found.start, found.end), "[boots](item)");
});

test("a selection inside a mark changes its slot, and a mark is taken away again", () => {
  const text = "return the [boots](item)";
  assert.equal(mark(text, 13, 15, "thing").text, "return the [boots](thing)");
  assert.equal(unmark(text, 13, 13).text, "return the boots");
  assert.equal(unmark(text, 2, 3), null);
  assert.equal(markAt(text, 0, 24), null);
});

test("nothing, brackets and several lines cannot be marked", () => {
  for (const [text, start, end] of [["a b", 1, 2], ["a b", 1, 1], ["a [b", 0, 4], ["a\nb", 0, 3]]) assert.equal(mark(text, start, end, "x"), null);
});

test("the first marked value is a slot's sample", () => {
  assert.deepEqual(samplesIn(["[a](x) [b](y)", "[c](x)"]), { x: "a", y: "b" });
});

test("the places of a sample answer are offered with their expressions", () => {
  assert.deepEqual(placesIn({ return: { number: "R-1" }, "x-y": 2, lines: [{ sku: "a" }] }), [
    { path: "return.number", value: "R-1" },
    { path: '"x-y"', value: 2 },
    { path: "lines", value: [{ sku: "a" }] },
    { path: "lines[0].sku", value: "a" },
  ]);
  assert.deepEqual(placesIn("text"), []);
  assert.deepEqual(placesIn(null), []);
});

test("values and their sources are said as people say them", () => {
  assert.equal(valueWords({ amount: "12.50", currency: "GBP" }), "12.50 GBP");
  assert.equal(valueWords({ from: "a", to: "b" }), "a to b");
  assert.equal(valueWords(null), "does not matter");
  assert.equal(valueWords(false), "no");
  assert.equal(valueWords({ odd: 1 }), '{"odd":1}');
  assert.equal(sourceWords("carried"), "from an earlier task");
  assert.equal(sourceWords("elsewhere"), "elsewhere");
  assert.equal(percent(1.7), "100%");
});

test("the words around a value are cut where the message is long", () => {
  assert.deepEqual(around("return the boots", 11, 16), { before: "return the ", inside: "boots", after: "" });
  assert.equal(around(`${"x".repeat(60)}boots`, 60, 65, 10).before, `…${"x".repeat(10)}`);
  for (const [text, start, end] of [["", 0, 2], ["ab", 1, 1], ["ab", 1, 9]]) assert.equal(around(text, start, end), null);
});

test("samples are kept by action as long as they are JSON", () => {
  const samples = new Samples(1, new Store());
  samples.keep("book", '{"n": 1}');
  samples.keep("other", "[1,");
  assert.deepEqual(samples.all(), { book: { n: 1 } });
  assert.deepEqual(JSON.parse(samples.text("book")), { n: 1 });
  samples.keep("book", "{");
  samples.keep("book", "x".repeat(300_000));
  assert.deepEqual(samples.all(), { book: { n: 1 } });
  samples.keep("book", " ");
  assert.equal(samples.text("book"), "");
  assert.deepEqual(new Samples(2, { getItem: () => "{", setItem() {} }).all(), {});
});

class Store {
  kept = new Map();
  getItem = (key) => this.kept.get(key) ?? null;
  setItem = (key, value) => this.kept.set(key, value);
  removeItem = (key) => this.kept.delete(key);
}

function talkWith(answers, store = new Store(), revision = 1) {
  const asked = [];
  const post = async (url, question) => (asked.push(question), answers.shift());
  return { talk: new Talk({ url: "/say/", store, key: "k", revision, post }), asked, store };
}

const reply = (text, state) => ({ ok: true, body: { state, reply: { text, choices: [{ id: "c1", label: "Yes" }], citations: [] }, handoff: null, analysis: {} } });

test("a conversation carries its state from answer to answer", async () => {
  const { talk, asked } = talkWith([reply("Which order?", "s1"), reply("Done.", "s2")]);
  assert.equal(await talk.say("return"), true);
  await talk.choose({ id: "c1", label: "Yes" });
  assert.deepEqual(asked.map(({ say, choose, state }) => [say, choose, state]), [["return", undefined, undefined], [undefined, "c1", "s1"]]);
  assert.deepEqual(talk.lines.map((line) => line.text), ["return", "Which order?", "Yes", "Done."]);
  assert.equal(talk.said(3), "Yes");
});

test("what the bot did not answer stays to be sent again, and is not in the conversation", async () => {
  const { talk } = talkWith([{ ok: false, body: { detail: "The model is busy." } }]);
  assert.equal(await talk.say("return"), false);
  assert.equal(talk.wrong, "The model is busy.");
  assert.equal(talk.lines.length, 0);
  assert.equal(talk.busy, false);
});

test("an answer that comes after a restart is dropped", async () => {
  let give;
  const late = new Promise((resolve) => (give = resolve));
  const { talk } = talkWith([]);
  talk.post = () => late;
  const sent = talk.say("return");
  talk.begin();
  give(reply("Too late", "s1"));
  assert.equal(await sent, false);
  assert.equal(talk.lines.length, 0);
});

test("a page that is loaded again goes on, says that the draft changed, and calls nothing really", async () => {
  const { talk, store } = talkWith([reply("Which order?", "s1")]);
  talk.set("real", true);
  talk.set("locale", "zh");
  await talk.say("return");
  const { talk: again, asked } = talkWith([reply("Done.", "s2")], store, 2);
  assert.equal(again.lines.length, 2);
  assert.equal(again.stale, true);
  assert.equal(again.settings.real, false);
  await again.say("10234");
  assert.deepEqual([asked[0].state, asked[0].locale, asked[0].real], ["s1", "zh", false]);
  again.begin();
  assert.equal(again.stale, false);
});

test("a profile that is no JSON object is refused before anything is sent", async () => {
  const { talk, asked } = talkWith([]);
  for (const wrong of ["{", "[]", "1", "null"]) {
    talk.set("profile", wrong);
    assert.equal(await talk.say("hello"), false);
    assert.match(talk.wrong, /JSON/);
  }
  assert.equal(asked.length, 0);
  assert.deepEqual(profileOf('{"email": "a@b.c"}').value, { email: "a@b.c" });
});

test("a store that is broken or full does not stop the conversation", async () => {
  const store = { getItem: () => "{broken", setItem: () => { throw new Error("full"); }, removeItem: () => {} };
  const { talk } = talkWith([reply("Hi", "s1")], store);
  assert.equal(await talk.say("hello"), true);
});
