/**
 * Ties store, link, outbox and storage together: one visitor's side of one conversation.
 *
 * Knows when something may be stored (from first use on), which conversation is asked for, and
 * when to resume. Knows nothing of the screen: the interface calls it and is told of each change.
 */
import { createLink, type Timer } from "./link";
import { createOutbox } from "./outbox";
import { PASSING, TEXT_LIMIT, VERSION } from "./protocol";
import type { Acked, Hello, ServerFrame } from "./protocol";
import { openStorage, type Session } from "./storage";
import { EMPTY, hasGap, reduce } from "./store";
import type { LocalFrame, Outgoing, State } from "./store";

export type Frame = ServerFrame | LocalFrame;
export type Listener = (state: State, before: State, frame: Frame) => void;
export type Client = ReturnType<typeof createClient>;
/** A frame for the outbox before it has its cid. */
type Draft<F> = F extends Acked ? Omit<F, "cid"> : never;

const GAP_PATIENCE = 1_500;
const TYPING_LASTS = { bot: 60_000, operator: 8_000, visitor: 0, system: 8_000 };

export interface ClientOptions {
  site: string;
  /** wss://host/ws/chat/ */
  url: string;
  locale: string;
  listener: Listener;
}

export function createClient({ site, url, locale, listener }: ClientOptions) {
  const storage = openStorage(site);
  let state = EMPTY;
  let session: Session | undefined = storage.session();
  let used = !!session;
  let fresh = false;
  let identity: string | undefined;
  let seenSent = 0;
  let lastAt = 0;
  let gap: Timer;
  let gaps = 0;
  let typingEnds: Timer;
  const discards = new Set<Timer>();

  const link = createLink({
    url,
    hello,
    onFrame,
    onLink: (link) => dispatch({ type: "link", link }),
    onBadToken: () => startOver(),
    onGone,
  });
  const outbox = createOutbox({ storage, state: () => state, send: link.send });
  const stored = storage.outbox();
  if (stored.length) {
    used = true;
    state = reduce(state, { type: "queue", items: stored });
  }

  function dispatch(frame: Frame): void {
    const before = state;
    state = reduce(state, frame);
    outbox.save(before.pending, state.pending);
    watchGap();
    outbox.pump();
    listener(state, before, frame);
  }

  function hello(): Hello {
    const resumed = !fresh && session && state.conversation === session.conversation;
    const referrer = document.referrer.slice(0, 2000) || undefined;
    return {
      type: "hello",
      v: VERSION,
      site,
      token: session?.token,
      conversation: session && (fresh ? "new" : session.conversation || undefined),
      last_seq: (resumed && state.last) || undefined,
      locale,
      identity,
      page: { url: location.href.split("#")[0]!.slice(0, 2000), title: document.title.slice(0, 300), referrer },
    };
  }

  function onFrame(frame: ServerFrame): void {
    if (frame.type === "welcome") {
      const seen = session?.conversation === frame.conversation ? session.seen : 0;
      session = { token: frame.visitor_token, conversation: frame.conversation, seen };
      fresh = false;
      seenSent = 0;
      saveSession();
    } else if (frame.type === "typing") watchTyping(frame);
    else if (frame.type === "ack") outbox.calm();
    else if (frame.type === "error") {
      frame = outbox.blame(frame);
      outbox.rest(frame);
    }
    dispatch(frame);
  }

  function saveSession(): void {
    if (used) storage.saveSession(session);
  }

  /** 4401: the token goes; if there was none, the identity was the bad one. */
  function startOver(): boolean {
    const hadToken = session;
    if (!hadToken && !identity) return false;
    if (!hadToken) identity = undefined;
    session = undefined;
    if (used) storage.saveSession(undefined);
    dispatch({ type: "reset", expired: !!hadToken && used });
    return true;
  }

  /** 4404: the conversation goes; if none was asked for, the site itself is unknown. */
  function onGone(): boolean {
    if (!session?.conversation || fresh) return false;
    fresh = true;
    dispatch({ type: "reset", expired: true });
    return true;
  }

  function watchGap(): void {
    const missing = state.link === "live" && hasGap(state);
    if (!missing) {
      clearTimeout(gap);
      gap = undefined;
      if (state.link === "live") gaps = 0;
    }
    // Patience grows, so that a head that never comes does not make us hammer.
    else gap ??= setTimeout(resume, GAP_PATIENCE * 2 ** Math.min(gaps++, 5));
  }

  function resume(): void {
    gap = undefined;
    if (state.link === "live" && hasGap(state)) link.reconnect();
  }

  function watchTyping(frame: Extract<ServerFrame, { type: "typing" }>): void {
    clearTimeout(typingEnds);
    const off = () => dispatch({ ...frame, on: false });
    if (frame.on) typingEnds = setTimeout(off, TYPING_LASTS[frame.by?.kind] ?? TYPING_LASTS.operator);
  }

  function enqueue(draft: Draft<Acked>): void {
    used = true;
    saveSession();
    const cid = uuid();
    const frame = { ...draft, cid } as Acked;
    lastAt = Math.max(Date.now(), lastAt + 1);
    const item: Outgoing = { cid, frame, at: lastAt, conversation: session?.conversation };
    dispatch({ type: "queue", items: [item] });
    link.open(true);
  }

  function follow(): void {
    const theirs = storage.session();
    if (!theirs) return;
    const same = session?.conversation === theirs.conversation;
    used = true;
    if (same && session) theirs.seen = Math.max(theirs.seen, session.seen);
    session = theirs;
    if (same) return listener(state, state, { type: "link", link: state.link });
    fresh = false;
    dispatch({ type: "reset" });
    link.open();
    link.reconnect();
  }

  /** What another tab of the same visitor has done. */
  function onStorage(event: StorageEvent): void {
    if (event.key === storage.prefix + "session") return follow();
    if (!event.key?.startsWith(storage.prefix + "out:")) return;
    const cid = event.key.slice(storage.prefix.length + 4);
    if (event.newValue) {
      const items = storage.outbox().filter((item) => item.cid === cid);
      if (state.pending.some((item) => item.cid === cid)) return;
      outbox.leaveToOthers(cid);
      dispatch({ type: "queue", items });
    } else {
      // Acknowledged there, most likely: its event is about to come and take its place.
      const timer = setTimeout(() => {
        discards.delete(timer);
        dispatch({ type: "discard", cids: [cid] });
      }, 2_000);
      discards.add(timer);
    }
  }

  const listeners: [EventTarget, string, (event: never) => void][] = [
    [window, "storage", onStorage],
    [window, "online", () => link.probe()],
    [window, "offline", () => link.offline()],
    [document, "visibilitychange", () => document.hidden || link.probe()],
    // An open socket would keep the host page out of the back-forward cache.
    [window, "pagehide", (event: PageTransitionEvent) => event.persisted && link.pause()],
    [window, "pageshow", (event: PageTransitionEvent) => event.persisted && link.probe()],
  ];
  for (const [target, type, fn] of listeners) target.addEventListener(type, fn as EventListener);

  return {
    state: () => state,
    used: () => used,
    limit: () => state.site.limits?.text || TEXT_LIMIT,
    open: () => link.open(true),
    /** The visitor's message; false if it is empty or too long. */
    send(text: string, reply_to?: string): boolean {
      const clean = text.replace(/\0/g, "").replace(/\p{Surrogate}/gu, "\ufffd").trim();
      if (!clean || [...clean].length > (state.site.limits?.text || TEXT_LIMIT)) return false;
      enqueue({ type: "send", text: clean, reply_to });
      return true;
    },
    human: () => enqueue({ type: "human" }),
    rate: (score: number, comment?: string) =>
      enqueue({ type: "rate", score, comment: comment?.trim() || undefined }),
    end: () => enqueue({ type: "close" }),
    startNew(): void {
      fresh = !!session;
      dispatch({ type: "reset" });
      link.open(true);
      link.reconnect();
    },
    retry(cid: string): void {
      const item = state.pending.find((one) => one.cid === cid);
      if (!item) return;
      // Only a conflict needs a new cid; with the old one anything else stays free of doubles.
      const id = item.failed === "id_conflict" ? uuid() : cid;
      if (id !== cid) storage.dropItem(cid);
      const as = { ...item, cid: id, frame: { ...item.frame, cid: id }, failed: undefined };
      dispatch({ type: "retry", cid, as });
      link.open(true);
    },
    discard: (cid: string) => dispatch({ type: "discard", cids: [cid] }),
    stop: () => link.send({ type: "stop", message: state.drafts[0]?.message }),
    typing: (on: boolean) => link.send({ type: "typing", on }),
    unread(): number {
      const seen = session?.seen ?? 0;
      const fromThem = (event: State["events"][number]) =>
        event.seq > seen && event.kind === "message" && event.by.kind !== "visitor";
      return state.events.filter(fromThem).length;
    },
    /** The visitor looks at the conversation: moves the read mark. */
    seen(): void {
      if (!session || state.link !== "live" || state.last <= seenSent) return;
      seenSent = state.last;
      if (state.last > session.seen) {
        session.seen = state.last;
        saveSession();
      }
      link.send({ type: "seen", seq: state.last });
    },
    identify(jwt: string): void {
      if (jwt === identity) return;
      identity = jwt;
      link.reconnect();
    },
    destroy(): void {
      for (const [target, type, fn] of listeners) target.removeEventListener(type, fn as EventListener);
      for (const timer of [gap, typingEnds, ...discards]) clearTimeout(timer);
      outbox.destroy();
      link.close();
    },
  };
}

export const isPassing = (code: string): boolean => PASSING.includes(code);

/** A version 4 UUID; crypto.randomUUID is missing on pages without TLS. */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 15) | 64;
  bytes[8] = (bytes[8]! & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
