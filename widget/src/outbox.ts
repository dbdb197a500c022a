/**
 * Sends what the store holds as pending: one frame in flight, kept in storage until its `ack`.
 *
 * Knows when to send, to send again and to wait. What is pending, acknowledged or failed is the
 * store's knowledge; this only acts on it. Sending a frame twice is harmless, since its cid is kept.
 */
import type { Timer } from "./link";
import { PASSING } from "./protocol";
import type { ClientFrame, ErrorFrame } from "./protocol";
import type { Storage } from "./storage";
import type { Outgoing, State } from "./store";

/** No `ack` and no error in this time: the same frame goes out again. */
const ACK_WITHIN = 15_000;
/** What another tab has queued is that tab's to send, until it has had this long. */
const OTHERS_FIRST = 8_000;

export interface OutboxOptions {
  storage: Storage;
  state(): State;
  send(frame: ClientFrame): boolean;
}

export function createOutbox({ storage, state, send }: OutboxOptions) {
  let inFlight: string | undefined;
  let overdue: Timer;
  let resting: Timer;
  let rests = 0;
  const others = new Map<string, Timer>();

  const unsent = (item: Outgoing) => !item.seq && !item.failed;

  function release(): void {
    clearTimeout(overdue);
    inFlight = undefined;
  }

  function pump(): void {
    const { link, pending } = state();
    if (link !== "live") {
      clearTimeout(resting);
      resting = undefined;
      return release();
    }
    if (inFlight && pending.some((item) => item.cid === inFlight && unsent(item))) return;
    release();
    const next = pending.find((item) => unsent(item) && !others.has(item.cid));
    if (resting || !next || !send(next.frame)) return;
    inFlight = next.cid;
    overdue = setTimeout(again, ACK_WITHIN);
  }

  function again(): void {
    release();
    resting = undefined;
    pump();
  }

  return {
    pump,
    /** The frame an error is about; one that names no cid can only mean what is in flight. */
    blame(frame: ErrorFrame): ErrorFrame {
      const ours = PASSING.includes(frame.code) || frame.code === "too_large";
      return ours && !frame.cid && inFlight ? { ...frame, cid: inFlight } : frame;
    },
    /** After a passing error: rest for as long as the server asks, then the same cid again. */
    rest(frame: ErrorFrame): void {
      if (!PASSING.includes(frame.code) || frame.cid !== inFlight || !inFlight) return;
      release();
      clearTimeout(resting);
      const seconds = frame.retry_after ?? Math.min(30, 2 ** rests++);
      resting = setTimeout(again, Math.max(0.5, seconds) * 1000);
    },
    calm: () => (rests = 0),
    /** Makes storage hold exactly what is not acknowledged. */
    save(before: Outgoing[], after: Outgoing[]): void {
      if (before === after) return;
      const left = new Map(before.map((item) => [item.cid, item]));
      for (const item of after) {
        const old = left.get(item.cid);
        left.delete(item.cid);
        if (item.seq) {
          if (!old?.seq) storage.dropItem(item.cid);
        } else if (old !== item && !others.has(item.cid)) storage.saveItem(item);
      }
      for (const [cid, item] of left) if (!item.seq) storage.dropItem(cid);
    },
    /** Marks a cid as another tab's, which is sent from here only if that tab does not. */
    leaveToOthers(cid: string): void {
      if (others.has(cid)) return;
      others.set(
        cid,
        setTimeout(() => {
          others.delete(cid);
          pump();
        }, OTHERS_FIRST),
      );
    },
    destroy(): void {
      release();
      clearTimeout(resting);
      others.forEach((timer) => clearTimeout(timer));
    },
  };
}

export type Outbox = ReturnType<typeof createOutbox>;
