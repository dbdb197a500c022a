/**
 * Bot messages that are still being written, pieced together from deltas and snapshots.
 *
 * Pure. Knows the order rules of the protocol (message, attempt, epoch, n). Does not know which
 * messages are finished: the store asks only about those that are not.
 */
import type { Piece } from "./protocol";

export interface Draft {
  message: string;
  attempt: number;
  epoch: number;
  /** The last piece that is in `text`. */
  n: number;
  text: string;
  /** Pieces that came before their turn, by number. */
  early: Record<number, string>;
}

/** The drafts after one more piece; the same array if the piece is old news. */
export function addPiece(drafts: Draft[], piece: Piece): Draft[] {
  const old = drafts.find((draft) => draft.message === piece.message);
  if (old && (piece.attempt < old.attempt || piece.epoch < old.epoch)) return drafts;
  const fresh = !old || piece.attempt > old.attempt || piece.epoch > old.epoch;
  const base: Draft = fresh ? { ...piece, n: 0, text: "", early: {} } : old;
  const next = merge(base, piece);
  if (next === old) return drafts;
  return old ? drafts.map((draft) => (draft === old ? next : draft)) : [...drafts, next];
}

function merge(draft: Draft, piece: Piece): Draft {
  if (piece.type === "snapshot") {
    const newer = piece.n > draft.n || (piece.n === draft.n && piece.text !== draft.text);
    return newer ? drain({ ...draft, n: piece.n, text: piece.text }) : draft;
  }
  if (piece.n <= draft.n || piece.n in draft.early) return draft;
  return drain({ ...draft, early: { ...draft.early, [piece.n]: piece.text } });
}

/** Moves what can now be joined, drops what a snapshot has overtaken. */
function drain(draft: Draft): Draft {
  let { n, text } = draft;
  const early = { ...draft.early };
  while (n + 1 in early) text += early[++n];
  for (const key of Object.keys(early)) if (+key <= n) delete early[+key];
  return { ...draft, n, text, early };
}
