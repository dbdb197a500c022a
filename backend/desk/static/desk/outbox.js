// What the operator wrote and the server has not acknowledged yet. Kept in the browser's storage, so
// that neither a lost connection nor a closed tab loses it. Entries: {cid, kind, text, written, state,
// why, code}; kind is send or note, state pending or failed. Pure functions; storage is handed in.

export const EMPTY = [];

export function add(entries, kind, text, cid, written) {
  return [...entries, { cid, kind, text, written, state: "pending", why: "", code: "" }];
}

/** The entry to send now: the first pending one. One is in flight at a time, in the order written. */
export function next(entries) {
  return entries.find((entry) => entry.state === "pending") || null;
}

export function remove(entries, cid) {
  const left = entries.filter((entry) => entry.cid !== cid);
  return left.length === entries.length ? entries : left;
}

export function fail(entries, cid, code, why) {
  return entries.map((entry) => (entry.cid === cid ? { ...entry, state: "failed", code, why } : entry));
}

/** Try again under the same cid, so that what was stored after all is not stored twice. */
export function retry(entries, cid) {
  return entries.map((entry) =>
    entry.cid === cid ? { ...entry, state: "pending", code: "", why: "" } : entry,
  );
}

/** Drop what an event shows to be stored, though its acknowledgement was lost. */
export function confirmed(entries, events) {
  if (!entries.length) return entries;
  const stored = new Set(events.map((event) => event.body && event.body.cid).filter(Boolean));
  const left = entries.filter((entry) => !stored.has(entry.cid));
  return left.length === entries.length ? entries : left;
}

const AGAIN = new Set(["overloaded", "store_unavailable", "rate_limited"]);

/** Seconds after which a refused frame is worth sending again, or null where it never is. */
export function retryAfter(frame) {
  if (!AGAIN.has(frame.code)) return null;
  return Math.min(60, Math.max(1, frame.retry_after || 2));
}

/** Text that outlives the page, under keys for each operator and conversation. */
export class Shelf {
  constructor(storage, operator, conversation) {
    this.storage = storage;
    this.prefix = `kefu.desk.${operator}.${conversation}.`;
  }

  get(name, otherwise) {
    try {
      const kept = this.storage.getItem(this.prefix + name);
      return kept === null ? otherwise : JSON.parse(kept);
    } catch {
      return otherwise; // storage is off, or holds what another version wrote
    }
  }

  /** Keep a value; "" and null remove it. False where the browser refuses: the page says so. */
  put(name, value) {
    try {
      if (value === "" || value === null) this.storage.removeItem(this.prefix + name);
      else this.storage.setItem(this.prefix + name, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  }

  /** The outbox as it was left. Each entry has a key of its own, so that two tabs never overwrite
   * each other's. */
  entries() {
    const prefix = `${this.prefix}outbox.`;
    const found = [];
    try {
      for (let i = 0; i < this.storage.length; i++) {
        const key = this.storage.key(i);
        if (key.startsWith(prefix)) found.push(this.get(`outbox.${key.slice(prefix.length)}`, null));
      }
    } catch {
      return EMPTY;
    }
    const whole = found.filter((entry) => entry && entry.cid && entry.text);
    return whole.sort((one, other) => one.written - other.written);
  }

  /** Keep what changed between two outboxes. False where the browser refuses. */
  sync(before, after) {
    const left = new Set(after.map((entry) => entry.cid));
    const gone = before.filter((entry) => !left.has(entry.cid));
    const changed = after.filter((entry) => !before.includes(entry));
    for (const { cid } of gone) this.put(`outbox.${cid}`, null);
    return changed.map((entry) => this.put(`outbox.${entry.cid}`, entry)).every(Boolean);
  }
}
