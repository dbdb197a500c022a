import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { FakeSocket, luck, page, start, stored, wait } from "./browser";
import { client, message, talking } from "./talking";

beforeEach(() => {
  start();
  luck(0.5);
});

describe("close codes", () => {
  it("4401 drops the token, starts anew and keeps what is unsent", () => {
    const { one, socket, cid } = talking();
    socket.drop(4401);
    wait(500);
    FakeSocket.last.accept();
    const [hello] = FakeSocket.last.of("hello");
    assert.deepEqual([hello?.token, hello?.conversation], [undefined, undefined]);
    FakeSocket.last.live({ conversation: "c2", visitor_token: "token-2" });
    assert.equal(FakeSocket.last.of("send")[0]?.cid, cid);
    assert.ok(one.state().expired);
    assert.equal(JSON.parse(stored()["kefu:demo:session"]!).token, "token-2");
  });
  it("4401 without a token drops the identity, and then gives up", () => {
    const one = client();
    one.identify("bad");
    one.open();
    FakeSocket.last.accept();
    FakeSocket.last.drop(4401);
    wait(500);
    FakeSocket.last.accept();
    assert.equal(FakeSocket.last.of("hello")[0]?.identity, undefined);
    FakeSocket.last.drop(4401);
    assert.equal(one.state().link, "refused");
  });
  it("4404 asks for a new conversation, and gives up if that is not there either", () => {
    const { one, socket } = talking();
    socket.drop(4404);
    wait(500);
    FakeSocket.last.accept();
    const [hello] = FakeSocket.last.of("hello");
    assert.deepEqual([hello?.token, hello?.conversation, hello?.last_seq], ["token-1", "new", undefined]);
    FakeSocket.last.drop(4404);
    assert.equal(one.state().link, "refused");
  });
  for (const [code, link] of [[4403, "refused"], [4410, "old"], [4409, "replaced"]] as const) {
    it(`${code} stops until the visitor acts`, () => {
      const { one, socket } = talking();
      socket.drop(code);
      wait(600_000);
      assert.deepEqual([FakeSocket.all.length, one.state().link], [1, link]);
      one.open();
      assert.equal(FakeSocket.all.length, 2);
    });
  }
  it("1012 returns at random within five seconds", () => {
    luck(0.9);
    talking().socket.drop(1012);
    wait(4_400);
    assert.equal(FakeSocket.all.length, 1);
    wait(200);
    assert.equal(FakeSocket.all.length, 2);
  });
  it("4429 waits for at least half a minute", () => {
    luck(0);
    talking().socket.drop(4429);
    wait(29_000);
    assert.equal(FakeSocket.all.length, 1);
    wait(1_100);
    assert.equal(FakeSocket.all.length, 2);
  });
});

describe("the connection", () => {
  it("comes back after 0.5, 1, 2 … at most 30 seconds, and starts over after a stable minute", () => {
    luck(0.999999);
    const one = client();
    one.open();
    for (const seconds of [0.5, 1, 2, 4, 8, 16, 30, 30]) {
      const count = FakeSocket.all.length;
      FakeSocket.last.drop();
      wait(seconds * 1000 - 10);
      assert.equal(FakeSocket.all.length, count, `before ${seconds} s`);
      wait(20);
      assert.equal(FakeSocket.all.length, count + 1, `after ${seconds} s`);
    }
    const last = FakeSocket.last;
    last.live();
    for (let n = 1; n <= 3; n++) {
      wait(20_000);
      last.say({ type: "pong", n, head: 0 });
    }
    last.drop();
    wait(510);
    assert.notEqual(FakeSocket.last, last);
  });
  it("asks every 20 s whether the other side lives, and leaves it after 10 s of silence", () => {
    const one = client();
    one.open();
    FakeSocket.last.live();
    wait(20_000);
    assert.equal(FakeSocket.last.of("ping").length, 1);
    FakeSocket.last.say({ type: "pong", n: 1, head: 0 });
    wait(20_000);
    assert.equal(FakeSocket.last.of("ping").length, 2);
    wait(10_000);
    wait(500);
    assert.equal(FakeSocket.all.length, 2);
    assert.equal(FakeSocket.open.length, 1);
  });
  it("resumes when a gap stays, and not when it closes by itself", () => {
    const { socket } = talking();
    socket.say({ type: "event", event: message(2, "bot") });
    wait(1_000);
    socket.say({ type: "event", event: message(1, "visitor") });
    wait(10_000);
    assert.equal(FakeSocket.all.length, 1);
    socket.say({ type: "pong", n: 1, head: 5 });
    wait(1_600);
    assert.equal(FakeSocket.open.length, 0);
    wait(500);
    FakeSocket.last.accept();
    assert.equal(FakeSocket.last.of("hello")[0]?.last_seq, 2);
  });
  it("rests while the browser is offline and returns with it", () => {
    const { one, socket } = talking();
    Object.defineProperty(page.navigator, "onLine", { value: false, configurable: true });
    page.dispatchEvent(new page.Event("offline"));
    assert.deepEqual([one.state().link, socket.readyState], ["offline", 3]);
    wait(100_000);
    assert.equal(FakeSocket.all.length, 1);
    Object.defineProperty(page.navigator, "onLine", { value: true, configurable: true });
    page.dispatchEvent(new page.Event("online"));
    assert.equal(FakeSocket.all.length, 2);
  });
  it("shows a constructor that throws as a server that cannot be reached", () => {
    Object.defineProperty(globalThis, "WebSocket", {
      configurable: true,
      value: class {
        constructor() {
          throw new Error("SecurityError");
        }
      },
    });
    const one = client();
    one.open();
    assert.equal(one.state().link, "waiting");
    one.destroy();
  });
  it("pays no heed to what is not a frame", () => {
    const { one, socket } = talking();
    const before = one.state();
    socket.say("", "null", "[]", "{", '{"type":5}', '{"type":"later"}');
    assert.equal(one.state(), before);
  });
  it("takes a frame that breaks the contract for a broken connection", (test) => {
    const { one, socket } = talking();
    const errors = test.mock.method(console, "error", () => {});
    assert.doesNotThrow(() => socket.say('{"type":"events"}'));
    assert.deepEqual([one.state().link, errors.mock.callCount()], ["waiting", 1]);
  });
  it("leaves no timer and no socket behind", () => {
    const { one, socket } = talking();
    one.destroy();
    wait(1_000_000);
    assert.deepEqual([FakeSocket.open.length, socket.of("ping").length], [0, 0]);
  });
});
