/**
 * Every frame of the chat protocol, version 1, as the visitor's side sees it: names and types.
 *
 * Knows the wire. Knows nothing of sockets, storage or the screen. What comes from the server is
 * trusted to be well formed but never trusted as markup, and unknown fields and kinds are ignored.
 */

export const VERSION = 1;
/** Characters in one message, unless `welcome.site.limits.text` says otherwise. */
export const TEXT_LIMIT = 8000;

export type Owner = "bot" | "queue" | "operator";
export type Status = "open" | "closed";
export type SpeakerKind = "visitor" | "bot" | "operator" | "system";

export interface Speaker {
  kind: SpeakerKind;
  name?: string;
}

export interface Choice {
  id: string;
  label: string;
}

export interface Citation {
  title: string;
  url: string;
}

export interface Attachment {
  id: string;
  name: string;
  mime: string;
  size: number;
  url: string;
}

export interface MessageBody {
  message: string;
  text: string;
  citations?: Citation[];
  choices?: Choice[];
  attachments?: Attachment[];
  cid?: string;
}

export interface OwnerBody {
  owner: Owner;
  epoch: number;
  reason?: string;
}

export interface TurnBody {
  message: string;
  state: "cancelled" | "failed" | "interrupted";
  text?: string;
  reason: string;
}

interface Row<K extends string, B> {
  seq: number;
  kind: K;
  /** UTC, ISO 8601 with milliseconds. */
  at: string;
  by: Speaker;
  body: B;
}

export type MessageEvent = Row<"message", MessageBody>;
export type ChatEvent =
  | MessageEvent
  | Row<"owner", OwnerBody>
  | Row<"status", { status: "open" | "closed" | "reopened"; reason?: string }>
  | Row<"slots", { changes: { slot: string; value: unknown; source: string }[] }>
  | Row<"action", { name: string; state: string }>
  | Row<"rating", { score: number; comment?: string }>
  | Row<"attachment", Attachment>
  | Row<"turn", TurnBody>;

/** What the site's owner has set; every field may be missing. */
export interface Site {
  name?: string;
  greeting?: string;
  colours?: { accent?: string };
  limits?: { text?: number; attachment_bytes?: number };
}

export interface Welcome {
  type: "welcome";
  v: number;
  visitor_token: string;
  expires_at: string;
  conversation: string;
  head: number;
  epoch: number;
  owner: Owner;
  status: Status;
  site?: Site;
}

/** A piece of a bot message that is being written; a snapshot replaces what is shown so far. */
export interface Piece {
  type: "delta" | "snapshot";
  message: string;
  attempt: number;
  epoch: number;
  n: number;
  text: string;
}

export interface Presence {
  type: "presence";
  operators_online: number;
  queue_position?: number;
  wait_s?: number;
}

export interface ErrorFrame {
  type: "error";
  code: string;
  detail: string;
  cid?: string;
  /** Seconds. */
  retry_after?: number;
}

export interface Ack {
  type: "ack";
  cid: string;
  seq: number;
}

export type ServerFrame =
  | Welcome
  | { type: "events"; events: ChatEvent[]; more: boolean }
  | { type: "live"; head: number }
  | Ack
  | { type: "pong"; n: number; head: number }
  | { type: "event"; event: ChatEvent }
  | Piece
  | { type: "typing"; by: Speaker; on: boolean }
  | Presence
  | ErrorFrame;

export interface Hello {
  type: "hello";
  v: number;
  site: string;
  token?: string;
  conversation?: string;
  last_seq?: number;
  locale?: string;
  identity?: string;
  page?: { url: string; title: string; referrer?: string; time_zone?: string };
}

export interface Send {
  type: "send";
  cid: string;
  text: string;
  attachments?: string[];
  reply_to?: string;
}

/** The frames that are answered with `ack`, so they wait in the outbox until then. */
export type Acked =
  | Send
  | { type: "human"; cid: string; reason?: string }
  | { type: "rate"; cid: string; score: number; comment?: string }
  | { type: "close"; cid: string };

export type ClientFrame =
  | Hello
  | Acked
  | { type: "stop"; message?: string }
  | { type: "typing"; on: boolean }
  | { type: "seen"; seq: number }
  | { type: "ping"; n: number };

/** Close codes that the widget treats each in its own way; any other means: come back later. */
export const enum CLOSE {
  restarting = 1012,
  badToken = 4401,
  refused = 4403,
  gone = 4404,
  replaced = 4409,
  oldVersion = 4410,
  slowDown = 4429,
}

/** Errors that pass: the same frame with the same cid goes out again by itself. */
export const PASSING = ["rate_limited", "overloaded", "store_unavailable"];

/** A frame from the wire, or undefined for anything that is not an object with a `type`. */
export function parse(data: unknown): ServerFrame | undefined {
  try {
    const frame = JSON.parse(data as string);
    return frame && typeof frame.type === "string" ? frame : undefined;
  } catch {
    return undefined;
  }
}

/**
 * JSON that no page can spoil: old libraries put a `toJSON` on Object.prototype and
 * Array.prototype, which JSON.stringify obeys for objects but never for plain values.
 */
export function encode(value: unknown): string {
  if (Array.isArray(value)) return "[" + value.map(encode).join() + "]";
  if (value && typeof value === "object") {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    return "{" + fields.map(([key, field]) => JSON.stringify(key) + ":" + encode(field)).join() + "}";
  }
  return JSON.stringify(value);
}
