/**
 * The chat's window: a labelled dialog made of head, notice, transcript, feedback and composer.
 *
 * Knows focus, keys and what is offered when. Does not know the socket: it asks the client.
 */
import type { Client } from "../client";
import { rows } from "../rows";
import type { State } from "../store";
import { texts } from "../texts";
import { createComposer } from "./composer";
import { button, h, icon, set } from "./dom";
import { createFeedback } from "./feedback";
import { createHeader } from "./header";
import { createLog } from "./log";
import { createNotice } from "./notice";

export type Panel = ReturnType<typeof createPanel>;

/** `base` is where relative links of the server begin. */
export function createPanel(client: Client, base: string, close: () => void) {
  const { human, end, retry, discard } = client;
  const header = createHeader(close);
  const notice = createNotice(client.open);
  const feedback = createFeedback(client.rate, fresh);
  const log = createLog({ base, choose: send, retry, discard }, feedback.node, scrolled);
  const composer = createComposer({ ...client, send });
  const stop = button("stop", halt, icon("square"), texts.stop);
  const jump = button("jump", () => (log.settle(true), log.node.focus()), icon("down"), texts.newest);
  const ask = button("human", human, texts.human);
  const finish = button("end", end, texts.end);
  const foot = h("div.foot", { class: "actions" }, ask, finish);
  const node = h(
    "dialog.panel",
    { "aria-labelledby": "k-title", keydown, cancel, close: closed },
    header.node,
    notice.node,
    log.node,
    h("div", { class: "pills" }, jump, stop),
    composer.node,
    foot,
  );
  let news = false;
  let stopping = "";
  let drawn: State | undefined;

  function send(text: string, choice?: string): boolean {
    const ok = client.send(text, choice);
    if (ok) log.settle(true);
    if (choice) composer.input.focus();
    return ok;
  }

  function fresh(): void {
    client.startNew();
    composer.input.focus();
  }

  function halt(): void {
    stopping = writing(client.state());
    client.stop();
    stop.hidden = true;
    composer.input.focus();
  }

  function scrolled(atEnd: boolean): void {
    news &&= !atEnd;
    jump.hidden = !news;
  }

  function keydown(event: KeyboardEvent): void {
    if (event.key === "Escape" && !event.isComposing) leave(event);
  }

  /** The browser's own way out of a modal dialog, such as a phone's back gesture. */
  function cancel(event: Event): void {
    if (event.target === node) leave(event);
  }

  /** Said by the browser a moment later, when the dialog may be open again. */
  function closed(): void {
    if (!node.open) close();
  }

  function leave(event: Event): void {
    event.preventDefault();
    close();
  }

  function render(): void {
    const state = client.state();
    const talked = state.events.some((event) => event.kind === "message" && event.by.kind === "visitor");
    const open = state.status !== "closed";
    const asking = state.pending.some((item) => item.frame.type === "human");
    const message = writing(state);
    if (drawn && drawn.conversation === state.conversation) news ||= drawn.events.length < state.events.length;
    header.render(state);
    notice.render(state.link);
    feedback.render(!open, talked, state.rating);
    log.render(rows(state, Date.now()), drawn?.link === "live");
    ask.hidden = state.owner !== "bot";
    foot.hidden = !talked || !open;
    set(ask, { "aria-disabled": asking && "true" });
    stop.hidden = !message || message === stopping;
    composer.render();
    log.settle();
    drawn = state;
  }

  /** Opens, or changes between beside the page and instead of it. */
  function show(modal: boolean): void {
    if (node.open) node.close();
    if (modal) node.showModal();
    else node.show();
    render();
    log.settle(true);
    // On a phone the text area would bring up the keyboard over a conversation not yet read.
    (matchMedia("(pointer: coarse)").matches ? header.title : composer.input).focus();
  }

  function destroy(): void {
    for (const part of [notice, log, composer]) part.destroy();
  }

  return { node, render, show, destroy };
}

/** What can be stopped: the id of a bot's message, or a word while it has none yet. */
function writing({ link, drafts, typing }: State): string {
  if (link !== "live") return "";
  return drafts[0]?.message ?? (typing?.kind === "bot" ? "typing" : "");
}
