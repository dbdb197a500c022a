/**
 * What this browser remembers of one site: the visitor's session and the unsent outbox.
 *
 * Knows localStorage, and that it may be missing, full or forbidden: then only the page's own memory,
 * which its callers keep, is left. Does not know when it may be used: nothing before first use.
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
  const session = prefix + "session";
  const out = prefix + "out:";

  function attempt<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch {
      return undefined;
    }
  }
  const read = (key: string) => attempt(() => JSON.parse(localStorage.getItem(key)!));
  const write = (key: string, value: unknown) =>
    attempt(() => (value ? localStorage.setItem(key, encode(value)) : localStorage.removeItem(key)));

  return {
    /** Where another tab's change of the session, or of one outgoing item, can be told by its key. */
    session,
    out,
    load: (): Session | undefined => (read(session)?.token ? read(session) : undefined),
    save: (value?: Session) => write(session, value),
    items(): Outgoing[] {
      const keys = attempt(() => Object.keys(localStorage)) ?? [];
      const items = keys.filter((key) => key.startsWith(out)).map(read);
      return items.filter((item) => item?.cid && item.frame?.cid === item.cid);
    },
    put: (cid: string, item?: Outgoing) => write(out + cid, item),
  };
}
