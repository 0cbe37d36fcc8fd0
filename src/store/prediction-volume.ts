import { hourMs } from '../platform/durations.ts';
import type { Store } from './store.ts';

const day = 24;

/**
 * Predictions in whole hours (epoch milliseconds): the last 24 before `until`, oldest first, and the same hour of the day as
 * the last one on up to `days` days before, newest first; hours from before the first prediction are left out.
 */
export function hourlyVolume(
  store: Store,
  until: number,
  days: number,
): { readonly lastDay: readonly number[]; readonly sameHour: readonly number[] } {
  const first = firstPredictionAt(store) ?? until;
  const hours = Math.max(0, Math.floor((until - first) / hourMs));
  const counted = store.connection.prepare<[number, number], { rows: number }>(
    'SELECT count(*) AS rows FROM prediction WHERE predicted_at > ? AND predicted_at <= ?',
  );
  const hourEnding = (ago: number) => {
    const end = until - ago * hourMs;
    return counted.get(end - hourMs, end)?.rows ?? 0;
  };
  const lastDay = Array.from({ length: Math.min(day, hours) }, (_, ago) => hourEnding(ago)).reverse();
  const before = Math.min(days, Math.max(0, Math.floor((hours - 1) / day)));
  const sameHour = Array.from({ length: before }, (_, days) => hourEnding((days + 1) * day));
  return { lastDay, sameHour };
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

/** Share of all predictions that were made after `since` and up to `until` (epoch milliseconds), 0..1; 0 without any. */
export function predictionShareSince(store: Store, since: number, until: number): number {
  const counts = store.connection
    .prepare<[number, number], { all_rows: number; fresh: number }>(
      `SELECT (SELECT count(*) FROM prediction) AS all_rows,
         (SELECT count(*) FROM prediction WHERE predicted_at > ? AND predicted_at <= ?) AS fresh`,
    )
    .get(since, until);
  return counts === undefined || counts.all_rows === 0 ? 0 : counts.fresh / counts.all_rows;
}

/** Predictions of a stretch of time (epoch milliseconds, both ends included). */
export function countPredictions(
  store: Store,
  { from, until }: { readonly from: number; readonly until: number },
): number {
  return (
    store.connection
      .prepare<[number, number], { rows: number }>(
        'SELECT count(*) AS rows FROM prediction WHERE predicted_at BETWEEN ? AND ?',
      )
      .get(from, until)?.rows ?? 0
  );
}
