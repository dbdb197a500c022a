// The list keeps itself up to date: when something changes, the same page is fetched again and its
// rows are put in place of the old ones. The server's filters, search and pages stay what they are.

import { Alerts } from "./alerts.js";
import { byId, pageData } from "./dom.js";
import { Line, socketUrl } from "./socket.js";
import { refreshTimes } from "./time.js";

const SOON = 300; // milliseconds; what changes together is fetched once
const MOST_OFTEN = 2_000;

const data = pageData();
const alerts = new Alerts(data);
const link = byId("desk-link");
let timer = null;
let fetched = 0;
let stale = false;

const WORDS = {
  connecting: "Connecting…",
  open: "",
  waiting: "Connection lost: this list may be out of date. Trying again…",
};

const line = new Line(socketUrl(data.socket, location), {
  frame: (frame) => {
    if (frame.type !== "changed") return;
    alerts.summary(frame);
    refreshSoon();
  },
  status: (name, detail) => {
    link.textContent = name === "refused" ? detail : WORDS[name];
    link.classList.toggle("desk-link-state--bad", name === "waiting" || name === "refused");
    if (name === "open" && stale) refreshSoon();
    stale = name !== "open";
  },
});

function refreshSoon() {
  if (timer || document.hidden) {
    stale ||= document.hidden;
    return;
  }
  const wait = Math.max(SOON, fetched + MOST_OFTEN - Date.now());
  timer = setTimeout(refresh, wait);
}

async function refresh() {
  fetched = Date.now();
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (answer.redirected) return location.reload(); // logged out meanwhile
    if (answer.ok) replaceList(await answer.text());
  } catch {
    stale = true; // the line is surely down too; it comes back with a refresh
  } finally {
    timer = null;
  }
}

function replaceList(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.getElementById("desk-list");
  const old = byId("desk-list");
  if (!fresh) return;
  alerts.sync(JSON.parse(page.getElementById("desk-data").textContent).waiting);
  const focused = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const news = newRows(old, fresh);
  old.replaceWith(document.adoptNode(fresh));
  for (const row of news) byId("desk-list").querySelector(`[data-conversation="${row}"]`).classList.add("desk-row--new");
  if (focused) byId("desk-list").querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  refreshTimes(byId("desk-list"));
}

/** The ids of rows that were not there, or say something else now. */
function newRows(old, fresh) {
  const said = (root) =>
    new Map(
      [...root.querySelectorAll("[data-conversation]")].map((row) => [
        row.dataset.conversation,
        row.querySelector(".desk-row__preview")?.textContent,
      ]),
    );
  const before = said(old);
  return [...said(fresh)].filter(([id, text]) => before.get(id) !== text).map(([id]) => id);
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && stale) {
    stale = false;
    refreshSoon();
  }
});
window.addEventListener("online", () => line.hurry());
byId("desk-sites")?.addEventListener("change", (event) => event.currentTarget.submit());

// The whole row leads to the conversation, as the link in it does.
document.addEventListener("click", (event) => {
  const row = event.target.closest(".desk-row");
  if (!row || event.target.closest("a, button") || String(getSelection())) return;
  row.querySelector("a").click();
});

refreshTimes(document);
setInterval(() => refreshTimes(document), 20_000);
line.open();
