/**
 * Making nodes. The only module that knows how an element comes to be.
 *
 * Text becomes text nodes and attributes are set one by one: nothing is ever parsed as HTML, no
 * inline style attribute is written (a strict policy forbids those), no address is set unchecked.
 */
import type { Block, Inline } from "../markdown";
import { encode } from "../protocol";
import { texts } from "../texts";

export type Child = Node | string | undefined | false | 0;
type Attributes = Record<string, string | number | boolean | undefined | ((event: never) => void)>;

/**
 * An element. `div.log` has the class `log` and, as a hook for tests, `data-part="log"`. A function
 * listens to the event it is named after; true is an empty attribute, false and undefined are none.
 */
export function h<T extends keyof HTMLElementTagNameMap>(
  spec: T | `${T}.${string}`,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[T] {
  const [tag, part] = spec.split(".") as [T, string | undefined];
  const node = document.createElement(tag);
  set(node, { class: part, "data-part": part, ...attributes });
  put(node, ...children);
  return node;
}

/** A button that submits nothing. */
export function button(part: string, click: () => void, ...children: Child[]): HTMLButtonElement {
  return h(`button.${part}`, { type: "button", click }, ...children);
}

export function set(node: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value as EventListener);
    else if (value === undefined || value === false) node.removeAttribute(name);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
}

/** Replaces what is in the node. */
export function put(node: Element, ...children: Child[]): void {
  node.replaceChildren(...(children.filter(Boolean) as (Node | string)[]));
}

/** Sets a text only if it is another one, so that live regions and selections stay quiet. */
export function say(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

export const hidden = (text: string) => h("span", { class: "vh" }, text);

const ICONS = {
  chat: "M5 5h14v10h-7l-5 4v-4H5z",
  down: "M6 9.5l6 6 6-6",
  cross: "M7 7l10 10m0-10L7 17",
  up: "M12 19V6m-6 6l6-6 6 6",
  square: "M8 8h8v8H8z",
  spark: "M12 4l2 6 6 2-6 2-2 6-2-6-6-2 6-2z",
};

export function icon(name: keyof typeof ICONS): SVGElement {
  const make = (tag: string, attributes: Attributes) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag) as SVGElement;
    set(node, attributes);
    return node;
  };
  const svg = make("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", class: "i " + name });
  svg.append(make("path", { d: ICONS[name] }));
  return svg;
}

/** A link that opens beside the page and tells it nothing. `href` has been through `safeUrl`. */
export function link(href: string, ...children: Child[]): HTMLElement {
  const attributes = { href, target: "_blank", rel: "noopener noreferrer" };
  return h("a", attributes, ...children, hidden(` (${texts.newTab})`));
}

const inline = (parts: Inline[]): Child[] =>
  parts.map((part) => {
    if (part.kind === "text") return part.text;
    if (part.kind === "code") return h("code", {}, part.text);
    if (part.kind === "bold") return h("strong", {}, ...inline(part.children));
    return link(part.href, ...inline(part.children));
  });

function block(value: Block): Node {
  if (value.kind === "p") return h("p", {}, ...inline(value.children));
  if (value.kind === "pre") return h("pre", { tabindex: 0 }, h("code", {}, value.text));
  const items = value.items.map((item) => h("li", {}, ...inline(item)));
  return value.start === undefined ? h("ul", {}, ...items) : h("ol", { start: value.start }, ...items);
}

/** Makes the node hold these blocks, leaving alone those at its beginning that were there before. */
export function putBlocks(node: Element, blocks: Block[], before: Block[]): void {
  let same = 0;
  while (same < blocks.length && encode(before[same]) === encode(blocks[same])) same++;
  while (node.childNodes.length > same) node.lastChild!.remove();
  node.append(...blocks.slice(same).map(block));
}
