// A small Markdown subset as DOM nodes: paragraphs, lists, bold, code and links. Text only ever
// becomes text nodes, and a link only http, https or mailto; HTML in a message is shown as it is.

import { el } from "./dom.js";

const ITEM = /^\s*(?:[-*+•]|(\d{1,9})[.)])\s+(.*)$/;
const FENCE = /^\s*(?:```|~~~)/;
const INLINE =
  /`([^`\n]+)`|\*\*(?=\S)([^]+?)\*\*|\[([^[\]\n]+)\]\(([^\s()]+)\)|https?:\/\/[^\s<>"'`*\]|，。；：！？、（）《》「」]+/g;

/** The address if it is one that a message may link to, else null. `base` allows relative ones. */
export function safeUrl(url, base) {
  try {
    const { protocol, href } = new URL(url, base);
    return /^(https?|mailto):$/.test(protocol) ? href : null;
  } catch {
    return null;
  }
}

/** The blocks of a text: {kind: p|pre|ul|ol, lines}. Total: any text gives blocks. */
export function blocksOf(source) {
  const blocks = [];
  let open = null; // the block that the next line may still belong to
  let fenced = null;
  for (const line of source.replace(/\r\n?/g, "\n").split("\n")) {
    if (FENCE.test(line)) {
      fenced = fenced ? null : push(blocks, "pre");
      open = null;
    } else if (fenced) fenced.lines.push(line);
    else if (!line.trim()) open = null;
    else open = addLine(blocks, open, line);
  }
  return blocks;
}

function push(blocks, kind, ...lines) {
  const block = { kind, lines };
  blocks.push(block);
  return block;
}

function addLine(blocks, open, line) {
  const item = ITEM.exec(line);
  if (item) {
    const kind = item[1] === undefined ? "ul" : "ol";
    const list = open && open.kind === kind ? open : continued(blocks, kind);
    list.lines.push(item[2]);
    return list;
  }
  const text = line.trim().replace(/^#{1,6}\s+(.*)$/, "**$1**");
  if (!open) return push(blocks, "p", text);
  open.lines[open.lines.length - 1] += "\n" + text;
  return open;
}

/** Writers leave an empty line between items; the list goes on after it. */
function continued(blocks, kind) {
  const last = blocks[blocks.length - 1];
  return last && last.kind === kind ? last : push(blocks, kind);
}

/** The parts of one line: {kind: text|code|bold|link, text, href?}. `base` as for safeUrl. */
export function inlineOf(source, base) {
  const parts = [];
  let at = 0;
  const addText = (text) => text && parts.push({ kind: "text", text });
  for (const match of source.matchAll(INLINE)) {
    addText(source.slice(at, match.index));
    const [whole, code, bold, label, url] = match;
    const bare = whole.replace(/[.,;:!?)]+$/, "");
    at = match.index + (code || bold || label ? whole.length : bare.length);
    if (code) parts.push({ kind: "code", text: code });
    else if (bold) parts.push({ kind: "bold", text: bold });
    else {
      const href = safeUrl(url || bare, base);
      if (href) parts.push({ kind: "link", text: label || bare, href });
      else addText(label ? whole : bare);
    }
  }
  addText(source.slice(at));
  return parts;
}

const NODES = {
  text: (part) => document.createTextNode(part.text),
  code: (part) => el("code", {}, part.text),
  bold: (part) => el("strong", {}, ...inline(part.text)),
  link: (part) => link(part.href, part.text),
};

function inline(source) {
  return inlineOf(source, location.href).map((part) => NODES[part.kind](part));
}

/** A link that gives nothing of the desk away to where it leads. */
export function link(url, text) {
  const href = safeUrl(url, location.href);
  if (!href) return el("span", {}, text);
  return el("a", { href, target: "_blank", rel: "noopener noreferrer nofollow" }, text);
}

/** The nodes of a message. */
export function rich(source) {
  return blocksOf(source).map(({ kind, lines }) => {
    if (kind === "pre") return el("pre", {}, el("code", {}, lines.join("\n")));
    if (kind === "p") return el("p", {}, ...inline(lines.join("\n")));
    return el(kind, {}, ...lines.map((line) => el("li", {}, ...inline(line))));
  });
}
