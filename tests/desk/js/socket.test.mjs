import assert from "node:assert/strict";
import { test } from "node:test";
import { Line, pause, socketUrl } from "../../../backend/desk/static/desk/socket.js";

function world() {
  const timers = new Map();
  const sockets = [];
  let ids = 0;
  class Fake {
    constructor(url) { this.url = url; this.readyState = 1; this.sent = []; sockets.push(this); }
    send(text) { this.sent.push(JSON.parse(text)); }
    close() { this.readyState = 3; }
  }
  return {
    WebSocket: Fake, sockets, timers, random: () => 0.5,
    setTimeout: (call, wait) => (timers.set(++ids, { call, wait }), ids),
    clearTimeout: (id) => timers.delete(id),
    /** Run the timer that waits `wait` milliseconds. */
    run(wait) {
      const [id, timer] = [...timers].find(([, one]) => one.wait === wait);
      timers.delete(id);
      timer.call();
    },
  };
}

function opened(its = world()) {
  const seen = [];
  const line = new Line("ws://x/ws/desk/", { frame: (frame) => seen.push(frame.type), status: (...told) => seen.push(told[0]) }, its);
  line.open();
  return { line, seen, its, socket: () => its.sockets.at(-1) };
}
const welcome = (socket) => socket.onmessage({ data: JSON.stringify({ type: "welcome", v: 1 }) });

test("nothing is sent before the server's welcome", () => {
  const { line, socket } = opened();
  assert.equal(line.send({ type: "ping" }), false);
  welcome(socket());
  assert.equal(line.send({ type: "ping" }), true);
});

test("a lost line is opened again after a random pause that grows", () => {
  const { seen, its, socket } = opened();
  socket().onclose({ code: 1006 });
  its.run(250);
  socket().onclose({ code: 1006 });
  its.run(500);
  assert.equal(its.sockets.length, 3);
  assert.deepEqual(seen, ["connecting", "waiting", "connecting", "waiting", "connecting"]);
});

test("a minute of a stable line makes the pauses short again", () => {
  const { line, its, socket } = opened();
  line.tries = 6;
  welcome(socket());
  its.run(60_000);
  assert.equal(line.tries, 0);
});

test("a server that does not answer a ping within ten seconds is left", () => {
  const { its, socket } = opened();
  const first = socket();
  welcome(first);
  its.run(20_000);
  assert.equal(first.sent[0].type, "ping");
  its.run(10_000);
  assert.equal(first.readyState, 3);
  its.run(250);
  assert.equal(its.sockets.length, 2);
});

test("a pong keeps the line", () => {
  const { its, socket } = opened();
  welcome(socket());
  its.run(20_000);
  socket().onmessage({ data: '{"type":"pong","n":1,"head":0}' });
  assert.equal([...its.timers.values()].some((timer) => timer.wait === 10_000), false);
});

test("who may not use the desk is told so and the page stops trying", () => {
  const { seen, its, socket } = opened();
  socket().onclose({ code: 4403 });
  assert.equal(seen.at(-1), "refused");
  assert.equal(its.timers.size, 0);
});

test("pauses follow the protocol", () => {
  assert.equal(pause(1012, 9, () => 1), 5_000);
  assert.equal(pause(1006, 0, () => 1), 500);
  assert.equal(pause(1006, 30, () => 1), 30_000);
  assert.ok(pause(4429, 0, () => 0) >= 5_000);
});

test("a frame that is no JSON is passed over", () => {
  const { seen, socket } = opened();
  socket().onmessage({ data: "{" });
  assert.deepEqual(seen, ["connecting"]);
});

test("the socket is as safe as the page", () => {
  assert.equal(socketUrl("/ws/desk/", { protocol: "https:", host: "a.example" }), "wss://a.example/ws/desk/");
  assert.equal(socketUrl("/ws/desk/", { protocol: "http:", host: "localhost:8000" }), "ws://localhost:8000/ws/desk/");
});
