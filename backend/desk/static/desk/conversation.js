// One conversation's page: builds the session and keeps what is shown in step with it.

import { KEYS, showActions, showKeys, stateBadge, takeFrom } from "./actions.js";
import { Alerts } from "./alerts.js";
import { fold } from "./analysis.js";
import { Composer, pendingFoot } from "./composer.js";
import { byId, el, pageData, say } from "./dom.js";
import { Shelf } from "./outbox.js";
import { Session } from "./session.js";
import { showFacts, showNotes } from "./side.js";
import { Line, socketUrl } from "./socket.js";
import { heldByOther } from "./state.js";
import { refreshTimes } from "./time.js";
import { describe, linesOf, showLines } from "./transcript.js";

const data = pageData();
const alerts = new Alerts(data);
const scroll = byId("desk-scroll");
const folds = new Map(); // message -> its fold, which stays open while lines are drawn again

const session = new Session({
  conversation: data.conversation,
  me: data.operator,
  shelf: new Shelf(globalThis.localStorage, data.operator.id, data.conversation),
  on: {
    changed: () => schedule(),
    news: announce,
    trouble: (words, code) => {
      composer.suggested();
      showTrouble(words, code);
    },
    draft: (text) => composer.suggested(text),
    summary: (frame) => alerts.summary(frame),
  },
});
let toEnd = false; // what one sends oneself is shown, wherever one has scrolled to
const composer = new Composer(session, () => (toEnd = true));

/** What stands in the message with this number. */
function said(seq) {
  return session.state.events.find((event) => event.seq === seq)?.body.text || "";
}

const make = {
  words: (text) => el("span", {}, text),
  button: (text, act) => el("button", { type: "button", class: "desk-inline", onclick: act }, text),
};
const on = {
  pending: pendingFoot(session, composer, make),
  analysis: (message) => {
    if (!folds.has(message)) folds.set(message, fold(data.analysis, message, said));
    return folds.get(message);
  },
};

// --- drawing: at most once a frame, however fast the bot writes ---

let scheduled = false;

function schedule() {
  if (scheduled) return;
  scheduled = true;
  // A hidden tab gets no animation frames, but its title and its text have to be right.
  if (document.hidden) setTimeout(draw, 200);
  else requestAnimationFrame(draw);
}

function draw() {
  scheduled = false;
  const atEnd = toEnd || scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  const { state, outbox, link } = session;
  showLines(byId("desk-log"), linesOf(state, outbox).map((line) => linked(line, link)), on);
  showTyping(state);
  if (atEnd) scroll.scrollTop = scroll.scrollHeight;
  byId("desk-newer").hidden = atEnd;
  toEnd = false;
  showHead(state, link);
  showFacts(byId("desk-visitor"), state);
  showNotes(byId("desk-notes"), state, outbox, on);
  showActions(byId("desk-actions"), session, data.operators);
  composer.show();
  look();
}

/** A line that waits to be sent says something else while there is no connection. */
function linked(line, link) {
  return line.kind === "pending" ? { ...line, stamp: line.stamp + link.name } : line;
}

function showHead(state, link) {
  const badge = byId("desk-state");
  const [tone, words] = state.visitor ? stateBadge(state) : ["closed", "…"];
  badge.className = `desk-badge desk-badge--${tone}`;
  badge.textContent = words;
  const linkNode = byId("desk-link");
  const text = linkWords(state, link);
  if (linkNode.textContent !== text) linkNode.textContent = text;
  linkNode.classList.toggle("desk-link-state--bad", link.name !== "open");
  linkNode.classList.toggle("desk-link-state--good", state.live);
  if (state.visitor) byId("desk-who").textContent = state.visitor.name;
  showBanner(state, link);
}

function linkWords(state, { name, detail }) {
  if (name === "open") return state.live ? "Live" : "Catching up…";
  if (name === "refused") return "Not connected";
  if (name === "connecting") return state.last ? "Connecting again…" : "Connecting…";
  return `${detail || "Connection lost."} Trying again…`;
}

