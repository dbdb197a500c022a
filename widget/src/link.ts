/**
 * One WebSocket that keeps coming back: opening, heartbeat, back-off and close codes.
 *
 * Knows the protocol's rules for the socket. Does not know what the frames say, apart from
 * `welcome` and `pong`, which prove that the other side lives.
 */
import { alarm } from "./alarm";
import { CLOSE, encode, parse } from "./protocol";
import type { ClientFrame, Hello, ServerFrame } from "./protocol";
import type { Link } from "./store";

const SECOND = 1000;
const HANDSHAKE = 15 * SECOND;
const PING_EVERY = 20 * SECOND;
const PONG_WITHIN = 10 * SECOND;
const STABLE_AFTER = 60 * SECOND;

/** Close codes after which trying again by itself would not help. */
const STOPS: Record<number, Link> = {
  [CLOSE.refused]: "refused",
  [CLOSE.replaced]: "replaced",
  [CLOSE.oldVersion]: "old",
};

export interface LinkOptions {
  url: string;
  hello(): Hello;
  onFrame(frame: ServerFrame): void;
  onLink(link: Link): void;
  /** The token, or else the identity, was refused: forget it. Answers whether to try again. */
  onBadToken(): boolean;
  /** The conversation is not there for us: forget it. Answers whether to try again. */
  onGone(): boolean;
}

/** A connection that is closed until `open()`; no method of it ever throws. */
export function createLink({ url, hello, onFrame, onLink, onBadToken, onGone }: LinkOptions) {
  let socket: WebSocket | undefined;
  let failures = 0;
  let pings = 0;
  let wanted = false;
  const retry = alarm(connect);
  const overdue = alarm(lost);
  const beat = alarm(ping);
  const stable = alarm(() => (failures = 0));

  function connect(): void {
    drop();
    if (!wanted) return;
    if (navigator.onLine === false) return onLink("offline");
    onLink("connecting");
    try {
      socket = new WebSocket(url);
      socket.onopen = () => send(hello());
      socket.onmessage = ({ data }) => receive(parse(data));
      socket.onclose = ({ code }) => lost(code);
      overdue(HANDSHAKE);
    } catch {
      // A Content-Security-Policy that forbids the host throws in some browsers.
      lost();
    }
  }

  /** Lets go of the socket so that no late event of it can be heard. */
  function drop(): void {
    for (const timer of [retry, overdue, beat, stable]) timer();
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    socket = undefined;
  }

  function receive(frame: ServerFrame | undefined): void {
    if (!frame) return;
    if (frame.type === "welcome") {
      beat(PING_EVERY);
      stable(STABLE_AFTER);
    }
    if (frame.type === "welcome" || frame.type === "pong") overdue();
    try {
      onFrame(frame);
    } catch (error) {
      // A frame that breaks its own type is a broken connection, and not the page's trouble.
      console.error("Kefu:", error);
      lost();
    }
  }

  function ping(): void {
    beat(PING_EVERY);
    overdue(PONG_WITHIN);
    send({ type: "ping", n: ++pings });
  }

  function lost(code = 0): void {
    drop();
    const again = code === CLOSE.gone ? onGone() : code !== CLOSE.badToken || onBadToken();
    const end = STOPS[code] ?? (again ? undefined : "refused");
    wanted = !end;
    onLink(end ?? (navigator.onLine === false ? "offline" : "waiting"));
    if (end) return;
    if (code === CLOSE.restarting) retry(Math.random() * 5 * SECOND);
    else if (code === CLOSE.slowDown) retry((30 + Math.random() * 30) * SECOND);
    else retry(Math.random() * Math.min(30, 0.5 * 2 ** failures++) * SECOND);
  }

  function send(frame: ClientFrame): boolean {
    const ready = socket?.readyState === 1;
    if (ready) socket!.send(encode(frame));
    return ready;
  }

  /** Asks whether the other side still lives, now instead of at the next try or beat. */
  function probe(): void {
    if (!socket) connect();
    else if (socket.readyState === 1) ping();
  }

  return {
    send,
    probe,
    /** As if it had been dropped: comes back after the usual pause, with a new hello. */
    lost,
    open(): void {
      wanted = true;
      if (!socket) connect();
    },
    close(): void {
      wanted = false;
      drop();
    },
    /** Lets go and tries nothing until `probe()`. */
    sleep(as: Link): void {
      drop();
      if (wanted) onLink(as);
    },
  };
}
