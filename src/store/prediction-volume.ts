import type { Store } from './store.ts';

const hourMs = 3_600_000;

/** Predictions an hour of the window, oldest first, hours without any included; `from` and `until` in epoch milliseconds. */
export function hourlyVolume(store: Store, from: number, until: number): readonly number[] {
  const first = Math.floor(from / hourMs);
  const counts = new Array<number>(Math.max(0, Math.floor((until - 1) / hourMs) - first + 1)).fill(0);
  const rows = store.connection.prepare<[number, number], { hour: number; rows: number }>(
    `SELECT predicted_at / ${hourMs} AS hour, count(*) AS rows FROM prediction
     WHERE predicted_at >= ? AND predicted_at < ? GROUP BY hour`,
  );
  for (const { hour, rows: count } of rows.iterate(from, until)) counts[hour - first] = count;
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