function showBanner(state, link) {
  const banner = byId("desk-banner");
  const other = heldByOther(state);
  const stamp = link.name === "refused" ? link.detail : other;
  if (banner.dataset.stamp === stamp) return;
  banner.dataset.stamp = stamp;
  banner.hidden = !stamp;
  banner.classList.toggle("desk-banner--bad", link.name === "refused");
  const log = el("a", { href: `${data.login}?next=${encodeURIComponent(location.pathname)}`, class: "desk-button" }, "Log in");
  banner.replaceChildren(
    ...(link.name === "refused"
      ? [el("span", {}, `${stamp} What you wrote is kept in this browser.`), log]
      : [el("span", {}, `${other} has this conversation.`), make.button(`Take it from ${other}`, () => takeFrom(session))]),
  );
}

let typingTimer = null;

function showTyping(state) {
  clearTimeout(typingTimer);
  const by = state.typing;
  const writing = by && !(by.kind === "bot" && state.draft);
  const name = writing && (by.name || (by.kind === "visitor" ? state.visitor && state.visitor.name : "The bot"));
  say(byId("desk-typing"), writing ? `${name || "Visitor"} is writing…` : "");
  if (writing && by.kind !== "bot") typingTimer = setTimeout(() => say(byId("desk-typing"), ""), 8_000);
}

/** The read mark moves only while somebody can see the page. */
function look() {
  if (!document.hidden && document.hasFocus()) session.seen();
}

// --- telling ---

/** Whole messages and changes, for screen readers; never the pieces of one that is written. */
function announce(events) {
  const words = events.map((event) => {
    if (event.kind === "message" && event.by.kind === "operator" && event.by.name === data.operator.name) return "";
    if (event.kind !== "message") return describe(event, session.state);
    const who = event.by.name || (event.by.kind === "bot" ? "Bot" : session.state.visitor.name);
    return `${who}: ${event.body.text}`;
  });
  const text = words.filter(Boolean).join(". ");
  if (text) byId("desk-announce").append(el("p", {}, text));
  while (byId("desk-announce").childElementCount > 5) byId("desk-announce").firstElementChild.remove();
}

let troubleTimer = null;

function showTrouble(words, code) {
  document.querySelector(".desk-toast")?.remove();
  clearTimeout(troubleTimer);
  const toast = el("div", { class: "desk-toast", role: "alert" }, el("span", {}, words));
  const dismiss = () => toast.remove();
  toast.append(make.button("Dismiss", dismiss));
  if (code === "owner_conflict") {
    toast.append(make.button("Take it from them", () => (dismiss(), takeFrom(session))));
  }
  byId("desk").append(toast);
  troubleTimer = setTimeout(dismiss, 12_000);
}

// --- listening ---

byId("desk-note-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const box = byId("desk-note");
  if (!box.value.trim()) return;
  session.write("note", box.value.trim());
  box.value = "";
  session.shelf.put("note", "");
});
byId("desk-note").value = session.shelf.get("note", "");
byId("desk-note").addEventListener("input", (event) => session.shelf.put("note", event.target.value));

byId("desk-about").addEventListener("click", () => showSide(!byId("desk").classList.contains("desk--about")));

function showSide(open) {
  byId("desk").classList.toggle("desk--about", open);
  byId("desk-about").setAttribute("aria-expanded", String(open));
  byId("desk-about").textContent = open ? "Close details" : "Details";
}

byId("desk-keys").addEventListener("click", showKeys);
byId("desk-newer").addEventListener("click", () => (scroll.scrollTop = scroll.scrollHeight));
scroll.addEventListener("scroll", () => {
  if (scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80) byId("desk-newer").hidden = true;
});

const MORE_KEYS = {
  KeyS: () => byId("desk-suggest").click(),
  KeyN: () => (showSide(true), byId("desk-note").focus()),
  KeyR: () => byId("desk-text").focus(),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !document.querySelector("dialog[open]")) showSide(false);
  if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return;
  const act = KEYS[event.code] || MORE_KEYS[event.code];
  if (!act) return;
  event.preventDefault();
  act(session);
});
document.addEventListener("visibilitychange", look);
window.addEventListener("focus", look);
window.addEventListener("online", () => session.line.hurry());
setInterval(() => refreshTimes(document), 20_000);
refreshTimes(document);

session.attach(
  new Line(socketUrl(data.socket, location), {
    frame: (frame) => session.frame(frame),
    status: (name, detail) => session.status(name, detail),
  }),
);
