// The desk's connection: opens, pings, notices a dead line, comes back. Knows close codes and
// frames as objects; knows nothing of conversations. Time, chance and WebSocket can be replaced.

const PING_EVERY = 20_000;
const PONG_WITHIN = 10_000;
const STABLE_AFTER = 60_000;

const FINAL = {
  4403: "You are logged out, or may not use the desk any more.",
  4410: "This page is older than the server. Load it again.",
};

/** Milliseconds to wait before attempt number `tries` (from 0), after a close with `code`. */
export function pause(code, tries, random = Math.random) {
  if (code === 1012) return random() * 5_000;
  const longest = Math.min(30_000, 500 * 2 ** tries);
  const least = code === 4429 ? 5_000 : 0;
  return Math.max(least, random() * longest);
}

export class Line {
  /** `on` has frame(frame), and status(name, detail): connecting, open, waiting or refused. */
  constructor(url, on, world = {}) {
    this.url = url;
    this.on = on;
    this.WebSocket = world.WebSocket || globalThis.WebSocket;
    this.later = world.setTimeout || ((...call) => globalThis.setTimeout(...call));
    this.never = world.clearTimeout || ((timer) => globalThis.clearTimeout(timer));
    this.random = world.random || Math.random;
    this.tries = 0;
    this.n = 0;
    this.timers = {};
    this.socket = null;
  }

  open() {
    this.#stop();
    this.on.status("connecting", "");
    const socket = new this.WebSocket(this.url);
    this.socket = socket;
    socket.onmessage = (message) => socket === this.socket && this.#receive(message.data);
    socket.onclose = (event) => socket === this.socket && this.#closed(event.code);
    socket.onerror = () => {}; // a close always follows
  }

  /** Send if the line is open; true if it went out, which is no promise that it arrived. */
  send(frame) {
    if (!this.ready) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  get ready() {
    return Boolean(this.welcomed && this.socket && this.socket.readyState === 1);
  }

  /** Come back at once: the browser says that the network is there again. */
  hurry() {
    if (this.timers.again) this.open();
    else if (this.ready) this.#ping();
  }

  #receive(data) {
    let frame;
    try {
      frame = JSON.parse(data);
    } catch {
      return;
    }
    if (frame.type === "pong") return this.#clear("dead");
    if (frame.type === "welcome") this.#welcome(frame);
    this.on.frame(frame);
  }

  #welcome(frame) {
    this.welcomed = true;
    this.on.status("open", "", frame);
    this.#set("stable", STABLE_AFTER, () => (this.tries = 0));
    this.#set("ping", PING_EVERY, () => this.#ping());
  }

  #ping() {
    this.n += 1;
    this.send({ type: "ping", n: this.n });
    if (!this.timers.dead) this.#set("dead", PONG_WITHIN, () => this.#dead());
    this.#set("ping", PING_EVERY, () => this.#ping());
  }

  #dead() {
    const socket = this.socket;
    this.#closed(1006);
    socket.close();
  }

  #closed(code) {
    this.#stop();
    if (FINAL[code]) return this.on.status("refused", FINAL[code], code);
    const wait = pause(code, this.tries, this.random);
    this.tries += 1;
    this.on.status("waiting", code === 1012 ? "The server is restarting." : "", wait);
    this.#set("again", wait, () => this.open());
  }

  #stop() {
    this.welcomed = false;
    this.socket = null;
    for (const name of Object.keys(this.timers)) this.#clear(name);
  }

  #set(name, wait, call) {
    this.#clear(name);
    this.timers[name] = this.later(() => {
      delete this.timers[name];
      call();
    }, wait);
  }

  #clear(name) {
    this.never(this.timers[name]);
    delete this.timers[name];
  }
}

export function socketUrl(path, location) {
  return `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}${path}`;
}

/** A UUID; `crypto.randomUUID` exists only over HTTPS and on localhost. */
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
