// Slot values marked in examples, `[boots](item)`: reading, setting and taking them away. Pure.

const MARK = /\[([^[\]\n]+)\]\(([a-z][a-z0-9_]{0,59})\)/g;

/** The parts of an example: {text, slot?}, in order. */
export function partsOf(example) {
  const parts = [];
  let at = 0;
  for (const match of example.matchAll(MARK)) {
    if (match.index > at) parts.push({ text: example.slice(at, match.index) });
    parts.push({ text: match[1], slot: match[2] });
    at = match.index + match[0].length;
  }
  if (at < example.length) parts.push({ text: example.slice(at) });
  return parts;
}

/** The mark around the place, as {start, end, text, slot}, or null. */
export function markAt(text, start, end) {
  for (const match of text.matchAll(MARK)) {
    const last = match.index + match[0].length;
    if (start >= match.index && end <= last) return { start: match.index, end: last, text: match[1], slot: match[2] };
  }
  return null;
}

/**
 * The text with what is selected marked as a value of the slot: {text, start, end}, or null where
 * nothing is selected that can be. A selection inside a mark gives that mark the slot.
 */
export function mark(text, start, end, slot) {
  const old = markAt(text, start, end);
  if (old) return put(text, old.start, old.end, old.text, slot);
  while (start < end && /\s/.test(text[start])) start += 1;
  while (end > start && /\s/.test(text[end - 1])) end -= 1;
  const value = text.slice(start, end);
  if (!value || /[[\]\n]/.test(value) || /\]\([a-z0-9_]*$/.test(text.slice(0, start))) return null;
  return put(text, start, end, value, slot);
}

/** The text without the mark around the place, or null where there is none. */
export function unmark(text, start, end) {
  const old = markAt(text, start, end);
  if (!old) return null;
  return { text: text.slice(0, old.start) + old.text + text.slice(old.end), start: old.start, end: old.start + old.text.length };
}

function put(text, start, end, value, slot) {
  const marked = `[${value}](${slot})`;
  return { text: text.slice(0, start) + marked + text.slice(end), start, end: start + marked.length };
}

/** The first value that examples mark for each slot: {slot: text}. */
export function samplesIn(texts) {
  const found = {};
  for (const text of texts) for (const part of partsOf(text)) if (part.slot) found[part.slot] ??= part.text;
  return found;
}
