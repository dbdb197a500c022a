// Times as people say them. `now` is handed in, so that tests hold it still.

const STEPS = [
  [60, 1, "second"],
  [3600, 60, "minute"],
  [86400, 3600, "hour"],
  [86400 * 30, 86400, "day"],
  [86400 * 365, 86400 * 30, "month"],
  [Infinity, 86400 * 365, "year"],
];

/** "5 minutes ago", "just now". */
export function ago(iso, now = Date.now(), locale = "en") {
  const seconds = Math.max(0, (now - Date.parse(iso)) / 1000);
  if (seconds < 45) return "just now";
  const [, unit, name] = STEPS.find(([below]) => seconds < below);
  const words = new Intl.RelativeTimeFormat(locale, { numeric: "always" });
  return words.format(-Math.max(1, Math.floor(seconds / unit)), name);
}

/** A wait as "40 s", "12 min", "3 h", "2 d". */
export function short(iso, now = Date.now()) {
  const seconds = Math.max(0, Math.floor((now - Date.parse(iso)) / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400)} d`;
}

/** The time of day, with the date where it was not today. */
export function clock(iso, now = Date.now(), locale) {
  const at = new Date(iso);
  const today = new Date(now).toDateString() === at.toDateString();
  const day = today ? {} : { day: "numeric", month: "short" };
  return at.toLocaleString(locale, { hour: "2-digit", minute: "2-digit", ...day });
}

/** Bring every <time data-since> in `root` up to date. */
export function refreshTimes(root, now = Date.now()) {
  for (const node of root.querySelectorAll("time[data-since]")) {
    const words = node.dataset.since === "short" ? short : ago;
    const text = words(node.dateTime, now);
    if (node.textContent !== text) node.textContent = text;
  }
}
