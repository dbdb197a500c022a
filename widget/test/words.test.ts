import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { palette } from "../src/colours";
import { createEmitter } from "../src/emitter";
import type { ChatEvent } from "../src/protocol";
import { rows } from "../src/rows";
import { EMPTY, type State } from "../src/store";
import { fill, speak, texts } from "../src/texts";
import { clock, dayName } from "../src/time";
import { contentLanguage } from "../src/ui/message";

const NOW = Date.parse("2026-03-05T12:00:00Z");
const base: State = { ...EMPTY, link: "live" };
const event = (seq: number, kind: string, body: unknown, by: unknown = { kind: "bot" }, at = "2026-03-05T09:15:00.000Z") =>
  ({ seq, kind, at, by, body }) as ChatEvent;
const say = (seq: number, text: string, at?: string) => event(seq, "message", { message: "m" + seq, text }, { kind: "bot" }, at);
const show = (state: Partial<State>) => rows({ ...base, ...state }, NOW);
const said = (state: Partial<State>) => show(state).map((row) => row.text);

beforeEach(() => void speak("en-GB"));

describe("texts", () => {
  it("exist in both languages, with the same blanks to fill", () => {
    const en = { ...texts };
    speak("zh-Hant-TW");
    for (const [name, text] of Object.entries(en)) {
      const other = texts[name as keyof typeof texts];
      assert.ok(text && other && text !== other, name);
      assert.deepEqual(other.match(/{\w+}/g), text.match(/{\w+}/g), name);
    }
  });
  it("are Chinese for every kind of Chinese, and English for the rest", () => {
    assert.deepEqual(["zh", "zh-CN", "ZH-hant", "en", "de", "", "zhx"].map(speak), ["zh-CN", "zh-CN", "zh-CN", "en", "en", "en", "en"]);
  });
  it("take a name as it is, dollar signs included", () => {
    assert.equal(fill("{name} is here", "$& $1"), "$& $1 is here");
  });
});

describe("times", () => {
  it("are said as people say them, and never as an error", () => {
    assert.match(clock("2026-03-05T09:15:00.000Z"), /\d{1,2}:15/);
    assert.equal(clock("yesterday-ish"), "");
    assert.equal(dayName(NOW, NOW), "Today");
    assert.match(dayName("2025-01-02T12:00:00Z", NOW), /2025/);
  });
});

