/**
 * The panel's head: whose chat this is, who speaks, and the way out.
 */
import type { State } from "../store";
import { fill, texts } from "../texts";
import { button, h, icon, put, say, set } from "./dom";
import { avatar } from "./message";

export function createHeader(close: () => void) {
  const title = h("h2", { id: "k-title", tabindex: -1 });
  const line = h("p.presence");
  const face = h("span", { class: "face" });
  const exit = button("close", close, icon("cross"));
  set(exit, { class: "round", "aria-label": texts.close });
  const node = h("header", {}, face, h("div", { class: "who" }, title, line), exit);

  function render(state: State): void {
    const { owner, operator = texts.operator, status, site } = state;
    say(title, site.name || texts.title);
    say(line, statusLine(state));
    set(node, { "data-owner": status === "closed" ? status : owner });
    put(face, avatar(owner, operator));
  }

  return { node, title, render };
}

function statusLine({ status, owner, operator, presence }: State): string {
  if (status === "closed") return texts.closed;
  if (owner === "bot") return texts.bot;
  if (owner === "operator") return fill(texts.joined, operator || texts.operator);
  const { queue_position: place, wait_s: wait } = presence ?? {};
  const parts = [texts.queued, place && fill(texts.place, place), wait && fill(texts.wait, Math.ceil(wait / 60))];
  return parts.filter(Boolean).join(" · ");
}
