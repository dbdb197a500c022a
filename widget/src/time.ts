/** Times as people read them, in the interface's language. Unreadable input gives an empty text. */
import { fill, type Texts } from "./texts";

const valid = (at: string | number) => !Number.isNaN(new Date(at).getTime());

/** `14:03` or `2:03 PM`. */
export function clock(at: string | number, lang: string): string {
  if (!valid(at)) return "";
  return new Intl.DateTimeFormat(lang, { hour: "numeric", minute: "2-digit" }).format(new Date(at));
}

/** A key that is the same for two moments of one local day. */
export const dayKey = (at: string | number) => (valid(at) ? new Date(at).toDateString() : "");

export function dayName(at: string | number, lang: string, texts: Texts, now: number): string {
  const key = dayKey(at);
  if (!key || key === dayKey(now)) return texts.today;
  if (key === dayKey(now - 86_400_000)) return texts.yesterday;
  const year = new Date(at).getFullYear() === new Date(now).getFullYear() ? undefined : "numeric";
  const format = { weekday: "long", day: "numeric", month: "long", year } as const;
  return new Intl.DateTimeFormat(lang, format).format(new Date(at));
}

/** `number 2 in the queue · about 3 min`, as far as it is known. */
export function queueText(texts: Texts, position?: number, wait?: number): string {
  const parts: string[] = [];
  if (position) parts.push(fill(texts.place, { n: position }));
  if (wait) parts.push(fill(texts.wait, { n: Math.max(1, Math.round(wait / 60)) }));
  return parts.join(" · ");
}
