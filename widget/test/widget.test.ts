/** The whole widget on a page: once from its sources, and once from the built and minified file. */
import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import type { Kefu } from "../src/kefu";
import type { ChatEvent } from "../src/protocol";
import { createWidget } from "../src/widget";
import { evaluate, FakeSocket, luck, page, start, stored, tag, wait } from "./browser";

interface Options { locale?: string; accent?: string }
const FORMS: Record<string, (options?: Options) => Kefu> = {
  "the sources": ({ locale = "en-GB", accent } = {}) => {
    const kefu = createWidget({ site: "demo", origin: "https://chat.example", locale, accent, gone: () => {} });
    (window as { Kefu?: Kefu }).Kefu = kefu;
    return kefu;
  },
  "the built file": ({ locale = "en-GB", accent = "" } = {}) => {
    page.document.body.insertAdjacentHTML("beforeend", tag(`data-locale="${locale}" data-accent="${accent}"`));
    evaluate();
    return window.Kefu as Kefu;
  },
};

const shadow = () => document.querySelector("[data-kefu]")!.shadowRoot!;
const root = () => shadow().querySelector<HTMLElement>(".k")!;
const part = <T extends HTMLElement = HTMLElement>(name: string) => shadow().querySelector<T>(`[data-part="${name}"]`)!;
const parts = (name: string) => [...shadow().querySelectorAll<HTMLElement>(`[data-part="${name}"]`)];
const draw = () => wait(40);
const input = () => part<HTMLTextAreaElement>("input");
function key(target: HTMLElement, name: string, more: object = {}): Event {
  const event = new page.KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, composed: true, ...more });
  target.dispatchEvent(event as unknown as Event);
  return event as unknown as Event;
}
function type(text: string): void {
  input().value = text;
  input().dispatchEvent(new page.Event("input", { bubbles: true }) as unknown as Event);
}
function message(seq: number, text: string, more: object = {}, kind = "bot"): ChatEvent {
  return { seq, kind: "message", at: "2026-03-05T09:15:00.000Z", by: { kind }, body: { message: "m" + seq, text, ...more } } as ChatEvent;
}
const tell = (...events: ChatEvent[]) => {
  for (const event of events) FakeSocket.last.say({ type: "event", event });
  draw();
};

