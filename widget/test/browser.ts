/**
 * A browser for the tests: happy-dom's window as globals, and a socket that the test holds both
 * ends of. Every test starts with `start()`, which clears what the one before has left.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { mock } from "node:test";
import { Window } from "happy-dom";
import type { ClientFrame, ServerFrame, Welcome } from "../src/protocol";

const root = process.env.WIDGET_ROOT!;
export const read = (path: string): string => readFileSync(join(root, path), "utf8");

export const built = read("dist/kefu.js");
/** Runs the built file, as a script on the page. */
export const evaluate = (): void => new Function(built)();
/** Its tag, which happy-dom is kept from loading by itself. */
export const tag = (more = ""): string =>
  `<script type="kept" data-site="demo" ${more} src="https://chat.example/widget/kefu.js"></script>`;

/** The far end of a WebSocket. */
export class FakeSocket {
  static all: FakeSocket[] = [];
  static get last(): FakeSocket {
    const socket = FakeSocket.all[FakeSocket.all.length - 1];
    if (!socket) throw new Error("no socket was opened");
    return socket;
  }
  static get open(): FakeSocket[] {
    return FakeSocket.all.filter((socket) => socket.readyState < 2);
  }

  readyState = 0;
  sent: ClientFrame[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }
  send(data: string): void {
    this.sent.push(JSON.parse(data));
  }
  close(): void {
    this.readyState = 3;
  }

  accept(): void {
    this.readyState = 1;
    this.onopen?.();
  }
  say(...frames: (ServerFrame | string)[]): void {
    for (const frame of frames) {
      this.onmessage?.({ data: typeof frame === "string" ? frame : JSON.stringify(frame) });
    }
  }
  drop(code = 1006): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }
  /** The handshake up to `live`. */
  live(more: Partial<Welcome> = {}): void {
    this.accept();
    this.say(welcome(more), { type: "live", head: more.head ?? 0 });
  }
  of<T extends ClientFrame["type"]>(type: T): Extract<ClientFrame, { type: T }>[] {
    return this.sent.filter((frame) => frame.type === type) as Extract<ClientFrame, { type: T }>[];
  }
}

export function welcome(more: Partial<Welcome> = {}): Welcome {
  return {
    type: "welcome", v: 1, visitor_token: "token-1", expires_at: "2030-01-01T00:00:00.000Z",
    conversation: "c1", head: 0, epoch: 1, owner: "bot", status: "open", site: {}, ...more,
  };
}

const NAMES = [
  "window", "document", "navigator", "location", "localStorage", "HTMLScriptElement", "CustomEvent",
  "CSSStyleSheet", "Node", "Event", "KeyboardEvent", "StorageEvent",
];

export let page: Window;
let covers = false;

/** A new page. Time stands still until `wait` moves it. */
export function start(options: { html?: string; covers?: boolean; language?: string } = {}): void {
  page = new Window({ url: "https://shop.example/boots?size=42#top" });
  covers = !!options.covers;
  const define = (name: string, value: unknown) =>
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  for (const name of NAMES) define(name, name === "window" ? page : page[name as "document"]);
  define("addEventListener", page.addEventListener.bind(page));
  define("getComputedStyle", page.getComputedStyle.bind(page));
  define("WebSocket", FakeSocket);
  define("ResizeObserver", class { observe() {} disconnect() {} });
  const media = (query: string) => ({
    matches: query.includes("width") && covers, addEventListener() {}, removeEventListener() {},
  });
  define("matchMedia", media);
  if (options.language) Object.defineProperty(page.navigator, "language", { value: options.language });
  page.document.body.innerHTML = options.html ?? "";
  FakeSocket.all = [];
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: Date.parse("2026-03-05T09:15:00Z") });
  mock.restoreAll();
}

export const wait = (ms: number): void => mock.timers.tick(ms);

/** Everything that the widget has put into the browser's storage. */
export const stored = (): Record<string, string> => ({ ...(page.localStorage as unknown as Record<string, string>) });

/** Makes all randomness give this share of its range. */
export const luck = (share: number): void => void mock.method(Math, "random", () => share);
