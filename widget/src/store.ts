/**
 * The conversation as this browser knows it: `reduce(state, frame)` is pure and total.
 *
 * Knows the protocol's promises (gapless seq, epochs, one final event for each message) and keeps
 * them when frames are lost, doubled or reordered. Knows no socket, no clock, no storage, no screen.
 */
import { addPiece, type Draft } from "./drafts";
import { PASSING } from "./protocol";
import type {
  Acked, Ack, ChatEvent, ErrorFrame, Owner, Piece, Presence, ServerFrame, Site, Speaker, Status, Welcome,
} from "./protocol";

/** Something the visitor has sent that the server has not acknowledged, or whose event is due. */
export interface Outgoing {
  cid: string;
  frame: Acked;
  /** Milliseconds since 1970 on this browser's clock; also the order of sending. */
  at: number;
  /** The conversation it was written in; unset before the first welcome. */
  conversation?: string;
  /** Set by `ack`: it is committed, and its event will take its place. */
  seq?: number;
  /** The error code that only the visitor can mend. */
  failed?: string;
}

/**
 * idle: not connected on purpose. connecting: no `live` yet. live: caught up. waiting: between two
 * tries. offline: the browser says so. The rest are stops that only the visitor can end.
 */
export type Link =
  | "idle" | "connecting" | "live" | "waiting" | "offline"
  | "refused" | "old" | "replaced";

/** Why the chat has stopped, if it has. */
export const stopped = (link?: Link) =>
  link === "refused" || link === "old" || link === "replaced" ? link : undefined;

export interface State {
  link: Link;
  conversation?: string;
  site: Site;
  owner: Owner;
  operator?: string;
  status: Status;
  epoch: number;
  /** The highest seq known to exist, and the highest of which nothing before is missing. */
  head: number;
  last: number;
  events: ChatEvent[];
  /** Events that came before their turn. */
  early: ChatEvent[];
  drafts: Draft[];
  /** Messages whose final event is here: nothing more is added to them. */
  ended: ReadonlySet<string>;
  typing?: Speaker;
  presence?: Presence;
  pending: Outgoing[];
  rating?: number;
  /** The earlier conversation could not be opened again. */
  expired?: boolean;
}

/** What happens on this side; it goes through the same function as the server's frames. */
export type LocalFrame =
  | { type: "link"; link: Link }
  | { type: "queue"; items: Outgoing[] }
  | { type: "discard"; cid: string }
  | { type: "reset"; expired?: boolean };

export const EMPTY: State = {
  link: "idle", site: {}, owner: "bot", status: "open", epoch: 0, head: 0, last: 0,
  events: [], early: [], drafts: [], ended: new Set(), pending: [],
};

type Handler<F> = (state: State, frame: F) => State;
type AnyFrame = ServerFrame | LocalFrame;

const handlers: { [T in AnyFrame["type"]]?: Handler<Extract<AnyFrame, { type: T }>> } = {
  welcome,
  events: (state, frame) => addEvents(state, frame.events),
  event: (state, frame) => addEvents(state, [frame.event]),
  live: (state, frame) => ({ ...state, link: "live", head: Math.max(state.head, frame.head) }),
  pong: (state, frame) => ({ ...state, head: Math.max(state.head, frame.head) }),
  ack,
  error,
  delta: piece,
  snapshot: piece,
  typing: (state, frame) => ({ ...state, typing: frame.on ? frame.by : undefined }),
  presence: (state, frame) => ({ ...state, presence: frame }),
  link: (state, frame) => ({
    ...state,
    link: frame.link,
    typing: frame.link === "live" ? state.typing : undefined,
  }),
  queue,
  discard: (state, frame) => ({
    ...state,
    pending: state.pending.filter((item) => item.seq || item.cid !== frame.cid),
  }),
  reset: (state, frame) => ({ ...forget(state), expired: frame.expired }),
};

/** The state after one frame. A frame of an unknown type changes nothing. */
export function reduce(state: State, frame: AnyFrame): State {
  const handler = Object.hasOwn(handlers, frame.type) && handlers[frame.type];
  return handler ? (handler as Handler<AnyFrame>)(state, frame) : state;
}

/** Whether events exist that have not come: if that lasts, the client resumes. */
export const hasGap = (state: State): boolean => state.last < state.head;