describe("colours", () => {
  it("give a text that stands out by 4.5 to 1 on any accent", () => {
    const luminance = (hex: string) => {
      const [r, g, b] = [1, 3, 5].map((at) => {
        const part = parseInt(hex.slice(at, at + 2), 16) / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      }) as [number, number, number];
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    for (let value = 0; value < 2 ** 24; value += 4391) {
      const [accent, on] = palette("#" + value.toString(16).padStart(6, "0")) as [string, string];
      const [dark, light] = [luminance(accent), on === "#fff" ? 1 : 0].sort((a, b) => a - b) as [number, number];
      assert.ok((light + 0.05) / (dark + 0.05) >= 4.5, accent + on);
    }
  });
  it("let nothing but a colour through", () => {
    assert.deepEqual(palette("#abc"), ["#aabbcc", "#000"]);
    for (const value of ["red", "#12", "#12345g", "url(x)", "#fff;}", null, undefined, 5, {}]) assert.deepEqual(palette(value), []);
  });
});

describe("rows", () => {
  it("begin with the greeting, the site's own if it has one", () => {
    assert.deepEqual(said({}), ["Hello! How can we help you?"]);
    assert.deepEqual(said({ site: { greeting: "Hi" } }), ["Hi"]);
  });
  it("say who came and went, and nothing of slots, actions and ratings", () => {
    const mia = { kind: "operator", name: "Mia" };
    const events = [
      event(1, "owner", { owner: "bot", epoch: 1 }), event(2, "owner", { owner: "queue", epoch: 2 }),
      event(3, "owner", { owner: "operator", epoch: 3 }, mia), event(4, "owner", { owner: "bot", epoch: 4 }, mia),
      event(5, "slots", { changes: [] }), event(6, "action", {}), event(7, "rating", { score: 5 }),
      event(8, "status", { status: "closed" }), event(9, "status", { status: "reopened" }), event(10, "status", { status: "open" }),
    ];
    assert.deepEqual(said({ events }).slice(2), [
      "You’re waiting for a person", "Mia is here to help", "You’re back with the AI assistant",
      "This conversation has ended", "Open again",
    ]);
  });
  it("keep what was written when an answer is stopped, and say so", () => {
    const turn = (seq: number, state: string, text?: string) => event(seq, "turn", { message: "b" + seq, state, text, reason: "x" });
    const list = show({ events: [turn(1, "cancelled", "You can"), turn(2, "interrupted"), turn(3, "failed")] });
    const [stopped, interrupted, failed] = list.filter((row) => row.kind !== "day").slice(1);
    assert.deepEqual([stopped?.text, stopped?.note], ["You can", "Stopped"]);
    assert.deepEqual([interrupted?.kind, interrupted?.text], ["status", "Stopped"]);
    assert.equal(failed?.text, "This answer couldn’t be finished");
  });
  it("offer choices only on the last thing said", () => {
    const choices = [{ id: "a", label: "A" }];
    const asked = event(1, "message", { message: "m1", text: "?", choices });
    assert.deepEqual(show({ events: [asked] }).pop()?.choices, choices);
    assert.ok(show({ events: [asked, say(2, "more")] }).every((row) => !row.choices));
    const pending = [{ cid: "x", at: NOW, frame: { type: "send" as const, cid: "x", text: "A" } }];
    assert.ok(show({ events: [asked], pending }).every((row) => !row.choices));
  });
  it("have a line where a day begins, and group what one says within five minutes", () => {
    const events = [say(1, "a", "2026-03-04T12:00:00.000Z"), say(2, "b", "2026-03-05T09:00:00.000Z"), say(3, "c", "2026-03-05T09:04:00.000Z"), say(4, "d", "2026-03-05T09:30:00.000Z")];
    const list = show({ events });
    assert.deepEqual(list.map((row) => row.kind), ["message", "day", "message", "day", "message", "message", "message"]);
    assert.deepEqual(list.slice(4).map(({ first, last }) => [first, last]), [[true, false], [false, true], [true, true]]);
  });
  it("keep the key of a message from pending to committed, and from written to final", () => {
    const pending = [{ cid: "x", at: NOW, frame: { type: "send" as const, cid: "x", text: "hi" } }];
    const key = show({ pending }).pop()?.key;
    assert.equal(show({ events: [event(1, "message", { message: "m1", text: "hi", cid: "x" }, { kind: "visitor" })] }).pop()?.key, key);
    const drafts = [{ message: "b1", attempt: 1, epoch: 1, n: 1, text: "He", early: {} }];
    const draft = show({ drafts }).pop();
    assert.deepEqual([draft?.key, draft?.partial], ["mb1", true]);
  });
  it("say honestly how what was sent is doing", () => {
    const frame = { type: "send" as const, cid: "x", text: "hi" };
    const state = (link: State["link"], failed?: string) => show({ link, pending: [{ cid: "x", at: NOW, frame, failed }] }).pop()?.pending;
    assert.deepEqual([state("live"), state("waiting"), state("live", "closed")], ["sending", "waiting", "failed"]);
  });
  it("show dots for who is typing, until the words come", () => {
    assert.equal(show({ typing: { kind: "operator", name: "Mia" } }).pop()?.name, "Mia");
    assert.equal(show({ typing: { kind: "visitor" } }).pop()?.kind, "message");
    const drafts = [{ message: "b1", attempt: 1, epoch: 1, n: 1, text: "He", early: {} }];
    assert.equal(show({ typing: { kind: "bot" }, drafts }).pop()?.kind, "message");
  });
});

describe("the rest", () => {
  it("marks a text with its language where it is not the interface's", () => {
    assert.deepEqual([contentLanguage("hello"), contentLanguage("你好")], [undefined, "zh-CN"]);
    speak("zh");
    assert.deepEqual([contentLanguage("hello"), contentLanguage("你好")], ["en", undefined]);
  });
  it("keeps a page's failing listener from the others", (test) => {
    const errors = test.mock.method(console, "error", () => {});
    const emitter = createEmitter<{ x: number }>();
    const got: number[] = [];
    emitter.on("x", () => {
      throw new Error("the page's");
    });
    const off = emitter.on("x", (n) => void got.push(n));
    emitter.emit("x", 1);
    off();
    emitter.emit("x", 2);
    assert.deepEqual([got, errors.mock.callCount()], [[1], 2]);
  });
});
