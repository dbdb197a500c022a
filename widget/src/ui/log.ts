/**
 * The transcript: keeps one view for each row and the reader's place.
 *
 * Knows rows and scrolling. Does not know where rows come from.
 */
import type { Row } from "../rows";
import { texts } from "../texts";
import { h } from "./dom";
import { rowView, type RowActions, type RowView } from "./message";

/** So near to the end counts as reading along, in CSS pixels. */
const NEAR = 48;

export type Log = ReturnType<typeof createLog>;

/** `tail` comes after the last row; `onScroll` is told whether the end is in view. */
export function createLog(actions: RowActions, tail: HTMLElement, onScroll: (atEnd: boolean) => void) {
  const views = new Map<string, RowView>();
  const list = h("div.rows");
  // "off": whole messages are announced elsewhere, and not each token here.
  const quiet = { role: "log", "aria-live": "off", "aria-label": texts.title, tabindex: 0 };
  const node = h("div.log", { ...quiet, scroll: scrolled }, list, tail);
  let following = true;
  let top = 0;
  // The keyboard of a phone or a growing text area makes the log smaller: stay with the end.
  const observer = new ResizeObserver(() => settle());
  observer.observe(node);
  observer.observe(tail);

  /** Only the reader moves up: what grows or shrinks moves down, or leaves the place as it is. */
  function scrolled(): void {
    const near = node.scrollHeight - node.scrollTop - node.clientHeight < NEAR;
    following = near || (following && node.scrollTop >= top);
    top = node.scrollTop;
    onScroll(near);
  }

  /** Goes to the end if the reader was there, or in any case. */
  function settle(always?: boolean): void {
    following ||= !!always;
    if (following) node.scrollTop = node.scrollHeight;
    scrolled();
  }

  function render(rows: Row[], animate: boolean): void {
    const keys = new Set(rows.map((row) => row.key));
    for (const [key, view] of views) {
      if (keys.has(key)) continue;
      view.node.remove();
      views.delete(key);
    }
    let next = list.firstChild;
    for (const row of rows) {
      const known = views.get(row.key);
      known?.update(row);
      const view = known ?? rowView(row, actions);
      if (!known) view.node.toggleAttribute("data-new", animate);
      views.set(row.key, view);
      if (view.node === next) next = next.nextSibling;
      else list.insertBefore(view.node, next);
    }
  }

  return { node, render, settle, destroy: () => observer.disconnect() };
}
