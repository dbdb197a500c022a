/**
 * What is offered when a conversation has ended: a rating from 1 to 5, and a new conversation.
 */
import { texts } from "../texts";
import { h, say, set } from "./dom";

export function createFeedback(rate: (score: number, comment: string) => void, fresh: () => void) {
  let chosen = 0;
  const stars = [1, 2, 3, 4, 5].map((score) => {
    const change = () => paint(score, true);
    const radio = { type: "radio", name: "k-score", "aria-label": score + " / 5", change };
    return h("label", {}, h("input", radio), "☆");
  });
  const label = { "aria-label": texts.comment, placeholder: texts.comment, rows: 2, maxlength: 1000 };
  const comment = h("textarea.comment", label);
  const form = h("form", { submit }, comment, h("button.rate", { class: "button rate" }, texts.send));
  const thanks = h("p.thanks", { tabindex: -1 });
  const scores = h("fieldset.rating", {}, h("legend", {}, texts.rate), ...stars);
  const card = h("div", { class: "card" }, scores, form, thanks);
  const again = h("button.new", { class: "button", type: "button", click: fresh }, texts.fresh);
  const node = h("div.feedback", { hidden: true }, card, again);

  function paint(score: number, ask: boolean): void {
    chosen = score;
    // Another sign as well as another colour.
    stars.forEach((star, i) => {
      set(star, { class: i < score && "on" });
      star.lastChild!.textContent = i < score ? "★" : "☆";
    });
    form.hidden = !ask;
    say(thanks, score && !ask ? texts.thanks : "");
  }

  function submit(event: Event): void {
    event.preventDefault();
    rate(chosen, comment.value);
    paint(chosen, false);
    thanks.focus();
  }

  return {
    node,
    render(closed: boolean, talked: boolean, rating = 0): void {
      // A rating that was given before is shown, and may be replaced.
      if (node.hidden && closed) paint(rating, false);
      node.hidden = !closed;
      card.hidden = !talked;
    },
  };
}
