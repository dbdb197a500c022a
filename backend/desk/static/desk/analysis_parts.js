// The parts of a turn's analysis: intents, slots, steps, calls, times. Each gives nodes.

import { el } from "./dom.js";
import { languageName } from "./side.js";
import { around, duration, label, percent, schemaWords, sourceWords, valueWords } from "./words.js";

function bar(share) {
  // A meter needs no style of its own, which the page's policy would not allow.
  return el("meter", { class: "desk-meter", min: 0, max: 1, value: Math.max(0, Math.min(1, share)), "aria-hidden": "true" });
}

export function intentsPart(intents) {
  const rows = intents.map(({ intent, title, score, text }) =>
    el(
      "li",
      { class: intent ? "desk-score" : "desk-score desk-score--none" },
      el("span", { class: "desk-score__name" }, title || intent, text ? el("q", {}, text) : null),
      bar(score),
      el("span", { class: "desk-number" }, percent(score)),
    ),
  );
  return [el("ul", { class: "desk-scores" }, ...rows)];
}

export function slotsPart(slots, said) {
  return [el("ul", { class: "desk-slots" }, ...slots.map((slot) => slotItem(slot, said)))];
}

function slotItem({ slot, title, value, text, source, message, start, end, confidence, how }, said) {
  const place = source === "visitor" || source === "choice" ? around(said(message), start, end) : null;
  const from = [sourceWords(source), how && how !== source ? how : "", typeof confidence === "number" ? `${percent(confidence)} sure` : ""];
  const words = place
    ? el("q", { dir: "auto" }, place.before, el("mark", {}, place.inside), place.after)
    : text && text !== valueWords(value)
      ? el("q", { dir: "auto" }, text)
      : null;
  return el(
    "li",
    {},
    el("b", {}, title || slot),
    " ",
    el("span", { class: "desk-value", dir: "auto" }, valueWords(value)),
    words,
    el("span", { class: "desk-hint" }, from.filter(Boolean).join(" · ")),
  );
}

/** An internal name as words; a sentence as it is. */
const plain = (why) => (/^[a-z0-9_]+$/.test(why) ? why.replaceAll("_", " ") : why);

export function stepsPart(steps) {
  return [el("ol", { class: "desk-steps" }, ...steps.map(({ step, why }) => el("li", {}, el("b", {}, label(step)), why ? ` – ${plain(why)}` : "")))];
}

const MADE_UP = "Rehearsed: nothing was sent. ⟨…⟩ stands for what your system would answer; paste a sample answer into the action to read it here.";
const OUTCOMES = { success: "worked", not_found: "not found", refused: "refused", failure: "failed" };

export function actionsPart(actions) {
  return [el("ul", { class: "desk-calls" }, ...actions.map(callItem))];
}

function callItem({ action, request = {}, status, outcome, json, error, ms, dry, made_up }) {
  const tone = outcome === "success" ? "mine" : "waiting";
  return el(
    "li",
    {},
    el(
      "p",
      {},
      el("b", {}, action),
      " ",
      el("span", { class: `desk-badge desk-badge--${tone}` }, OUTCOMES[outcome] || outcome),
      dry ? el("span", { class: "desk-badge" }, "dry run") : null,
      el("span", { class: "desk-hint" }, [status ? `status ${status}` : "", duration(ms || 0)].filter(Boolean).join(" · ")),
    ),
    el("code", {}, `${request.method || ""} ${request.url || ""}`),
    error ? el("p", { class: "desk-wrong" }, error) : null,
    dry ? el("p", { class: "desk-hint" }, made_up ? MADE_UP : "Rehearsed: nothing was sent. It answers with the sample that you pasted into the action.") : null,
    isThere(request.headers) ? json_("Headers", request.headers) : null,
    isThere(request.body) ? json_("Sent", request.body) : null,
    isThere(json) ? json_("Answered", json) : null,
  );
}

const isThere = (value) => value !== null && value !== undefined && !(typeof value === "object" && !Object.keys(value).length);

function json_(title, value) {
  return el("details", {}, el("summary", {}, title), el("pre", { tabindex: "0" }, JSON.stringify(value, null, 2)));
}

export function stagesPart(stages) {
  const most = Math.max(1, ...Object.values(stages));
  const rows = Object.entries(stages).map(([stage, ms]) =>
    el("li", { class: "desk-score" }, el("span", { class: "desk-score__name" }, label(stage)), bar(ms / most), el("span", { class: "desk-number" }, duration(ms))),
  );
  return [el("ul", { class: "desk-scores desk-scores--quiet" }, ...rows)];
}

/** Which models and which schema the turn was made with, on one line. */
export function madeWith({ language, encoder, generator, tracker, schema }) {
  const spoken = language ? `In ${languageName(language)}` : "";
  const words = [schemaWords(schema), encoder, tracker, generator].filter(Boolean).join(" · ");
  const line = [spoken, words && `made with ${words}`].filter(Boolean).join(", ");
  return line ? [el("p", { class: "desk-made", title: schema && schema.checksum ? `Checksum ${schema.checksum}` : null }, label(line))] : [];
}
