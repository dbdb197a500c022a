/**
 * What this browser remembers of one site: the visitor's session and the unsent outbox.
 *
 * Knows localStorage and that it may be missing, full or forbidden; then memory stands in, and only
 * a reload forgets. Does not know when it may be used: its callers write nothing before first use.
 */
import { encode } from "./protocol";
import type { Outgoing } from "./store";

export interface Session {
  token: string;
  conversation: string;
  /** The last seq that the visitor has looked at. */
  seen: number;
}

export type Storage = ReturnType<typeof openStorage>;

/** Storage for one site key. Each outgoing item has a key of its own, so that two tabs never race. */
export function openStorage(site: string) {
  const prefix = `kefu:${site}:`;
  const memory = new Map<string, string>();

  function read(key: string): unknown {
    try {
      return JSON.parse(localStorage.getItem(prefix + key) ?? memory.get(key) ?? "null");
    } catch {
      return JSON.parse(memory.get(key) ?? "null");
    }
  }

  function write(key: string, value: string | undefined): void {
    memory.delete(key);
    try {
      if (value === undefined) localStorage.removeItem(prefix + key);
      else localStorage.setItem(prefix + key, value);
    } catch {
      if (value !== undefined) memory.set(key, value);
    }
  }

  function keys(): string[] {
    const found = [...memory.keys()];
    try {
      for (let i = 0; i < localStorage.length; i++) {
        const key = localStorage.key(i) ?? "";
        if (key.startsWith(prefix)) found.push(key.slice(prefix.length));
      }
    } catch {
      // Without storage there is only the memory.
    }
    return found;
  }

  return {
    prefix,
    session(): Session | undefined {
      const value = read("session") as Session | null;
      return value && typeof value.token === "string" ? value : undefined;
    },
    saveSession: (value: Session | undefined) => write("session", value && encode(value)),
    outbox(): Outgoing[] {
      const items = keys().filter((key) => key.startsWith("out:")).map((key) => read(key) as Outgoing);
      return items.filter((item) => item?.frame?.cid && item.cid === item.frame.cid);
    },
    saveItem: (item: Outgoing) => write("out:" + item.cid, encode(item)),
    dropItem: (cid: string) => write("out:" + cid, undefined),
  };
}
