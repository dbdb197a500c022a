/**
 * Sends what the store holds as pending: one frame in flight, kept in storage until its `ack`.
 *
 * Knows when to send, to send again and to wait. What is pending, acknowledged or failed is the
 * store's knowledge; this only acts on it. Sending a frame twice is harmless, since its cid is kept.
 */
import { alarm } from "./alarm";
import { PASSING } from "./protocol";
import type { ClientFrame, ErrorFrame } from "./protocol";
import type { Storage } from "./storage";
import type { Outgoing, State } from "./store";

/** No `ack` and no error in this time: the same frame goes out again. */
const ACK_WITHIN = 15_000;
/** Seconds of rest after a passing error that does not say how long. */
const REST = 5;

export function createOutbox(storage: Storage, send: (frame: ClientFrame) => boolean) {
  let state: State;
  let inFlight: string | undefined;
  let resting = false;
  const overdue = alarm(again);

  function again(): void {
    inFlight = undefined;
    resting = false;
    pump(state);
  }

  function pump(now: State): void {
    state = now;
    const { link, pending } = state;
    const queue = pending.filter((item) => !item.seq && !item.failed);
    if (link !== "live") {
      resting = false;
      inFlight = undefined;
    } else if (resting || queue.some((item) => item.cid === inFlight)) return;
    overdue();
    inFlight = undefined;
    const [next] = queue;
    if (link !== "live" || !next || !send(next.frame)) return;
    inFlight = next.cid;
    overdue(ACK_WITHIN);
  }

  return {
    pump,
    /** Makes storage hold exactly what is not acknowledged. */
    save(before: Outgoing[], after: Outgoing[]): void {
      const left = new Set(after.filter((item) => !item.seq));
      for (const item of left) if (!before.includes(item)) storage.put(item.cid, item);
      const cids = [...left].map((item) => item.cid);
      for (const { cid } of before) if (!cids.includes(cid)) storage.put(cid);
    },
    /**
     * What an error means for what is in flight; one that names no cid can only mean that. After
     * a passing one the same cid goes out again, after as long as the server asks.
     */
    blame(frame: ErrorFrame): ErrorFrame {
      const passing = PASSING.includes(frame.code);
      const cid = frame.cid ?? (passing || frame.code === "too_large" ? inFlight : undefined);
      if (passing && cid && cid === inFlight) {
        resting = true;
        overdue(Math.max(0.5, frame.retry_after ?? REST) * 1000);
      }
      return { ...frame, cid };
    },
    destroy: () => overdue(),
  };
}
