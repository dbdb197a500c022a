/**
 * How the connection is, said honestly and not too soon: a hiccup of a second is not worth a word.
 */
import { alarm } from "../alarm";
import { stopped, type Link } from "../store";
import { texts } from "../texts";
import { button, h, put } from "./dom";

const WORTH_A_WORD = 1_500;
const WORTH_SORRY = 9_000;

export function createNotice(act: () => void) {
  const node = h("div.notice", { role: "status" });
  let current: Link | undefined;
  let known = false;
  let since = 0;
  const later = alarm(update);

  function show(text?: string, action?: string): void {
    node.hidden = !text;
    put(node, text, action && button("reconnect", act, action));
  }

  function update(): void {
    later();
    const end = stopped(current);
    if (current === "idle" || current === "live") {
      since = 0;
      show();
    } else if (current === "offline") show(texts.offline);
    else if (end) show(texts[end], texts.retry);
    else {
      since ||= Date.now();
      const trouble = Date.now() - since;
      const late = trouble >= WORTH_A_WORD;
      if (trouble >= WORTH_SORRY) return show(texts.unreachable, texts.retry);
      if (late) show(known ? texts.reconnecting : texts.connecting);
      later((late ? WORTH_SORRY : WORTH_A_WORD) - trouble);
    }
  }

  return {
    node,
    render(link: Link): void {
      known ||= link === "live";
      if (link === current) return;
      current = link;
      update();
    },
    destroy: () => later(),
  };
}
