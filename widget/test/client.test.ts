import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { FakeSocket, luck, page, start, stored, wait } from "./browser";
import { client, message, talking, URL_ } from "./talking";

beforeEach(() => {
  start();
  luck(0.5);
});

describe("before first use", () => {
  it("nothing is stored and no socket is opened", () => {
    client();
    wait(60_000);
    assert.equal(FakeSocket.all.length, 0);
    assert.deepEqual(stored(), {});
  });
  it("nothing is stored either by a visitor who opens the chat and only looks", () => {
    const one = client();
    one.open();
    FakeSocket.last.live({ head: 1 });
    FakeSocket.last.say({ type: "events", events: [message(1, "bot")], more: false });
    one.seen();
    assert.deepEqual(stored(), {});
  });
  it("the first message stores the session and, until its ack, the message", () => {
    const { socket, cid } = talking();
    assert.deepEqual(Object.keys(stored()).sort(), [`kefu:demo:out:${cid}`, "kefu:demo:session"]);
    assert.deepEqual(JSON.parse(stored()["kefu:demo:session"]!), { token: "token-1", conversation: "c1", seen: 0 });
    socket.say({ type: "ack", cid, seq: 1 });
    assert.deepEqual(Object.keys(stored()), ["kefu:demo:session"]);
  });
});

describe("hello", () => {
  it("says what page this is, without its fragment, and the visitor's time zone, and keeps the token out of the address", () => {
    client().open();
    FakeSocket.last.accept();
    const [hello] = FakeSocket.last.of("hello");
    assert.deepEqual(hello, {
      type: "hello", v: 1, site: "demo", locale: "en-GB",
      page: { url: "https://shop.example/boots?size=42", title: "", time_zone: "Asia/Shanghai" },
    });
    assert.equal(FakeSocket.last.url, URL_);
  });
  it("resumes after the last event that came", () => {
    const { socket } = talking();
    socket.say({ type: "event", event: message(1, "visitor") }, { type: "event", event: message(2, "bot") });
    socket.drop();
    wait(500);
    FakeSocket.last.accept();
    const [hello] = FakeSocket.last.of("hello");
    assert.deepEqual([hello?.token, hello?.conversation, hello?.last_seq], ["token-1", "c1", 2]);
  });
  it("asks for the whole history after a reload", () => {
    talking();
    const again = client();
    assert.ok(again.used());
    again.open();
    FakeSocket.last.accept();
    const [hello] = FakeSocket.last.of("hello");
    assert.deepEqual([hello?.token, hello?.conversation, hello?.last_seq], ["token-1", "c1", undefined]);
  });
  it("carries an identity, and is said again when that changes", () => {
    const one = client();
    one.identify("jwt-1");
    assert.equal(FakeSocket.all.length, 0);
    one.open();
    FakeSocket.last.live();
    assert.equal(FakeSocket.last.of("hello")[0]?.identity, "jwt-1");
    one.identify("jwt-2");
    FakeSocket.last.live();
    assert.equal(FakeSocket.last.of("hello")[0]?.identity, "jwt-2");
    assert.equal(FakeSocket.open.length, 1);
    assert.ok(!JSON.stringify(stored()).includes("jwt"));
  });
  it("survives a page that gives every object a toJSON of its own", () => {
    const spoil = () => "spoiled";
    Object.defineProperty(Object.prototype, "toJSON", { value: spoil, configurable: true });
    try {
      client().open();
      FakeSocket.last.accept();
      assert.equal(FakeSocket.last.of("hello")[0]?.site, "demo");
    } finally {
      delete (Object.prototype as { toJSON?: unknown }).toJSON;
    }
  });
});

