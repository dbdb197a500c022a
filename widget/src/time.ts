/** Times as people read them, in the interface's language. Unreadable input gives an empty text. */
import { lang, texts } from "./texts";

type Moment = string | number;

function format(at: Moment, options: Intl.DateTimeFormatOptions): string {
  const date = new Date(at);
  return +date ? new Intl.DateTimeFormat(lang, options).format(date) : "";
}

/** `14:03` or `2:03 PM`. */
export const clock = (at: Moment) => format(at, { timeStyle: "short" });

/** The same for two moments of one local day. */
export const dayKey = (at: Moment) => format(at, { dateStyle: "short" });

export function dayName(at: Moment, now: number): string {
  return dayKey(at) === dayKey(now) ? texts.today : format(at, { dateStyle: "long" });
}
