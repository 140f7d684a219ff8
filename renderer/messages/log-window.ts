import { useDeferredValue } from 'react';

/** So many rows are there above and below those in sight. */
const rowsBeyond = 5;

/** Rows from the first to the last, both counted from 0 and both within. */
export interface Rows {
  readonly from: number;
  readonly to: number;
}

/**
 * The rows that are drawn. Those in sight are at once; those beyond them follow bit by bit, so that a step to the next
 * row finds it there already.
 */
export function useDrawnRows({ from, to }: Rows, count: number): Rows {
  const within = (start: number): Rows => ({
    from: Math.max(0, start - rowsBeyond),
    to: Math.min(count - 1, start + (to - from) + rowsBeyond),
  });
  return drawnRows({ from, to }, within(useDeferredValue(from)), within(from));
}

/** What is there and wanted is kept, and what is in sight is added to it. */
export function drawnRows(sight: Rows, there: Rows, wanted: Rows): Rows {
  if (there.from <= sight.from && there.to >= sight.to) return there;
  const kept = { from: Math.max(there.from, wanted.from), to: Math.min(there.to, wanted.to) };
  if (kept.from > kept.to) return sight;
  return { from: Math.min(kept.from, sight.from), to: Math.max(kept.to, sight.to) };
}
