/**
 * One WebSocket that keeps coming back: opening, heartbeat, back-off and close codes.
 *
 * Knows the protocol's rules for the socket. Does not know what the frames say, apart from
 * `welcome` and `pong`, which prove that the other side lives.
 */
import { CLOSE, encode, parse } from "./protocol";
import type { ClientFrame, Hello, ServerFrame } from "./protocol";
import type { Link } from "./store";

const SECOND = 1000;
const HANDSHAKE = 15 * SECOND;
const PING_EVERY = 20 * SECOND;
const PONG_WITHIN = 10 * SECOND;
const STABLE_AFTER = 60 * SECOND;

export interface LinkOptions {
  url: string;
  hello(): Hello;
  onFrame(frame: ServerFrame): void;
  onLink(link: Link): void;
  /** The token or the identity was refused: forget it. Answers whether to try again. */
  onBadToken(): boolean;
  /** The conversation is not there for us: forget it. Answers whether to try again. */
  onGone(): boolean;
}

export type Connection = ReturnType<typeof createLink>;

/** A connection that is closed until `open()`; no method of it ever throws. */
export function createLink(options: LinkOptions) {
  let socket: WebSocket | undefined;
  let retry: Timer;
  let handshake: Timer;
  let beat: Timer;
  let overdue: Timer;
  let stable: Timer;
  let failures = 0;
  let pings = 0;
  let wanted = false;

  function clear(): void {
    for (const timer of [retry, handshake, beat, overdue, stable]) clearTimeout(timer);
    overdue = undefined;
  }

  function connect(): void {
    drop();
    if (!wanted) return;
    if (navigator.onLine === false) return options.onLink("offline");
    options.onLink("connecting");
    try {
      const ws = new WebSocket(options.url);
      socket = ws;
      handshake = setTimeout(() => lost(ws), HANDSHAKE);
      ws.onopen = () => send(options.hello());
      ws.onmessage = (event) => ws === socket && receive(event.data);
      ws.onclose = (event) => lost(ws, event.code);
    } catch {
      // A Content-Security-Policy that forbids the host throws in some browsers.
      wait(backoff());
    }
  }

  /** Lets go of the socket in a way that no late event of it can be heard. */
  function drop(): void {
    clear();
    const ws = socket;
    socket = undefined;
    if (!ws) return;
    ws.onopen = ws.onmessage = ws.onclose = null;
    try {
      ws.close(1000);
    } catch {
      // It was never open.
    }
  }

  function receive(data: unknown): void {
    const frame = parse(data);
    if (!frame) return;
    if (frame.type === "welcome") {
      clearTimeout(handshake);
      beat = setTimeout(ping, PING_EVERY);
      stable = setTimeout(() => (failures = 0), STABLE_AFTER);
    } else if (frame.type === "pong") {
      clearTimeout(overdue);
      overdue = undefined;
    }
    options.onFrame(frame);
  }

  function ping(): void {
    clearTimeout(beat);
    beat = setTimeout(ping, PING_EVERY);
    send({ type: "ping", n: ++pings });
    const ws = socket;
    overdue ??= setTimeout(() => ws && lost(ws), PONG_WITHIN);
  }

  function lost(ws: WebSocket, code?: number): void {
    if (ws !== socket) return;
    drop();
    if (code === CLOSE.refused) stop("refused");
    else if (code === CLOSE.oldVersion) stop("old");
    else if (code === CLOSE.replaced) stop("replaced");
    else if (code === CLOSE.gone && !options.onGone()) stop("gone");
    else if (code === CLOSE.badToken && !options.onBadToken()) stop("refused");
    else if (code === CLOSE.restarting) wait(Math.random() * 5 * SECOND);
    else if (code === CLOSE.slowDown) wait(30 * SECOND + Math.random() * 30 * SECOND);
    else wait(backoff());
  }

  function backoff(): number {
    const longest = Math.min(30, 0.5 * 2 ** failures++);
    return Math.random() * longest * SECOND;
  }

  function wait(delay: number): void {
    options.onLink(navigator.onLine === false ? "offline" : "waiting");
    retry = setTimeout(connect, delay);
  }

  function stop(link: Link): void {
    wanted = false;
    options.onLink(link);
  }

  function send(frame: ClientFrame): boolean {
    try {
      if (socket?.readyState !== 1) return false;
      socket.send(encode(frame));
      return true;
    } catch {
      return false;
    }
  }

  return {
    send,
    /** Connects unless a connection is there or under way; `atOnce` cuts a wait short. */
    open(atOnce?: boolean): void {
      const idle = !wanted;
      wanted = true;
      if (idle || (atOnce && !socket)) connect();
    },
    /** A new hello on a new socket, now: the only way to resume. */
    reconnect(): void {
      if (wanted) connect();
    },
    /** Asks whether the other side still lives, now instead of at the next beat. */
    probe(): void {
      if (socket?.readyState === 1) ping();
      else if (wanted && !socket) connect();
    },
    close(): void {
      wanted = false;
      drop();
      options.onLink("idle");
    },
    /** The network went away: wait for `online` and try nothing until then. */
    offline(): void {
      if (!wanted) return;
      drop();
      options.onLink("offline");
    },
    /** The page is put to sleep: let go until `probe()`. */
    pause(): void {
      if (!wanted) return;
      drop();
      options.onLink("waiting");
    },
  };
}

/** What setTimeout gives, in a browser and in the tests. */
export type Timer = ReturnType<typeof setTimeout> | undefined;
