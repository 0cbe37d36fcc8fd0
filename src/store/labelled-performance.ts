import { labelsOfWindow } from './known-label.ts';
import { weekOf } from './labels.ts';
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

const summed = `count(*) AS rows, total(l.true_label) AS positives,
  total((p.probability - l.true_label) * (p.probability - l.true_label)) AS squares,
  total(p.outcome = 1 AND l.true_label = 1) AS hits, total(p.outcome <> l.true_label) AS errors`;

/** Brier score and F1 of the labels that became known in a time window, summed by the database. */
export function labelledPerformance(store: Store, question: PerformanceQuestion): LabelledPerformance {
  const sums = store.connection
    .prepare<[PerformanceQuestion], Sums>(
      `SELECT ${summed}
       FROM (${labelsOfWindow}) AS l
       CROSS JOIN prediction AS p ON p.prediction_id = l.prediction_id
       WHERE p.model_version = @version AND p.probability IS NOT NULL AND p.outcome IS NOT NULL`,
    )
    .get(question);
  return performanceOf(sums ?? { rows: 0, positives: 0, squares: 0, hits: 0, errors: 0 });
}

function performanceOf({ rows, positives, squares, hits, errors }: Sums): LabelledPerformance {
  return {
    rows,
    positives,
    brier: rows === 0 ? null : squares / rows,
    f1: hits + errors === 0 ? null : hits / (hits + errors / 2),
  };
}

export interface WeeklyPerformance extends LabelledPerformance {
  /** Monday 00:00 UTC of the week in which the predictions were made, epoch milliseconds. */
  readonly week: number;
}

/** Performance a week of the predictions from `from` to `until`, by the labels known then; oldest week first. */
export function labelledPerformanceByWeek(
  store: Store,
  from: number,
  until: number,
): readonly WeeklyPerformance[] {
  return store.connection
    .prepare<[{ from: number; until: number }], Sums & { readonly week: number }>(
      `SELECT ${weekOf('p.predicted_at')} AS week, ${summed}
       FROM prediction AS p JOIN label AS l ON l.prediction_id = p.prediction_id AND l.label_timestamp <= @until
       WHERE p.predicted_at BETWEEN @from AND @until AND p.probability IS NOT NULL AND p.outcome IS NOT NULL
       GROUP BY week ORDER BY week`,
    )
    .all({ from, until })
    .map((sums) => ({ week: sums.week, ...performanceOf(sums) }));
}

export interface LabelledOutcome {
  readonly probability: number;
  readonly outcome: number;
  readonly label: number;
}

/** The newest labelled predictions of one model version, by the labels known at `until`. */
export function labelledOutcomes(
  store: Store,
  { version, until, most }: Pick<PerformanceQuestion, 'version' | 'until' | 'most'>,
): readonly LabelledOutcome[] {
  return store.connection
    .prepare<[{ version: string; until: number; most: number }], LabelledOutcome>(
      `SELECT p.probability, p.outcome, l.true_label AS label
       FROM (SELECT prediction_id, true_label FROM label WHERE label_timestamp <= @until ORDER BY rowid DESC LIMIT @most) AS l
       CROSS JOIN prediction AS p ON p.prediction_id = l.prediction_id
       WHERE p.model_version = @version AND p.probability IS NOT NULL AND p.outcome IS NOT NULL`,
    )
    .all({ version, until, most });
}
