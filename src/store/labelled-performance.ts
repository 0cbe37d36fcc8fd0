import { labelsOfWindow } from './known-label.ts';
import type { Store } from './store.ts';

export interface PerformanceQuestion {
  /** Model version that made the predictions. */
  readonly version: string;
  /** Labels that became known after this time (epoch milliseconds), */
  readonly after: number;
  /** up to and with this one. */
  readonly until: number;
  /** At most so many labels, the last recorded. */
  readonly most: number;
}

/** Sums over labelled predictions of one model version; a prediction without probability or outcome is left out. */
export interface LabelledPerformance {
  readonly rows: number;
  /** Rows whose true label is 1. */
  readonly positives: number;
  /** Mean of (probability - label)²; null without rows. */
  readonly brier: number | null;
  /** Of the recorded outcomes; null where no outcome and no label is 1. */
  readonly f1: number | null;
}

interface Sums {
  readonly rows: number;
  readonly positives: number;
  readonly squares: number;
  readonly hits: number;
  readonly errors: number;
}

/** Brier score and F1 of the labels that became known in a time window, summed by the database. */
export function labelledPerformance(store: Store, question: PerformanceQuestion): LabelledPerformance {
  const sums = store.connection
    .prepare<[PerformanceQuestion], Sums>(
      `SELECT count(*) AS rows, total(l.true_label) AS positives,
         total((p.probability - l.true_label) * (p.probability - l.true_label)) AS squares,
         total(p.outcome = 1 AND l.true_label = 1) AS hits, total(p.outcome <> l.true_label) AS errors
       FROM (${labelsOfWindow}) AS l
       CROSS JOIN prediction AS p ON p.prediction_id = l.prediction_id
       WHERE p.model_version = @version AND p.probability IS NOT NULL AND p.outcome IS NOT NULL`,
    )
    .get(question);
  const { rows, positives, squares, hits, errors } = sums ?? {
    rows: 0,
    positives: 0,
    squares: 0,
    hits: 0,
    errors: 0,
  };
  return {
    rows,
    positives,
    brier: rows === 0 ? null : squares / rows,
    f1: hits + errors === 0 ? null : hits / (hits + errors / 2),
  };
}
