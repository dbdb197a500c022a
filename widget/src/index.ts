/**
 * The script's start: finds its own tag, puts the widget on the page, and `window.Kefu` with it.
 *
 * Whatever goes wrong here is said in the console; the page goes on.
 */
import { createWidget } from "./widget";

const LOADED = "kefu:loaded";
const flags = window as unknown as Record<string, boolean | undefined>;
const gone = () => delete flags[LOADED];

/** Our own script element; a page with `<img name="currentScript">` hides it from the usual place. */
function ownScript(): HTMLScriptElement | null {
  const current = document.currentScript;
  if (current instanceof HTMLScriptElement) return current;
  return document.querySelector<HTMLScriptElement>("script[data-site][src*='kefu.js']");
}

function boot({ src, dataset }: HTMLScriptElement): void {
  const { site, locale = navigator.language, accent } = dataset;
  if (!site) throw new Error("the script tag has no data-site");
  const waiting = window.Kefu;
  const kefu = createWidget({ site, origin: new URL(src).origin, locale, accent, gone });
  window.Kefu = kefu;
  if (Array.isArray(waiting)) waiting.forEach(kefu.push);
  window.dispatchEvent(new CustomEvent("kefu:ready", { detail: kefu }));
}

// A second script tag is harmless: whoever came first stays until it is destroyed.
if (!flags[LOADED]) {
  flags[LOADED] = true;
  const script = ownScript()!;
  const start = () => {
    try {
      boot(script);
    } catch (error) {
      console.error("Kefu:", error);
    }
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
}
