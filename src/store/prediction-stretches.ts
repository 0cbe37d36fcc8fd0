import type { Store } from './store.ts';

/** Predictions of a part of a window, by their times (epoch milliseconds, both included). */
export interface PredictionStretch {
  readonly from: number;
  readonly until: number;
  /** So many that they should not be held in memory together, because all are of the same time. */
  readonly crowded: boolean;
}

/** Of more the rows of a stretch no longer fit the processor's cache; of fewer asking for them takes longer than they do. */
const rowsAtOnce = 1_000;

/**
 * Parts a window into stretches of some 1,000 predictions, in order of time: rows asked for so many at a time take 0.7 µs each less
 * than rows asked for one by one. Call it inside `store.read`, so that all stretches are of one moment.
 */
export function* predictionStretches(
  store: Store,
  { from, until }: { readonly from: number; readonly until: number },
): Generator<PredictionStretch> {
  const inWindow = 'FROM prediction WHERE predicted_at BETWEEN ? AND ? ORDER BY predicted_at LIMIT 1';
  const timeAfter = store.connection
    .prepare<[number, number], number>(`SELECT predicted_at ${inWindow} OFFSET ${rowsAtOnce}`)
    .pluck();
  const firstTime = store.connection
    .prepare<[number, number], number>(`SELECT predicted_at ${inWindow}`)
    .pluck();
  let start = firstTime.get(from, until);
  while (start !== undefined) {
    const after = timeAfter.get(start, until);
    const crowded = after === start;
    const next = crowded ? firstTime.get(start + 1, until) : after;
    yield { from: start, until: next === undefined ? until : next - 1, crowded };
    start = next;
  }
}
