import type { Store } from './store.ts';

export interface PendingPrediction {
  readonly prediction_id: string;
  /** Epoch milliseconds. */
  readonly predicted_at: number;
  readonly model_version: string | null;
  readonly outcome: number | null;
}

/** Predictions up to a time without a label that was known then. */
const pending = `FROM prediction AS p WHERE p.predicted_at <= @until AND NOT EXISTS (
  SELECT 1 FROM label AS l WHERE l.prediction_id = p.prediction_id AND l.label_timestamp <= @until)`;

/** How many predictions from one time up to and without another wait for their label (epoch milliseconds). */
export function pendingBetween(store: Store, until: number, from: number, before: number): number {
  return (
    store.connection
      .prepare<[{ until: number; from: number; before: number }], { rows: number }>(
        `SELECT count(*) AS rows ${pending} AND p.predicted_at >= @from AND p.predicted_at < @before`,
      )
      .get({ until, from, before })?.rows ?? 0
  );
}

/** Predictions that wait for their label, oldest first, read one by one. */
export function pendingPredictions(store: Store, until: number, most: number): Iterable<PendingPrediction> {
  return store.connection
    .prepare<[{ until: number; most: number }], PendingPrediction>(
      `SELECT p.prediction_id, p.predicted_at, p.model_version, p.outcome ${pending}
       ORDER BY p.predicted_at, p.prediction_id LIMIT @most`,
    )
    .iterate({ until, most });
}