describe("the outbox", () => {
  it("has one frame in flight, and sends the next after the ack", () => {
    const { one, socket, cid } = talking();
    one.send("second");
    assert.equal(socket.of("send").length, 1);
    socket.say({ type: "ack", cid, seq: 1 });
    assert.deepEqual(socket.of("send").map(({ text }) => text), ["hello", "second"]);
  });
  it("takes the event with its cid for an ack", () => {
    const { one, socket, cid } = talking();
    socket.say({ type: "event", event: message(1, "visitor", cid) });
    assert.equal(one.state().pending.length, 0);
    assert.deepEqual(Object.keys(stored()), ["kefu:demo:session"]);
  });
  it("sends the same cid again after a dropped socket, a lost ack and a reload", () => {
    const { socket, cid } = talking();
    socket.drop();
    wait(500);
    FakeSocket.last.live();
    assert.equal(FakeSocket.last.of("send")[0]?.cid, cid);
    wait(15_000);
    assert.deepEqual(FakeSocket.last.of("send").map((frame) => frame.cid), [cid, cid]);
    client().open();
    FakeSocket.last.live();
    assert.equal(FakeSocket.last.of("send")[0]?.cid, cid);
  });
  it("waits as long as the server asks, and then sends the same cid by itself", () => {
    const { one, socket, cid } = talking();
    socket.say({ type: "error", code: "rate_limited", detail: "", cid, retry_after: 4 });
    wait(3_900);
    assert.equal(socket.of("send").length, 1);
    assert.equal(one.state().pending[0]?.failed, undefined);
    wait(200);
    assert.deepEqual(socket.of("send").map((frame) => frame.cid), [cid, cid]);
  });
  it("takes an error that names no cid for the frame in flight", () => {
    const { one, socket, cid } = talking();
    socket.say({ type: "error", code: "too_large", detail: "" });
    assert.equal(one.state().pending[0]?.failed, "too_large");
    one.retry(cid);
    assert.equal(socket.of("send").length, 2);
  });
  it("retries a conflict with a new cid, and anything else with the old one", () => {
    const { one, socket, cid } = talking();
    socket.say({ type: "error", code: "closed", detail: "", cid });
    one.retry(cid);
    assert.equal(socket.of("send")[1]?.cid, cid);
    socket.say({ type: "error", code: "id_conflict", detail: "", cid });
    one.retry(cid);
    const fresh = socket.of("send")[2]!.cid;
    assert.notEqual(fresh, cid);
    assert.match(fresh, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
    assert.deepEqual(Object.keys(stored()).sort(), [`kefu:demo:out:${fresh}`, "kefu:demo:session"]);
  });
  it("forgets a request for a person that was refused, so that it can be made again", () => {
    const { one, socket, cid } = talking();
    socket.say({ type: "ack", cid, seq: 1 }, { type: "event", event: message(1, "visitor", cid) });
    one.human();
    socket.say({ type: "error", code: "forbidden", detail: "", cid: socket.of("human")[0]!.cid });
    assert.deepEqual(one.state().pending, []);
  });
  it("works without any storage", () => {
    Object.defineProperty(globalThis, "localStorage", {
      configurable: true,
      get: () => {
        throw new Error("SecurityError");
      },
    });
    const { one, socket, cid } = talking();
    socket.drop();
    wait(500);
    FakeSocket.last.live();
    assert.equal(FakeSocket.last.of("send")[0]?.cid, cid);
    one.destroy();
  });
  it("refuses what is empty or too long, counts characters as people do, and drops what JSON cannot hold", () => {
    const one = client();
    one.open();
    FakeSocket.last.live({ site: { limits: { text: 4 } } });
    assert.deepEqual([one.send(" \n "), one.send("12345"), one.send("👩👩👩👩")], [false, false, true]);
    assert.ok(one.send("a\0\ud800b"));
    FakeSocket.last.say({ type: "ack", cid: FakeSocket.last.of("send")[0]!.cid, seq: 1 });
    assert.equal(FakeSocket.last.of("send")[1]?.text, "ab");
  });
});

describe("two tabs of one visitor", () => {
  const tell = (key: string, newValue: string | null) =>
    page.dispatchEvent(new page.StorageEvent("storage", { key, newValue: newValue as string }));

  it("do not both send what one of them has queued", () => {
    const { one, socket, cid } = talking();
    socket.drop();
    const theirs = { cid: "other", at: 5, frame: { type: "send", cid: "other", text: "theirs" } };
    page.localStorage.setItem("kefu:demo:out:other", JSON.stringify(theirs));
    tell("kefu:demo:out:other", JSON.stringify(theirs));
    wait(500);
    FakeSocket.last.live();
    assert.deepEqual(FakeSocket.last.of("send").map((frame) => frame.cid), [cid]);
    assert.equal(one.state().pending.length, 1);
  });
  it("leave alone what the other has sent or removed", () => {
    const { one, socket, cid } = talking();
    socket.drop();
    tell("kefu:demo:out:" + cid, null);
    wait(500);
    FakeSocket.last.live();
    assert.deepEqual([FakeSocket.last.of("send"), one.state().pending], [[], []]);
  });
  it("meet in the same conversation", () => {
    const one = client();
    one.open();
    FakeSocket.last.live({ conversation: "mine", visitor_token: "t-mine" });
    const session = { token: "t-theirs", conversation: "theirs", seen: 3 };
    page.localStorage.setItem("kefu:demo:session", JSON.stringify(session));
    tell("kefu:demo:session", JSON.stringify(session));
    FakeSocket.last.accept();
    const [hello] = FakeSocket.last.of("hello");
    assert.deepEqual([hello?.token, hello?.conversation], ["t-theirs", "theirs"]);
    assert.equal(FakeSocket.open.length, 1);
  });
});

describe("small frames", () => {
  it("seen is sent once for each advance, stored, and sent again on a new socket", () => {
    const { one, socket } = talking();
    socket.say({ type: "event", event: message(1, "visitor") }, { type: "event", event: message(2, "bot") });
    assert.equal(one.unread(), 1);
    one.seen();
    one.seen();
    assert.deepEqual(socket.of("seen"), [{ type: "seen", seq: 2 }]);
    assert.equal(one.unread(), 0);
    assert.equal(JSON.parse(stored()["kefu:demo:session"]!).seen, 2);
    socket.drop();
    wait(500);
    FakeSocket.last.live({ head: 2 });
    one.seen();
    assert.equal(FakeSocket.last.of("seen").length, 1);
  });
  it("stop names the message that is being written", () => {
    const { one, socket } = talking();
    socket.say({ type: "delta", message: "b1", attempt: 1, epoch: 1, n: 1, text: "He" });
    one.stop();
    assert.deepEqual(socket.of("stop"), [{ type: "stop", message: "b1" }]);
  });
  it("a sign of typing that is never taken back goes by itself", () => {
    const { one, socket } = talking();
    socket.say({ type: "typing", by: { kind: "bot" }, on: true });
    assert.ok(one.state().typing);
    wait(30_000);
    assert.equal(one.state().typing, undefined);
  });
});