for (const [name, make] of Object.entries(FORMS)) {
  const opened = (options?: Options, welcome = {}) => {
    const kefu = make(options);
    kefu.open();
    FakeSocket.last.live(welcome);
    draw();
    return kefu;
  };

  describe(name, () => {
    beforeEach(() => {
      start();
      luck(0.5);
    });

    it("puts one closed launcher on the page, with no socket and nothing stored", () => {
      make();
      wait(60_000);
      assert.equal(document.querySelectorAll("[data-kefu]").length, 1);
      assert.equal(part("launcher").getAttribute("aria-label"), "Open chat");
      assert.deepEqual([FakeSocket.all.length, stored(), part<HTMLDialogElement>("panel").open], [0, {}, false]);
    });
    it("opens a labelled dialog with the focus in it, and gives the focus back on Escape", () => {
      page.document.body.insertAdjacentHTML("afterbegin", "<button>page</button>");
      const own = document.querySelector("button")!;
      own.focus();
      const kefu = opened();
      const panel = part<HTMLDialogElement>("panel");
      const title = shadow().getElementById(panel.getAttribute("aria-labelledby")!);
      assert.deepEqual([panel.open, title?.textContent, shadow().activeElement], [true, "Chat with us", input()]);
      const event = key(input(), "Escape");
      assert.deepEqual([panel.open, event.defaultPrevented], [false, true]);
      assert.equal(document.activeElement, own);
      kefu.toggle();
      assert.ok(panel.open);
    });
    it("lets no key press out to the page", () => {
      opened();
      let heard = 0;
      document.addEventListener("keydown", () => heard++);
      key(input(), "/");
      assert.equal(heard, 0);
    });
    it("shows a message at once, and as final once its event has come", () => {
      opened();
      type("hello");
      key(input(), "Enter");
      draw();
      const [, mine] = parts("message");
      assert.ok(mine?.classList.contains("sending"));
      assert.equal(input().value, "");
      tell(message(1, "hello", { cid: FakeSocket.last.of("send")[0]!.cid }, "visitor"));
      assert.deepEqual([mine?.isConnected, mine?.classList.contains("final")], [true, true]);
      assert.match(mine?.getAttribute("aria-label") ?? "", /^You, /);
    });
    it("sends on Enter, but neither on Shift+Enter nor while an input method composes", () => {
      opened();
      for (const more of [{ shiftKey: true }, { isComposing: true }, { keyCode: 229 }]) {
        type("你好");
        key(input(), "Enter", more);
        assert.equal(FakeSocket.last.of("send").length, 0, JSON.stringify(more));
      }
      key(input(), "Enter");
      assert.equal(FakeSocket.last.of("send")[0]?.text, "你好");
    });
    it("streams an answer as nodes, keeps what stands, and shows no markup of it", () => {
      opened();
      const piece = (n: number, text: string) => {
        FakeSocket.last.say({ type: "delta", message: "m1", attempt: 1, epoch: 1, n, text });
        draw();
      };
      piece(1, "First.\n\nSecond **bo");
      const bubble = parts("bubble")[1]!;
      const kept = bubble.firstChild;
      piece(2, "ld** <img src=x onerror=alert(1)>");
      assert.equal(bubble.firstChild, kept);
      assert.equal(bubble.querySelector("strong")?.textContent, "bold");
      assert.deepEqual([bubble.querySelector("img"), part("stop").hidden], [null, false]);
      part("stop").click();
      draw();
      assert.deepEqual([FakeSocket.last.of("stop"), part("stop").hidden], [[{ type: "stop", message: "m1" }], true]);
      tell(message(1, "Final."));
      assert.equal(bubble.textContent, "Final.");
    });
    it("announces whole messages once, and no token and no history", () => {
      opened({}, { head: 1 });
      FakeSocket.last.say({ type: "events", events: [message(1, "history")], more: false });
      FakeSocket.last.say({ type: "delta", message: "m2", attempt: 1, epoch: 1, n: 1, text: "token" });
      draw();
      assert.doesNotMatch(part("announcer").textContent, /token/);
      tell(message(2, "A **whole** [answer](https://a.example)"));
      assert.match(part("announcer").textContent, /AI assistant: A whole answer$/);
      assert.equal(part("log").getAttribute("aria-live"), "off");
    });
    it("links sources, and sends a choice as a reply to it", () => {
      opened();
      const citations = [{ title: "Returns", url: "/help/returns" }, { title: "Bad", url: "javascript:alert(1)" }];
      tell(message(1, "Which?", { citations, choices: [{ id: "a", label: "Start" }] }));
      const links = [...part("sources").querySelectorAll("a")];
      assert.deepEqual(links.map((a) => [a.href, a.target, a.rel]), [["https://chat.example/help/returns", "_blank", "noopener noreferrer"]]);
      part("choice").click();
      const { text, reply_to } = FakeSocket.last.of("send")[0]!;
      assert.deepEqual([text, reply_to], ["Start", "a"]);
      draw();
      assert.equal(parts("choice").length, 0);
    });
    it("offers to try again when a message was refused, and to take it back", () => {
      opened();
      type("hello");
      key(input(), "Enter");
      const { cid } = FakeSocket.last.of("send")[0]!;
      const refuse = () => {
        FakeSocket.last.say({ type: "error", code: "closed", detail: "", cid });
        draw();
      };
      refuse();
      part("retry").click();
      assert.equal(FakeSocket.last.of("send").length, 2);
      refuse();
      part("discard").click();
      draw();
      assert.deepEqual([parts("message").length, Object.keys(stored())], [1, ["kefu:demo:session"]]);
    });
    it("counts near the limit, and sends nothing over it", () => {
      opened({}, { site: { limits: { text: 50 } } });
      type("x".repeat(39));
      assert.ok(part("counter").hidden);
      type("x".repeat(51));
      assert.deepEqual([part("counter").hidden, part("counter").textContent], [false, "51 / 50"]);
      key(input(), "Enter");
      assert.deepEqual([FakeSocket.last.of("send"), input().value.length], [[], 51]);
    });
    it("goes from the assistant to the queue, to a person, to the end and a rating", () => {
      opened();
      tell(message(1, "hi", {}, "visitor"));
      part("human").click();
      assert.equal(FakeSocket.last.of("human").length, 1);
      const event = (seq: number, kind: string, body: object) =>
        ({ seq, kind, at: "2026-03-05T09:15:00.000Z", by: { kind: "operator", name: "Mia" }, body }) as ChatEvent;
      FakeSocket.last.say({ type: "presence", operators_online: 1, queue_position: 2, wait_s: 100 });
      tell(event(2, "owner", { owner: "queue", epoch: 2 }));
      assert.equal(part("presence").textContent, "You’re waiting for a person · number 2 in the queue · about 2 min");
      assert.ok(part("human").hidden);
      tell(event(3, "owner", { owner: "operator", epoch: 3 }));
      assert.equal(part("presence").textContent, "Mia is here to help");
      part("end").click();
      FakeSocket.last.say({ type: "ack", cid: FakeSocket.last.of("human")[0]!.cid, seq: 2 });
      assert.equal(FakeSocket.last.of("close").length, 1);
      FakeSocket.last.say({ type: "ack", cid: FakeSocket.last.of("close")[0]!.cid, seq: 4 });
      tell(event(4, "status", { status: "closed" }));
      assert.ok(!part("feedback").hidden);
      const star = part("rating").querySelectorAll("input")[3]!;
      star.dispatchEvent(new page.Event("change") as unknown as Event);
      part<HTMLTextAreaElement>("comment").value = " fine ";
      part("rate").closest("form")!.dispatchEvent(new page.Event("submit", { cancelable: true }) as unknown as Event);
      const { score, comment } = FakeSocket.last.of("rate")[0]!;
      assert.deepEqual([score, comment, part("thanks").textContent], [4, "fine", "Thank you for your feedback"]);
      part("new").click();
      FakeSocket.last.accept();
      assert.equal(FakeSocket.last.of("hello")[0]?.conversation, "new");
    });
    it("says nothing of a hiccup, then that it connects, then that it cannot, and then goes quiet", () => {
      opened();
      const notice = () => (part("notice").hidden ? "" : part("notice").textContent);
      FakeSocket.last.drop();
      draw();
      assert.equal(notice(), "");
      wait(1_600);
      assert.equal(notice(), "Reconnecting…");
      wait(8_000);
      assert.match(notice() ?? "", /^We can’t be reached now/);
      FakeSocket.last.live();
      draw();
      assert.equal(notice(), "");
      FakeSocket.last.drop(4409);
      draw();
      part("reconnect").click();
      assert.equal(FakeSocket.open.length, 1);
    });
    it("counts what came while it was closed, and connects by itself for a visitor who has used it", () => {
      const first = opened();
      first.send("hello");
      first.destroy();
      const kefu = make();
      const counts: number[] = [];
      kefu.on("unread", ({ count }) => void counts.push(count));
      wait(1_300);
      FakeSocket.last.live({ head: 1 });
      FakeSocket.last.say({ type: "events", events: [message(1, "news")], more: false });
      draw();
      assert.deepEqual([part("badge").textContent, part("launcher").getAttribute("aria-label")], ["1", "Open chat, 1 unread"]);
      kefu.open();
      draw();
      assert.deepEqual([counts, part("badge").hidden, FakeSocket.last.of("seen")], [[1, 0], true, [{ type: "seen", seq: 1 }]]);
    });
    it("keeps the draft when it is closed", () => {
      const kefu = opened();
      type("half a thou");
      kefu.close();
      kefu.open();
      assert.equal(input().value, "half a thou");
    });
    it("speaks Chinese where the page says so", () => {
      opened({ locale: "zh-Hans" });
      assert.deepEqual([root().lang, input().placeholder], ["zh-CN", "请输入消息…"]);
    });
    it("takes the accent from the tag, else from the site, and nothing that is no colour", () => {
      opened({}, { site: { colours: { accent: "#ffe08a" } } });
      if (name === "the sources") assert.equal(root().style.getPropertyValue("--on"), "#000");
      start();
      opened({ accent: "#123456" }, { site: { colours: { accent: "#ffe08a" } } });
      assert.equal(root().style.getPropertyValue("--accent"), "#123456");
    });
    it("tells the page what happens, and stops when asked to", () => {
      const kefu = make();
      const heard: string[] = [];
      for (const event of ["ready", "open", "close", "message", "owner", "error"] as const) kefu.on(event, () => void heard.push(event));
      wait(1);
      const off = kefu.on("open", () => void heard.push("never"));
      off();
      kefu.open();
      FakeSocket.last.live();
      tell(message(1, "hi"), { seq: 2, kind: "owner", at: "", by: { kind: "system" }, body: { owner: "queue", epoch: 2 } });
      FakeSocket.last.say({ type: "error", code: "overloaded", detail: "" });
      FakeSocket.last.drop(4403);
      kefu.close();
      assert.deepEqual(heard, ["ready", "open", "message", "owner", "error", "error", "close"]);
    });
    it("leaves nothing behind when it is destroyed", () => {
      const kefu = opened();
      kefu.send("hello");
      kefu.destroy();
      wait(100_000);
      page.dispatchEvent(new page.Event("online"));
      assert.equal(document.querySelector("[data-kefu]"), null);
      assert.deepEqual([FakeSocket.open.length, window.Kefu], [0, undefined]);
    });
  });
}
