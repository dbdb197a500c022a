// The transcript: which lines a conversation's events make (pure), and how a line looks (nodes).

import { el, keyed } from "./dom.js";
import { link, rich } from "./text.js";
import { clock } from "./time.js";
import { valueWords } from "./words.js";

const TURN_WORDS = {
  cancelled: "The bot was stopped",
  failed: "The bot failed",
  interrupted: "The bot was interrupted",
};
const CALL_WORDS = {
  started: "was called",
  success: "worked",
  not_found: "found nothing",
  refused: "was refused",
  failure: "failed",
};

/** The lines to show, oldest first: {key, stamp, kind: said|note|half, …}. Pure. */
export function linesOf(state, outbox) {
  const lines = withoutBegun(state.events).map((event) => lineOf(event, state)).filter(Boolean);
  markSeen(lines, state.visitorSeen);
  if (state.draft && state.draft.text) lines.push(draftLine(state.draft));
  for (const entry of outbox) if (entry.kind === "send") lines.push(pendingLine(entry, state.me));
  return lines;
}

/** That a call began is told only until it is told what came of it. */
function withoutBegun(events) {
  return events.filter((event, index) => {
    if (event.kind !== "action" || event.body.state !== "started") return true;
    return !events.slice(index + 1).some((later) => later.kind === "action" && later.body.name === event.body.name);
  });
}

function lineOf(event, state) {
  const base = { key: `e${event.seq}`, stamp: "", at: event.at, seq: event.seq };
  if (event.kind === "message") {
    const by = event.by.kind;
    const name = event.by.name || { bot: "Bot", visitor: visitorName(state) }[by] || by;
    return { ...base, kind: "said", by, name, ...event.body, seen: false, stamp: name };
  }
  if (event.kind === "turn" && event.body.text) {
    const note = `${TURN_WORDS[event.body.state] || "The bot's turn ended"} here.`;
    return { ...base, kind: "half", by: "bot", name: "Bot", text: event.body.text, note };
  }
  const text = describe(event, state);
  return text ? { ...base, kind: "note", text } : null;
}

function visitorName(state) {
  return (state.visitor && state.visitor.name) || "Visitor";
}

/** An event that is no message, in words; "" where there is nothing to tell. */
export function describe(event, state) {
  const who = event.by.name || { visitor: visitorName(state), bot: "The bot" }[event.by.kind] || "Kefu";
  const body = event.body;
  const why = body.reason ? ` (${body.reason})` : "";
  switch (event.kind) {
    case "owner":
      if (body.owner === "operator") return why ? `${who} has the conversation${why}` : `${who} took the conversation`;
      if (body.owner === "queue") return `${who} put the conversation in the queue${why}`;
      return event.by.kind === "operator" ? `${who} handed back to the bot` : `The bot has the conversation${why}`;
    case "status":
      return body.status === "closed" ? `${who} closed the conversation${why}` : `${who} opened the conversation again`;
    case "rating":
      return `${who} rated the conversation ${body.score} of 5${body.comment ? `: “${body.comment}”` : ""}`;
    case "turn":
      return `${TURN_WORDS[body.state] || "The bot's turn ended"}${body.text ? "" : " before it wrote anything"}${why}`;
    case "slots":
      return `${who} noted ${body.changes.map(({ slot, value }) => `${slot.replaceAll("_", " ")}: ${value === null || value === undefined ? "nothing" : valueWords(value)}`).join(", ")}`;
    case "action":
      return `${body.name} ${CALL_WORDS[body.state] || body.state}`;
    case "attachment":
      return `${who} sent the file ${body.name}`;
    default:
      return "";
  }
}

/** The mark stands under the last thing of ours that the visitor has seen. */
function markSeen(lines, visitorSeen) {
  const ours = (line) => line.kind === "said" && line.by !== "visitor" && line.seq <= visitorSeen;
  const last = lines.findLast(ours);
  if (last) Object.assign(last, { seen: true, stamp: `${last.stamp}seen` });
}

function draftLine(draft) {
  const key = `d${draft.message}`;
  const stamp = `${draft.attempt}.${draft.n}`;
  return { key, stamp, kind: "half", by: "bot", name: "Bot", text: draft.text, writing: true };
}

function pendingLine(entry, me) {
  const { cid, text, state, code, why } = entry;
  const base = { key: `o${cid}`, stamp: state + code, kind: "pending", by: "operator", name: me.name };
  return { ...base, cid, text, state, code, why };
}

/** Bring the list of nodes in step with the lines. `on` has analysis(message), and outbox actions. */
export function showLines(list, lines, on) {
  keyed(list, lines, (line, known) => {
    if (line.writing && known) return rewritten(known, line);
    return LOOKS[line.kind](line, on);
  });
}

/** A line that is being written keeps its node, so that nobody's place or selection is lost. */
function rewritten(node, line) {
  node.querySelector(".desk-said__text").replaceChildren(...rich(line.text));
  return node;
}

const LOOKS = {
  said,
  half: said,
  pending: said,
  note: (line) =>
    el("li", { class: "desk-note" }, el("span", {}, line.text), " ", stamp(line.at)),
};

function said(line, on) {
  const classes = `desk-said desk-said--${line.by} desk-said--${line.kind}${line.state ? ` desk-said--${line.state}` : ""}`;
  return el(
    "li",
    { class: classes },
    el("p", { class: "desk-said__who" }, el("b", {}, line.name), line.at ? stamp(line.at) : null),
    el(
      "div",
      { class: "desk-said__bubble" },
      el("div", { class: "desk-said__text", dir: "auto" }, ...rich(line.text)),
      citations(line.citations),
      choices(line.choices),
    ),
    ...foot(line, on),
  );
}

function stamp(at) {
  return el("time", { datetime: at, title: new Date(at).toLocaleString() }, clock(at));
}

function citations(cited) {
  if (!cited || !cited.length) return null;
  const items = cited.map(({ title, url }) => el("li", {}, link(url, title)));
  return el("ul", { class: "desk-cited", "aria-label": "Sources" }, ...items);
}

function choices(offered) {
  if (!offered || !offered.length) return null;
  const items = offered.map(({ label }) => el("li", {}, label));
  return el("ul", { class: "desk-choices", "aria-label": "Choices that the visitor was offered" }, ...items);
}

function foot(line, on) {
  const under = (...children) => el("p", { class: "desk-said__foot" }, ...children);
  if (line.kind === "pending") return [under(...on.pending(line))];
  if (line.writing) return [under(el("span", { class: "desk-writing" }, "Writing…"))];
  if (line.kind === "half") return [under(line.note)];
  const found = line.seen ? [under("Seen by the visitor")] : [];
  return line.by === "bot" ? [...found, on.analysis(line.message)] : found;
}
