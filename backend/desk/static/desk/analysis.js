// Under a bot message: how it came to be. Fetched when somebody opens the fold. Knows the parts that
// the engine reports and shows each in the way that reads best; what it does not know is shown
// under its own name.

import { actionsPart, intentsPart, madeWith, slotsPart, stagesPart, stepsPart } from "./analysis_parts.js";
import { el } from "./dom.js";
import { label } from "./words.js";

export { duration, label } from "./words.js";

export function isEmpty(value) {
  if (value === null || value === undefined || value === "" || value === false) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isTable = (value) => Array.isArray(value) && value.length > 0 && value.every((row) => isRecord(row) && row.title);

/** The fold under a message; `said(number)` gives the text of a message by its number in the log. */
export function fold(url, message, said = () => "") {
  const body = el("div", { class: "desk-analysis" }, "Loading…");
  const details = el("details", { class: "desk-fold" }, el("summary", {}, "How the bot got here"), body);
  let asked = false;
  details.addEventListener("toggle", async () => {
    if (!details.open || asked) return;
    asked = true;
    const found = await load(url.replace("00000000-0000-0000-0000-000000000000", message), said);
    asked = !found.again;
    body.replaceChildren(...found.nodes);
    details.scrollIntoView({ block: "nearest" }); // the last one opens below the edge
  });
  return details;
}

async function load(url, said) {
  try {
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    const body = await answer.json();
    if (!answer.ok) return { nodes: [body.detail || "This could not be loaded."] };
    return { nodes: show(body, said) };
  } catch {
    return { nodes: ["This could not be loaded. Close and open it to try again."], again: true };
  }
}

function show({ analysis, attempt, state }, said) {
  const facts = attempt > 1 ? { ...analysis, attempts: attempt } : analysis;
  const nodes = analysisNodes(facts, said);
  return nodes.length ? nodes : [`Nothing was stored; the turn is ${state}.`];
}

// What is shown in a way of its own, in this order; `decision` and `why` stand above all.
const PARTS = {
  intents: ["What was meant", intentsPart],
  slots: ["What it knows", slotsPart],
  steps: ["What it did", stepsPart],
  actions: ["Calls to your system", actionsPart],
  questions: ["Answers from articles", (value) => part(value)],
  problems: ["Wrong in the bot", (value) => part(value)],
  stages_ms: ["Time", stagesPart],
};
const MADE_WITH = ["language", "encoder", "generator", "tracker", "schema"];
const ABOVE = ["decision", "why", "task"];

/** The nodes for a turn's analysis. */
export function analysisNodes(analysis, said = () => "") {
  const known = [...ABOVE, ...MADE_WITH, ...Object.keys(PARTS)];
  const rest = Object.fromEntries(Object.entries(analysis).filter(([name, value]) => !known.includes(name) && value !== 0));
  const parts = orderOf(analysis).filter((name) => !isEmpty(analysis[name]));
  return [
    ...decision(analysis),
    ...parts.map((name) => section(PARTS[name][0], ...PARTS[name][1](analysis[name], said))),
    ...record(rest),
    ...madeWith(analysis),
  ];
}

/** What went wrong comes first: it is why somebody looks. Pure. */
export function orderOf({ actions, problems }) {
  const failed = (actions || []).some(({ outcome, error }) => error || outcome !== "success");
  const first = [!isEmpty(problems) && "problems", failed && "actions"].filter(Boolean);
  return [...first, ...Object.keys(PARTS).filter((name) => !first.includes(name))];
}

function section(title, ...nodes) {
  return el("section", {}, el("h4", {}, title), ...nodes);
}

function decision({ decision: name, why, task }) {
  if (!name && !why) return [];
  const about = task && task.intent ? `${label(task.intent)}: ${task.status}` : "";
  return [
    el(
      "p",
      { class: "desk-decision" },
      name ? el("b", {}, label(name)) : null,
      why ? el("span", {}, why) : null,
      about ? el("span", { class: "desk-badge" }, about) : null,
    ),
  ];
}

/** Plain values first, as a list of facts; then what has parts, each under its heading. */
function record(value) {
  const entries = Object.entries(value).filter(([, one]) => !isEmpty(one));
  const plain = entries.filter(([, one]) => typeof one !== "object");
  const parts = entries.filter((entry) => !plain.includes(entry));
  const facts = plain.flatMap(([name, one]) => [el("dt", {}, label(name)), el("dd", {}, one === true ? "yes" : String(one))]);
  return [
    facts.length ? el("dl", { class: "desk-facts" }, ...facts) : "",
    ...parts.map(([name, one]) => section(label(name), ...part(one))),
  ].filter(Boolean);
}

function part(value) {
  if (isTable(value)) return [table(value)];
  if (!Array.isArray(value)) return record(value);
  const items = value.map((one) => el("li", {}, ...(isRecord(one) ? record(one) : [String(one)])));
  return [el("ul", {}, ...items)];
}

function table(rows) {
  const numbers = Object.keys(rows[0]).filter((name) => typeof rows[0][name] === "number");
  const head = ["passage", ...numbers].map((name) => el("th", { scope: "col" }, label(name)));
  const body = rows.map((row) =>
    el(
      "tr",
      {},
      el("td", {}, row.heading ? `${row.title} › ${row.heading}` : row.title),
      ...numbers.map((name) => el("td", { class: "desk-number" }, row[name].toFixed(2))),
    ),
  );
  return el(
    "div",
    { class: "desk-table-scroll", tabindex: "0", role: "region", "aria-label": "Passages" },
    el("table", {}, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...body)),
  );
}
