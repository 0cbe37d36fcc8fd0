import type { Store } from './store.ts';

const hourMs = 3_600_000;

/**
 * Predictions in each whole hour between two times (epoch milliseconds), oldest first; the last is the 60 minutes up to
 * `until`, and what is left of less than an hour at the beginning is not counted.
 */
export function hourlyVolume(store: Store, from: number, until: number): readonly number[] {
  const hours = Math.max(0, Math.floor((until - from) / hourMs));
  const counts = new Array<number>(hours).fill(0);
  const rows = store.connection.prepare<
    [{ from: number; until: number }],
    { ago: number; predictions: number }
  >(
    `SELECT (CAST(@until AS INTEGER) - predicted_at) / ${hourMs} AS ago, count(*) AS predictions FROM prediction
     WHERE predicted_at > @from AND predicted_at <= @until GROUP BY ago`,
  );
  for (const { ago, predictions } of rows.iterate({ from: until - hours * hourMs, until }))
    counts[hours - 1 - ago] = predictions;
  return counts;
}

/** Time of the newest prediction up to `until`; undefined when there is none. */
export function lastPredictionAt(store: Store, until: number): number | undefined {
  return (
    store.connection
      .prepare<[number], { at: number | null }>(
        'SELECT max(predicted_at) AS at FROM prediction WHERE predicted_at <= ?',
      )
      .get(until)?.at ?? undefined
  );
}

/** Time of the oldest prediction; undefined when there is none. */
export function firstPredictionAt(store: Store): number | undefined {
  return (
    store.connection
      .prepare<[], { at: number | null }>('SELECT min(predicted_at) AS at FROM prediction')
      .get()?.at ?? undefined
  );
}
