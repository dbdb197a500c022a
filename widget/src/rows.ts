/**
 * What the transcript shows, as a list of plain values.
 *
 * Knows what is worth showing, who said it and how messages group. Does not know the DOM: ui/log.ts
 * turns each row into nodes and keeps the nodes of rows that stay the same.
 */
import type { Attachment, ChatEvent, Choice, Citation, Owner, Speaker, SpeakerKind } from "./protocol";
import type { Outgoing, State } from "./store";
import { fill, texts } from "./texts";
import { dayKey, dayName } from "./time";

export interface Row {
  kind: "message" | "day" | "status" | "typing";
  /** The same for the same thing from one drawing to the next. */
  key: string;
  text: string;
  /** ISO 8601, or milliseconds; unset for the greeting and for what is being written. */
  at?: string | number;
  by?: SpeakerKind;
  name?: string;
  /** The first or last of one speaker's messages in a row. */
  first?: boolean;
  last?: boolean;
  /** Still being written. */
  partial?: boolean;
  /** Said below the text: "Stopped". */
  note?: string;
  pending?: "sending" | "waiting" | "failed";
  item?: Outgoing;
  citations?: Citation[];
  choices?: Choice[];
  attachments?: Attachment[];
}

const GROUP_MS = 5 * 60_000;

/** The transcript from top to bottom. `now` in milliseconds tells what is today. */
export function rows(state: State, now: number): Row[] {
  const said = [message("greeting", BOT, state.site.greeting || texts.greeting)];
  let owner: Owner = "bot";
  for (const event of state.events) {
    const row = eventRow(event, owner);
    if (row) said.push(row);
    if (event.kind === "owner") owner = event.body.owner;
  }
  for (const item of state.pending) {
    const { frame, at, failed, cid } = item;
    if (frame.type !== "send") continue;
    const pending = failed ? "failed" : state.link === "live" ? "sending" : "waiting";
    said.push({ ...message("o" + cid, { kind: "visitor" }, frame.text), at, pending, item });
  }
  for (const draft of state.drafts) {
    if (draft.text) said.push({ ...message("m" + draft.message, BOT, draft.text), partial: true });
  }
  const list = group(addDays(said, now));
  if (state.expired) list.unshift({ kind: "status", key: "expired", text: texts.expired });
  const by = typist(state);
  if (by) list.push({ ...message("typing", by, ""), kind: "typing" });
  return list;
}

const BOT: Speaker = { kind: "bot" };

function message(key: string, { kind: by, name }: Speaker, text: string): Row {
  return { kind: "message", key, by, text, name: (by !== "visitor" && name) || texts[by === "system" ? "bot" : by] };
}

/** What one event shows, or nothing: slots, actions and ratings are not for the transcript. */
export function eventRow(event: ChatEvent, owner: Owner): Row | undefined {
  const { at, by, seq } = event;
  const line = (text: string): Row => ({ kind: "status", key: "e" + seq, text, at });
  if (event.kind === "message") {
    const { message: id, cid, text, ...more } = event.body;
    // What this browser sent keeps the key it had while it was pending, and so its nodes.
    return { ...message(cid ? "o" + cid : "m" + id, by, text), ...more, at };
  }
  if (event.kind === "attachment") {
    return { ...message("e" + seq, by, ""), at, attachments: [event.body] };
  }
  if (event.kind === "turn") {
    const { message: id, text, state } = event.body;
    const note = texts[state === "failed" ? state : "cancelled"];
    return text ? { ...message("m" + id, BOT, text), at, note } : line(note);
  }
  if (event.kind === "owner" && event.body.owner !== owner) {
    if (event.body.owner === "bot") return line(texts.back);
    if (event.body.owner === "queue") return line(texts.queued);
    return line(fill(texts.joined, by.name || texts.operator));
  }
  if (event.kind === "status" && event.body.status !== "open") return line(texts[event.body.status]);
  return undefined;
}

/** Day lines between what was said on two days; choices stay only on the very last thing said. */
function addDays(said: Row[], now: number): Row[] {
  const last = said.filter((row) => row.kind === "message").pop();
  let day = "";
  return said.flatMap((row) => {
    const key = row.at ? dayKey(row.at) : day;
    const own = row === last ? row : { ...row, choices: undefined };
    if (key === day) return [own];
    day = key;
    return [{ kind: "day", key, text: dayName(row.at!, now) }, own];
  });
}

function group(list: Row[]): Row[] {
  const joined = (a?: Row, b?: Row) =>
    a && b && a.by && a.by === b.by && a.name === b.name && time(b, a) - time(a, b) < GROUP_MS;
  return list.map((row, i) => ({
    ...row,
    first: !joined(list[i - 1], row),
    last: !joined(row, list[i + 1]),
  }));
}

const time = (row: Row, other: Row) => +new Date(row.at ?? other.at ?? 0);

/** Who is about to say something: nobody if the words themselves are coming already. */
function typist({ drafts, typing, link }: State): Speaker | undefined {
  if (link !== "live" || drafts.some((draft) => draft.text)) return undefined;
  const by = typing ?? (drafts.length ? BOT : undefined);
  return by?.kind === "visitor" ? undefined : by;
}
