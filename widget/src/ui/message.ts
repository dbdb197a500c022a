/**
 * One row of the transcript as nodes. Knows rows and texts; does not know the state or the socket.
 */
import { parseBlocks, safeUrl, type Block } from "../markdown";
import { encode } from "../protocol";
import type { Row } from "../rows";
import { fill, lang, texts } from "../texts";
import { clock } from "../time";
import { button, h, hidden, icon, link, put, putBlocks, say, set, type Child } from "./dom";

export interface RowActions {
  choose(label: string, id: string): void;
  retry(cid: string): void;
  discard(cid: string): void;
  /** Where relative addresses of sources and files begin. */
  base: string;
}

export interface RowView {
  node: HTMLElement;
  update(row: Row): void;
}

export function rowView(row: Row, actions: RowActions): RowView {
  if (row.kind === "message") return messageView(row, actions);
  const node = h(`div.${row.kind}`);
  const update = ({ kind, text, by, name }: Row) => {
    if (kind !== "typing") return say(node, text);
    const dots = h("span", { class: "bubble dots" }, h("i"), h("i"), h("i"));
    put(node, avatar(by, name), dots, hidden(fill(texts.typing, name!)));
  };
  update(row);
  return { node, update };
}

export function avatar(by?: string, name = ""): HTMLElement {
  const face = by === "operator" ? [...name][0] : icon("spark");
  return h("span", { class: "avatar", "aria-hidden": "true" }, face);
}

function messageView(first: Row, actions: RowActions): RowView {
  const own = first.by === "visitor";
  const head = h("div", { class: "name", "aria-hidden": "true" });
  const bubble = h("div.bubble");
  const extras = h("div", { class: "extras" });
  const side = h("div", { class: "side" }, head, bubble, extras);
  const node = h("div.message", { role: "article" }, !own && avatar(first.by, first.name), side);
  let blocks: Block[] = [];
  let drawn = "";

  function update(row: Row): void {
    const time = row.at ? clock(row.at) : "";
    const state = row.pending ?? (row.partial ? "writing" : row.note ? "ended" : "final");
    const place = `${row.first ? " first" : ""}${row.last ? " last" : ""}`;
    set(node, {
      class: `message ${row.by} ${state}${place}`,
      "aria-label": time ? `${row.name}, ${time}` : row.name,
    });
    say(head, row.first && !own ? row.name! : "");
    set(bubble, { lang: contentLanguage(row.text), hidden: !row.text });
    if (own) say(bubble, row.text);
    else {
      const next = parseBlocks(row.text, row.partial);
      putBlocks(bubble, next, blocks);
      blocks = next;
    }
    const now = encode({ ...row, text: 0 });
    if (now !== drawn) put(extras, ...extrasOf(row, time, actions));
    drawn = now;
  }

  update(first);
  return { node, update };
}

/** What stands under the bubble. */
function extrasOf(row: Row, time: string, { base, choose, retry, discard }: RowActions): Child[] {
  const links = (part: string, label: string, items: [string, string][]) => {
    const safe = items.flatMap(([text, url]) => {
      const href = safeUrl(url, base);
      return href ? [h("li", {}, link(href, text || href))] : [];
    });
    return safe.length && h(`ul.${part}`, { "aria-label": label || undefined }, ...safe);
  };
  const foot = () => {
    const { pending, item, note, at, last } = row;
    if (pending === "failed") {
      return h(
        "div.error",
        { class: "foot error" },
        texts.notSent + (item!.failed === "closed" ? ": " + texts.closed : ""),
        button("retry", () => retry(item!.cid), texts.retry),
        button("discard", () => discard(item!.cid), texts.remove),
      );
    }
    if (pending) return h("div", { class: "foot late" }, texts[pending]);
    const parts = [note, last && time].filter(Boolean).join(" · ");
    return !!parts && h("time", { class: "foot", datetime: at }, parts);
  };
  const choices = row.choices?.map(({ id, label }) => button("choice", () => choose(label, id), label));
  return [
    links("files", "", (row.attachments ?? []).map(({ name, url }) => [name, url])),
    links("sources", texts.sources, (row.citations ?? []).map(({ title, url }) => [title, url])),
    foot(),
    choices?.length && h("div.choices", {}, ...choices),
  ];
}

/** A text's own language where it is not the interface's, so that the right voice reads it. */
export function contentLanguage(text: string): string | undefined {
  const found = /[\u4e00-\u9fff]/.test(text) ? "zh-CN" : "en";
  return found === lang ? undefined : found;
}
