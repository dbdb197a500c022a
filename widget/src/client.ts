/**
 * Ties store, link, outbox and storage together: one visitor's side of one conversation.
 *
 * Knows when something may be stored (from first use on), which conversation is asked for, and
 * when to resume. Knows nothing of the screen: the interface calls it and is told of each change.
 */
import { alarm } from "./alarm";
import { createLink } from "./link";
import { createOutbox } from "./outbox";
import { TEXT_LIMIT, VERSION } from "./protocol";
import type { Acked, Hello, ServerFrame } from "./protocol";
import { openStorage } from "./storage";
import { EMPTY, hasGap, reduce } from "./store";
import type { LocalFrame, State } from "./store";

export type Frame = ServerFrame | LocalFrame;
export type Listener = (state: State, before: State, frame: Frame) => void;
export type Client = ReturnType<typeof createClient>;
/** A frame for the outbox before it has its cid. */
type Draft<F> = F extends Acked ? Omit<F, "cid"> : never;

const GAP_PATIENCE = 1_500;
/** A sign of typing that is not taken back goes by itself after this long, in ms. */
const TYPING_LASTS = 30_000;

/** `url` is wss://host/ws/chat/; `changed` hears of each change, after it has happened. */
export function createClient(site: string, url: string, locale: string, changed: Listener) {
  const storage = openStorage(site);
  const stored = storage.items();
  let state = reduce(EMPTY, { type: "queue", items: stored });
  let session = storage.load();
  let used = !!session || stored.length > 0;
  let fresh = false;
  let identity: string | undefined;
  let seenSent = 0;
  let lastAt = 0;
  let gapWatched = false;

  const link = createLink({
    url,
    hello,
    onFrame,
    onLink: (link) => dispatch({ type: "link", link }),
    onBadToken,
    onGone,
  });
  const outbox = createOutbox(storage, link.send);
  const typingEnds = alarm(() => dispatch({ type: "typing", by: { kind: "system" }, on: false }));
  const gap = alarm(() => {
    gapWatched = false;
    link.lost();
  });

  function dispatch(frame: Frame): void {
    const before = state;
    state = reduce(state, frame);
    outbox.save(before.pending, state.pending);
    watchGap();
    outbox.pump(state);
    changed(state, before, frame);
  }

  function hello(): Hello {
    const same = !fresh && session && state.conversation === session.conversation;
    return {
      type: "hello",
      v: VERSION,
      site,
      token: session?.token,
      conversation: session && (fresh ? "new" : session.conversation),
      last_seq: (same && state.last) || undefined,
      locale,
      identity,
      page: {
        url: location.href.split("#")[0]!.slice(0, 2000),
        title: document.title,
        time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      },
    };
  }

  function onFrame(frame: ServerFrame): void {
    if (frame.type === "welcome") {
      const { visitor_token: token, conversation } = frame;
      const seen = session?.conversation === conversation ? session.seen : 0;
      session = { token, conversation, seen };
      fresh = false;
      seenSent = 0;
      save();
    } else if (frame.type === "typing") {
      typingEnds(frame.on ? TYPING_LASTS : undefined);
    } else if (frame.type === "error") frame = outbox.blame(frame);
    dispatch(frame);
    if (frame.type === "error") dropRefused(frame.cid);
  }

  /** Only words are worth keeping when they are refused; a request for a person can be made again. */
  function dropRefused(cid?: string): void {
    const item = state.pending.find((one) => one.cid === cid);
    if (item?.failed && item.frame.type !== "send") discard(item.cid);
  }

  /** A new hello, on a new socket. */
  function resume(): void {
    link.close();
    link.open();
  }

  function save(): void {
    if (used) storage.save(session);
  }

  /** 4401: the token goes; if there was none, the identity was the bad one. */
  function onBadToken(): boolean {
    if (!session && !identity) return false;
    if (!session) identity = undefined;
    const expired = !!session && used;
    session = undefined;
    save();
    dispatch({ type: "reset", expired });
    return true;
  }

  /** 4404: the conversation goes; if none was asked for, the site itself is unknown. */
  function onGone(): boolean {
    if (!session || fresh) return false;
    fresh = true;
    dispatch({ type: "reset", expired: true });
    return true;
  }

  /** Where events are known to exist and do not come, the connection is as good as lost. */
  function watchGap(): void {
    const missing = state.link === "live" && hasGap(state);
    if (missing !== gapWatched) gap(missing ? GAP_PATIENCE : undefined);
    gapWatched = missing;
  }

  function enqueue(draft: Draft<Acked>): void {
    used = true;
    save();
    const cid = uuid();
    const frame = { ...draft, cid } as Acked;
    lastAt = Math.max(Date.now(), lastAt + 1);
    const item = { cid, frame, at: lastAt, conversation: session?.conversation };
    dispatch({ type: "queue", items: [item] });
    link.open();
  }

  function discard(cid: string): void {
    dispatch({ type: "discard", cid });
  }

  /** Another tab has the session now: the same one, a newer one, or one in another conversation. */
  function follow(): void {
    const theirs = storage.load();
    if (!theirs) return;
    const same = session?.conversation === theirs.conversation;
    used = true;
    session = { ...theirs, seen: Math.max(theirs.seen, (same && session?.seen) || 0) };
    if (same) return changed(state, state, { type: "link", link: state.link });
    fresh = false;
    dispatch({ type: "reset" });
    resume();
  }

  /**
   * What another tab of the same visitor has done. What it queues is its own to send; what it got
   * rid of, sent or removed, is not to be sent from here as well.
   */
  function onStorage({ key, newValue }: StorageEvent): void {
    if (key === storage.session) follow();
    else if (key?.startsWith(storage.out) && !newValue) discard(key.slice(storage.out.length));
  }

  const listeners: [EventTarget, string, (event: never) => void][] = [
    [window, "storage", onStorage],
    [window, "online", () => link.probe()],
    [window, "offline", () => link.sleep("offline")],
    [document, "visibilitychange", () => document.hidden || link.probe()],
    // An open socket would keep the host page out of the back-forward cache.
    [window, "pagehide", (event: PageTransitionEvent) => event.persisted && link.sleep("waiting")],
    [window, "pageshow", (event: PageTransitionEvent) => event.persisted && link.probe()],
  ];
  for (const [target, type, fn] of listeners) target.addEventListener(type, fn as EventListener);

  const limit = () => state.site.limits?.text || TEXT_LIMIT;

  return {
    state: () => state,
    used: () => used,
    limit,
    open: link.open,
    discard,
    /** The visitor's message; false if it is empty or too long. */
    send(text: string, reply_to?: string): boolean {
      const clean = text.replace(/[\0\ud800-\udfff]/gu, "").trim();
      const fits = !!clean && [...clean].length <= limit();
      if (fits) enqueue({ type: "send", text: clean, reply_to });
      return fits;
    },
    human: () => enqueue({ type: "human" }),
    rate: (score: number, comment: string) =>
      enqueue({ type: "rate", score, comment: comment.trim() || undefined }),
    end: () => enqueue({ type: "close" }),
    startNew(): void {
      fresh = !!session;
      dispatch({ type: "reset" });
      resume();
    },
    retry(cid: string): void {
      const item = state.pending.find((one) => one.cid === cid);
      if (!item) return;
      // Only a conflict needs a new cid; with the old one anything else stays free of doubles.
      const id = item.failed === "id_conflict" ? uuid() : cid;
      const as = { ...item, cid: id, frame: { ...item.frame, cid: id }, failed: undefined };
      discard(cid);
      dispatch({ type: "queue", items: [as] });
      link.open();
    },
    stop: () => link.send({ type: "stop", message: state.drafts[0]?.message }),
    typing: (on: boolean) => link.send({ type: "typing", on }),
    unread(): number {
      const seen = session?.seen ?? 0;
      return state.events.filter(
        (event) => event.seq > seen && event.kind === "message" && event.by.kind !== "visitor",
      ).length;
    },
    /** The visitor looks at the conversation: moves the read mark. */
    seen(): void {
      const { last, link: now } = state;
      if (!session || now !== "live" || last <= seenSent) return;
      seenSent = last;
      if (last > session.seen) {
        session.seen = last;
        save();
      }
      link.send({ type: "seen", seq: last });
    },
    identify(jwt: string): void {
      if (jwt === identity) return;
      identity = jwt;
      if (state.link !== "idle") resume();
    },
    destroy(): void {
      for (const [target, type, fn] of listeners) target.removeEventListener(type, fn as EventListener);
      for (const part of [gap, typingEnds, outbox.destroy, link.close]) part();
    },
  };
}

/** A version 4 UUID; crypto.randomUUID is missing on pages without TLS. */
export const uuid = (): string =>
  "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx".replace(/x/g, () =>
    (crypto.getRandomValues(new Uint8Array(1))[0]! & 15).toString(16),
  );