/** A state without its conversation, but with the words that were never acknowledged. */
function forget(state: State): State {
  return { ...EMPTY, link: state.link, site: state.site, pending: moved(state.pending) };
}

/**
 * What is still to be sent once the conversation is another one: everything that was said, but
 * no rating or ending that was meant for the conversation before.
 */
function moved(pending: Outgoing[], conversation?: string): Outgoing[] {
  return pending
    .filter((item) => !item.seq && (item.frame.type === "send" || !item.conversation))
    .map((item) => ({ ...item, conversation, failed: undefined }));
}

function welcome(state: State, frame: Welcome): State {
  const same = state.conversation === frame.conversation && frame.head >= state.last;
  const base = same ? state : { ...forget(state), expired: state.expired };
  const pending = same ? state.pending : moved(state.pending, frame.conversation);
  return {
    ...base,
    pending,
    conversation: frame.conversation,
    site: frame.site || {},
    owner: frame.owner,
    operator: same ? base.operator : undefined,
    status: frame.status,
    epoch: frame.epoch,
    head: frame.head,
    early: [],
    drafts: base.drafts.filter((draft) => draft.epoch >= frame.epoch),
  };
}

function addEvents(state: State, events: ChatEvent[]): State {
  const waiting = [...state.early, ...events].sort((a, b) => a.seq - b.seq);
  const added: ChatEvent[] = [];
  const early: ChatEvent[] = [];
  let last = state.last;
  for (const event of waiting) {
    if (event.seq === last + 1) {
      added.push(event);
      last = event.seq;
    } else if (event.seq > last && event.seq !== early[early.length - 1]?.seq) early.push(event);
  }
  const head = Math.max(state.head, last, early[early.length - 1]?.seq ?? 0);
  const next = { ...state, last, head, early };
  return added.length ? take({ ...next, events: [...state.events, ...added] }, added) : next;
}

/** Takes in what the new events say about everything that is not the log itself. */
function take(state: State, added: ChatEvent[]): State {
  const next = { ...state, ended: new Set(state.ended) };
  const cids = new Set<string>();
  for (const event of added) {
    if (event.kind === "message") {
      next.ended.add(event.body.message);
      if (event.body.cid) cids.add(event.body.cid);
      if (event.by.kind === next.typing?.kind) next.typing = undefined;
    } else if (event.kind === "turn") {
      next.ended.add(event.body.message);
      next.typing = undefined;
    } else if (event.kind === "owner" && event.body.epoch >= next.epoch) {
      next.epoch = event.body.epoch;
      next.owner = event.body.owner;
      next.operator = event.body.owner === "operator" ? event.by.name : undefined;
      next.typing = undefined;
    } else if (event.kind === "status") {
      next.status = event.body.status === "closed" ? "closed" : "open";
    } else if (event.kind === "rating") next.rating = event.body.score;
  }
  next.drafts = next.drafts.filter((d) => d.epoch >= next.epoch && !next.ended.has(d.message));
  next.pending = next.pending.filter(
    (item) => !cids.has(item.cid) && !(item.seq && item.seq <= next.last),
  );
  return next;
}

function piece(state: State, frame: Piece): State {
  if (frame.epoch < state.epoch || state.ended.has(frame.message)) return state;
  return { ...state, drafts: addPiece(state.drafts, frame) };
}

function ack(state: State, frame: Ack): State {
  const pending = state.pending
    .map((item) => (item.cid === frame.cid ? { ...item, seq: frame.seq, failed: undefined } : item))
    .filter((item) => !(item.seq && item.seq <= state.last));
  return { ...state, pending, head: Math.max(state.head, frame.seq) };
}

function error(state: State, frame: ErrorFrame): State {
  if (!frame.cid || PASSING.includes(frame.code)) return state;
  return {
    ...state,
    pending: state.pending.map((item) =>
      item.cid === frame.cid && !item.seq ? { ...item, failed: frame.code } : item,
    ),
  };
}

function queue(state: State, frame: { items: Outgoing[] }): State {
  const known = new Set(state.pending.map((item) => item.cid));
  const items = frame.items.filter((item) => !known.has(item.cid));
  return { ...state, pending: [...state.pending, ...items].sort((a, b) => a.at - b.at) };
}
