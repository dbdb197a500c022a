/**
 * The one element that the page gets, armoured against the page, with a shadow root behind it.
 *
 * Knows hostile pages. Does not know the chat. Two walls: `all: initial !important` in the element's
 * own style (through CSSOM, which a strict policy allows) beats any rule of the page, and the top
 * layer (a manual popover) beats z-index, transforms, filters and clipping of whatever is around.
 */
import styles from "../styles.css";
import { h } from "./dom";

const ARMOUR =
  "all:initial;direction:ltr;display:block;position:fixed;inset:auto 0 0 auto;width:0;height:0;" +
  "overflow:visible;z-index:2147483647;font-size:medium;";
/** What happens in the chat is no key press or focus change of the page's. */
const PRIVATE = ["keydown", "keypress", "keyup", "focusin"];

export interface Host {
  host: HTMLElement;
  /** Everything visible goes in here. */
  root: HTMLElement;
}

export function createHost(lang: string): Host {
  const host = h("div", { "data-kefu": true });
  const root = h("div", { class: "k", lang });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  const shadow = host.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [sheet];
  shadow.append(root);
  host.style.cssText = ARMOUR.replace(/;/g, "!important;");
  for (const type of PRIVATE) root.addEventListener(type, (event) => event.stopPropagation());
  document.documentElement.append(host);
  raise(host);
  return { host, root };
}

/** Puts the element on top of the page, where a browser can. */
function raise(host: HTMLElement): void {
  try {
    host.popover = "manual";
    host.showPopover();
    // A page's `::backdrop` rule must not dim the page; ours forbids it where browsers obey.
    if (getComputedStyle(host, "::backdrop").display === "none") return;
  } catch {
    // No popovers here: z-index has to do.
  }
  host.popover = null;
}
