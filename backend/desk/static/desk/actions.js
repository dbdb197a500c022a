// What an operator may do with a conversation just now (pure), and the buttons for it.

import { ask, el, icon } from "./dom.js";
import { heldByOther, isMine } from "./state.js";

/** Names of the actions that make sense in this state, in the order of their buttons. Pure. */
export function possible(state) {
  if (!state.visitor) return [];
  const open = state.status === "open";
  const other = heldByOther(state);
  const found = [];
  if (open && other) found.push("takeFrom");
  if (open && state.owner !== "operator") found.push("take");
  if (open && !other && state.owner !== "bot") found.push("release");
  if (open && !other && state.owner !== "queue") found.push("queue");
  if (open) found.push("assign");
  if (state.owner === "bot" && state.draft) found.push("stop");
  if (open && !other) found.push("close");
  return found;
}

/** The state in words, and the name of its colour. Pure. */
export function stateBadge(state) {
  if (state.status === "closed") return ["closed", "Closed"];
  if (state.owner === "queue") return ["waiting", "Waiting for a person"];
  if (state.owner === "bot") return ["bot", "With the bot"];
  return isMine(state) ? ["mine", "With you"] : ["person", `With ${heldByOther(state) || "a person"}`];
}

const BUTTONS = {
  take: ["Take over", "front_hand", "desk-button--primary", "T"],
  takeFrom: ["Take over…", "front_hand", "", "T"],
  release: ["Hand back to the bot", "smart_toy", "", "B"],
  queue: ["Put in queue", "low_priority", "", "Q"],
  stop: ["Stop the bot", "stop_circle", "", "X"],
  close: ["Close", "check_circle", "", "E"],
};

const DO = {
  take: (session) => session.command("take"),
  takeFrom: (session) => takeFrom(session),
  release: (session) => session.command("release"),
  queue: (session) => session.command("queue"),
  stop: (session) => session.stop(),
  close: (session) => session.command("close"),
};

/** Ask before taking a conversation from a colleague. */
export async function takeFrom(session, then = null) {
  const other = heldByOther(session.state);
  if (!other) return session.command("take", {}, then);
  const question = `${other} has this conversation. Take it from ${other}? They will see that you did.`;
  if (await ask(question, `Take it from ${other}`)) session.takeOver(then);
}

/** Do an action by name, if it makes sense now. */
export function perform(session, name) {
  if (DO[name] && session.state.joined && possible(session.state).includes(name)) DO[name](session);
}

/** Fill the row of buttons. Rebuilt only when what is possible changes, so that focus is kept; they
 * stay in place while there is no connection, and can't be used. */
export function showActions(row, session, operators) {
  fillActions(row, session, operators);
  for (const one of row.children) one.disabled = !session.state.joined;
}

function fillActions(row, session, operators) {
  const names = possible(session.state);
  const stamp = names.join(" ");
  if (row.dataset.stamp === stamp) return;
  row.dataset.stamp = stamp;
  const focused = row.contains(document.activeElement) && document.activeElement.dataset.action;
  row.replaceChildren(
    ...names.map((name) => (name === "assign" ? assignMenu(session, operators) : button(session, name))),
  );
  if (focused) (row.querySelector(`[data-action="${focused}"]`) || row.firstElementChild)?.focus();
}

function button(session, name) {
  const [label, symbol, style, key] = BUTTONS[name];
  return el(
    "button",
    {
      type: "button",
      class: `desk-button ${style}`,
      "data-action": name,
      "aria-keyshortcuts": `Alt+Shift+${key}`,
      title: `${label} (Alt+Shift+${key})`,
      onclick: () => perform(session, name),
    },
    icon(symbol),
    el("span", {}, label),
  );
}

function assignMenu(session, operators) {
  const options = operators.map(({ id, name }) =>
    el("option", { value: id }, id === session.state.me.id ? `${name} (you)` : name),
  );
  const select = el(
    "select",
    { class: "desk-select", "aria-label": "Assign to a colleague", "data-action": "assign" },
    el("option", { value: "" }, "Assign to…"),
    ...options,
  );
  // A keyboard passes over options on its way, so the choice is confirmed before it is made.
  select.addEventListener("change", async () => {
    const to = operators.find(({ id }) => String(id) === select.value);
    select.value = "";
    if (to && (await ask(`Assign this conversation to ${to.name}?`, "Assign"))) {
      session.command("assign", { operator: to.id });
    }
  });
  return select;
}

export const KEYS = {
  KeyT: (session) => perform(session, heldByOther(session.state) ? "takeFrom" : "take"),
  KeyB: (session) => perform(session, "release"),
  KeyQ: (session) => perform(session, "queue"),
  KeyX: (session) => perform(session, "stop"),
  KeyE: (session) => perform(session, "close"),
};

const KEY_WORDS = [
  ["Enter", "Send the reply"],
  ["Shift+Enter", "A new line"],
  ["Alt+Shift+T", "Take the conversation over"],
  ["Alt+Shift+B", "Hand it back to the bot"],
  ["Alt+Shift+Q", "Put it in the queue"],
  ["Alt+Shift+X", "Stop the bot"],
  ["Alt+Shift+E", "Close (end) the conversation"],
  ["Alt+Shift+S", "Suggest a reply"],
  ["Alt+Shift+N", "Write a private note"],
  ["Alt+Shift+R", "Write a reply"],
];

export function showKeys() {
  const rows = KEY_WORDS.map(([key, words]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, words)]);
  const dialog = el(
    "dialog",
    { class: "desk-dialog", "aria-labelledby": "desk-keys-title" },
    el(
      "form",
      { method: "dialog" },
      el("h2", { id: "desk-keys-title" }, "Keyboard shortcuts"),
      el("dl", { class: "desk-keys" }, ...rows.flat()),
      el("div", { class: "desk-dialog__row" }, el("button", { class: "desk-button" }, "Close")),
    ),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
