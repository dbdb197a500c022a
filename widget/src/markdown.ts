/**
 * A small Markdown subset, read into a tree: paragraphs, lists, bold, links and code.
 *
 * Pure. Knows text; does not know the DOM. Total: any text, cut anywhere, gives a tree, and the text
 * of a tree never holds more than its source. HTML is plain text here.
 */

export type Inline =
  | { kind: "text"; text: string }
  | { kind: "code"; text: string }
  | { kind: "bold"; children: Inline[] }
  | { kind: "link"; href: string; children: Inline[] };

export type Block =
  | { kind: "p"; children: Inline[] }
  | { kind: "pre"; text: string }
  | { kind: "list"; start?: number; items: Inline[][] };

const FENCE = /^\s*```/;
const HEADING = /^ {0,3}#{1,6}\s+/;
const ITEM = /^\s*(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/;

/**
 * The blocks of a text. With `partial` the text is still being written, and a mark at its end that
 * has no partner yet is taken as opened instead of being shown.
 */
export function parseBlocks(source: string, partial = false): Block[] {
  // The first marks of a closing fence are no code.
  const text = partial ? source.replace(/\n`{1,2}$/, "") : source;
  const lines = text.split(/\r\n?|\n/);
  const blocks: Block[] = [];
  for (let i = 0; i < lines.length; ) {
    if (!lines[i]!.trim()) i++;
    else i = readBlock(lines, i, blocks, partial);
  }
  return blocks;
}

/** Reads the block that starts at line `i`; answers the line after it. */
function readBlock(lines: string[], i: number, blocks: Block[], partial: boolean): number {
  if (FENCE.test(lines[i]!)) {
    const code: string[] = [];
    while (++i < lines.length && !FENCE.test(lines[i]!)) code.push(lines[i]!);
    blocks.push({ kind: "pre", text: code.join("\n") });
    return i + 1;
  }
  if (ITEM.test(lines[i]!)) return readList(lines, i, blocks, partial);
  const text: string[] = [];
  do text.push(lines[i++]!.trim());
  while (i < lines.length && continues(lines[i]!));
  const children = parseInline(text.join("\n").replace(HEADING, ""), partial && i >= lines.length);
  blocks.push({ kind: "p", children });
  return i;
}

const continues = (line: string) =>
  line.trim() !== "" && !FENCE.test(line) && !ITEM.test(line);

function readList(lines: string[], i: number, blocks: Block[], partial: boolean): number {
  const first = ITEM.exec(lines[i]!)!;
  const ordered = first[1] !== undefined;
  const items: string[] = [];
  for (; i < lines.length; i++) {
    const item = ITEM.exec(lines[i]!);
    if (item && (item[1] !== undefined) === ordered) items.push(item[2]!);
    else if (!item && continues(lines[i]!)) items[items.length - 1] += "\n" + lines[i]!.trim();
    else break;
  }
  const inline = items.map((text, n) =>
    parseInline(text, partial && i >= lines.length && n === items.length - 1),
  );
  blocks.push({ kind: "list", start: ordered ? +first[1]! : undefined, items: inline });
  return i;
}

const INLINE =
  /`([^`\n]+)`|\*\*(?=\S)([^]+?)\*\*|\[([^[\]\n]+)\]\(([^\s()]*(?:\([^\s()]*\)[^\s()]*)*)\)|https?:\/\/[\w\-.~:/?#@!$&()+,;=%]+/g;

/** The inline parts of one paragraph. `partial` as in `parseBlocks`. */
export function parseInline(source: string, partial = false): Inline[] {
  const text = partial ? closeMarks(source) : source;
  const parts: Inline[] = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    addText(parts, text.slice(at, match.index));
    at = match.index! + match[0].length;
    const [whole, code, bold, label, url] = match;
    if (code !== undefined) parts.push({ kind: "code", text: code });
    else if (bold !== undefined) parts.push({ kind: "bold", children: parseInline(bold) });
    else if (label !== undefined) addLink(parts, parseInline(label), url!, whole!);
    else at -= addBareLink(parts, whole!);
  }
  addText(parts, text.slice(at));
  return parts;
}

/** Closes what is open at the end of a text that is still being written, or hides a lone mark. */
function closeMarks(source: string): string {
  let text = source.replace(/[*`[]{1,3}$/, "").replace(/\[([^[\]\n]+)(?:\](?:\([^\s)]*)?)?$/, "$1");
  // What is whole already is one odd character here, which no open mark reaches across.
  const open = (mark: RegExp) => mark.test(text.replace(INLINE, "\x01"));
  if (open(/`[^`\n\x01]+$/)) text += "`";
  return open(/\*\*(?=\S)/) ? text + "**" : text;
}

function addText(parts: Inline[], text: string): void {
  if (text) parts.push({ kind: "text", text });
}

function addLink(parts: Inline[], children: Inline[], url: string, whole: string): void {
  const href = safeUrl(url);
  if (href) parts.push({ kind: "link", href, children });
  else addText(parts, whole);
}

/** A bare address, less the punctuation that ends a sentence; answers how much is left over. */
function addBareLink(parts: Inline[], whole: string): number {
  const text = whole.replace(/[.,;:!?)]+$/, "");
  addLink(parts, [{ kind: "text", text }], text, text);
  return whole.length - text.length;
}

/** The address if it is one that a chat may link to, else undefined. `base` allows relative ones. */
export function safeUrl(url: string, base?: string): string | undefined {
  try {
    const { protocol, href } = new URL(url, base);
    return /^(https?|mailto):$/.test(protocol) ? href : undefined;
  } catch {
    return undefined;
  }
}
