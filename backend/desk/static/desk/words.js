// Names and figures of an analysis as people read them. Pure.

const NAMES = {
  why: "Why",
  stages_ms: "Time",
  refusals_before: "Refusals before",
  decision: "Decision",
};
const SOURCES = {
  visitor: "said",
  choice: "pressed",
  carried: "from an earlier task",
  profile: "from the signed profile",
  default: "the default",
  operator: "set by an operator",
};

/** A name as a label: words with a capital. */
export function label(name) {
  if (Object.hasOwn(NAMES, name)) return NAMES[name];
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Milliseconds as they read best. */
export function duration(ms) {
  return ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms)} ms`;
}

/** A slot's value on one line. */
export function valueWords(value) {
  if (value === null || value === undefined) return "does not matter";
  if (value === true) return "yes";
  if (value === false) return "no";
  if (typeof value !== "object") return String(value);
  if ("amount" in value && "currency" in value) return `${value.amount} ${value.currency}`;
  if ("from" in value && "to" in value) return `${value.from} to ${value.to}`;
  return JSON.stringify(value);
}

/** Which schema of the bot: “bot version 3”, “the bot's draft”, or by its checksum. */
export function schemaWords(schema) {
  if (!schema || !schema.checksum) return "";
  if (schema.version === "draft") return "the bot's draft";
  return schema.version ? `bot version ${schema.version}` : `bot ${schema.checksum.slice(0, 10)}`;
}

export function sourceWords(source) {
  return SOURCES[source] || source;
}

/** A share between 0 and 1 as a percentage. */
export function percent(share) {
  return `${Math.round(Math.max(0, Math.min(1, share)) * 100)}%`;
}

/** A text around a place in it: {before, inside, after}, or null where the place is not in it. */
export function around(text, start, end, most = 40) {
  if (!text || !(end > start) || end > text.length) return null;
  const from = start > most ? start - most : 0;
  const to = Math.min(text.length, end + most);
  return {
    before: (from ? "…" : "") + text.slice(from, start),
    inside: text.slice(start, end),
    after: text.slice(end, to) + (to < text.length ? "…" : ""),
  };
}
