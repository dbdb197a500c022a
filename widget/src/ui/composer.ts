/**
 * Where the visitor writes. Keeps the draft, grows with it, counts near the limit.
 *
 * Knows keys and input methods. Does not know what becomes of a text that it hands over.
 */
import { alarm } from "../alarm";
import { texts } from "../texts";
import { h, icon, say, set } from "./dom";

/** "I am writing" is said at most this often, and taken back after this silence, in ms. */
const TYPING_EVERY = 3_000;
const TYPING_ENDS = 4_000;

export interface ComposerOptions {
  limit(): number;
  /** Answers whether the text was taken; if not it stays. */
  send(text: string): boolean;
  typing(on: boolean): void;
}

export type Composer = ReturnType<typeof createComposer>;

export function createComposer({ limit, send, typing }: ComposerOptions) {
  const counter = h("div.counter", { id: "k-counter" });
  const input = h("textarea.input", {
    rows: 1,
    "aria-label": texts.placeholder,
    "aria-describedby": "k-counter",
    placeholder: texts.placeholder,
    enterkeyhint: "send",
    input: changed,
    blur: silent,
    keydown(event: KeyboardEvent) {
      // While an input method composes, Enter picks a word; 229 is how Safari says so.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      submit(event);
    },
  });
  const button = h("button.send", { class: "round send", "aria-label": texts.send }, icon("up"));
  const node = h("form.composer", { submit }, h("div", { class: "field" }, input, button), counter);
  let said = 0;
  const ends = alarm(silent);

  function changed(): void {
    render();
    if (!input.value.trim()) return silent();
    const now = Date.now();
    if (now - said > TYPING_EVERY) {
      said = now;
      typing(true);
    }
    ends(TYPING_ENDS);
  }

  function silent(): void {
    ends();
    if (said) typing(false);
    said = 0;
  }

  /** Fits height, counter and button to the text. */
  function render(): void {
    input.style.height = "auto";
    input.style.height = input.scrollHeight + "px";
    const text = input.value.trim();
    const max = limit();
    const left = max - [...text].length;
    const over = left < 0;
    counter.hidden = left > Math.min(200, max / 5);
    say(counter, `${max - left} / ${max}`);
    set(input, { "aria-invalid": over && "true" });
    // Not `disabled`: a button that leaves the tab order while one writes confuses.
    set(button, { "aria-disabled": (over || !text) && "true" });
  }

  function submit(event: Event): void {
    event.preventDefault();
    if (send(input.value)) {
      input.value = "";
      silent();
      render();
    }
    input.focus();
  }

  return { node, input, render, destroy: () => ends() };
}
