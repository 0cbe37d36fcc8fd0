import { weekMs } from '../platform/durations.ts';
import { joinKnownLabel } from './known-label.ts';
import type { Store } from './store.ts';

export interface Label {
  readonly prediction_id: string;
  readonly true_label: number;
  /** Epoch milliseconds. */
  readonly label_timestamp: number;
  readonly label_source: string;
}

export interface LabelCoverage {
  readonly predictions: number;
  readonly labelled: number;
  /** 0..1; 0 without predictions. */
  readonly share: number;
}

export function labelCoverage(store: Store): LabelCoverage {
  const count = (table: 'prediction' | 'label') =>
    store.connection.prepare<[], { rows: number }>(`SELECT count(*) AS rows FROM ${table}`).get()?.rows ?? 0;
  return coverageOf({ predictions: count('prediction'), labelled: count('label') });
}

interface Counts {
  readonly predictions: number;
  readonly labelled: number;
}

function coverageOf({ predictions, labelled }: Counts): LabelCoverage {
  return { predictions, labelled, share: predictions === 0 ? 0 : labelled / predictions };
}

const labelledPredictions = `FROM prediction AS p LEFT JOIN ${joinKnownLabel('@until')}
   WHERE p.predicted_at BETWEEN @from AND @until`;

/** Coverage of the predictions of a time window (epoch milliseconds, both ends included), by the labels known at its end. */
export function labelCoverageBetween(store: Store, from: number, until: number): LabelCoverage {
  const counts = store.connection
    .prepare<[{ from: number; until: number }], Counts>(
      `SELECT count(*) AS predictions, count(l.prediction_id) AS labelled ${labelledPredictions}`,
    )
    .get({ from, until });
  return coverageOf(counts ?? { predictions: 0, labelled: 0 });
}

/** Labels that were given after `from` and up to `until` (epoch milliseconds). */
export function labelsBetween(store: Store, from: number, until: number): number {
  return (
    store.connection
      .prepare<[number, number], { rows: number }>(
        'SELECT count(*) AS rows FROM label WHERE label_timestamp > ? AND label_timestamp <= ?',
      )
      .get(from, until)?.rows ?? 0
  );
}

/**
 * Coverage of the newest `most` predictions of a time window (epoch milliseconds, both ends included), by the labels
 * known at `knownAt`: bounded work on a store of any size.
 */
export function labelCoverageOfNewest(
  store: Store,
  window: { readonly from: number; readonly until: number; readonly knownAt: number; readonly most: number },
): LabelCoverage {
  const counts = store.connection
    .prepare<[typeof window], Counts>(
      `SELECT count(*) AS predictions, count(l.prediction_id) AS labelled
       FROM (SELECT prediction_id FROM prediction WHERE predicted_at BETWEEN @from AND @until ORDER BY predicted_at DESC LIMIT @most) AS p
       LEFT JOIN ${joinKnownLabel('@knownAt')}`,
    )
    .get(window);
  return coverageOf(counts ?? { predictions: 0, labelled: 0 });
}

export interface WeeklyCoverage extends LabelCoverage {
  /** Monday 00:00 UTC, epoch milliseconds. */
  readonly week: number;
  /** Model version that made the predictions; null for rows that were not scored. */
  readonly model_version: string | null;
}

/** The first Monday after the epoch, a Thursday. */
const firstMonday = 345_600_000;

/** SQL for the Monday, 00:00 UTC, of the week that a time in epoch milliseconds lies in. */
export function weekOf(time: string): string {
  return `(${time} - ${firstMonday}) / ${weekMs} * ${weekMs} + ${firstMonday}`;
}

/** Coverage a week and model version of the predictions up to `until`, by the labels known then; oldest week first. */
export function labelCoverageByWeek(store: Store, until: number): readonly WeeklyCoverage[] {
  return store.connection
    .prepare<[{ from: number; until: number }], Counts & Pick<WeeklyCoverage, 'week' | 'model_version'>>(
      `SELECT ${weekOf('p.predicted_at')} AS week, p.model_version,
         count(*) AS predictions, count(l.prediction_id) AS labelled
       ${labelledPredictions} GROUP BY week, p.model_version ORDER BY week, p.model_version`,
    )
    .all({ from: 0, until })
    .map((each) => ({ ...coverageOf(each), week: each.week, model_version: each.model_version }));
}

/** `older`: a newer label of the prediction is known; `contradiction`: another one of the same time is. Both leave it as it is. */
export type LabelOutcome = 'added' | 'corrected' | 'unchanged' | 'older' | 'contradiction';

/** Prepared once for a whole file; call what it returns inside the transaction. */
export function labelWriter(store: Store) {
  const predictedAt = store.connection.prepare<[string], { predicted_at: number }>(
    'SELECT predicted_at FROM prediction WHERE prediction_id = ?',
  );
  const existing = store.connection.prepare<[string], Label>('SELECT * FROM label WHERE prediction_id = ?');
  const insert = store.connection.prepare(
    'INSERT INTO label VALUES (@prediction_id, @true_label, @label_timestamp, @label_source)',
  );
  const update = store.connection.prepare(
    `UPDATE label SET true_label = @true_label, label_timestamp = @label_timestamp, label_source = @label_source
     WHERE prediction_id = @prediction_id`,
  );
  const keep = store.connection.prepare(
    `INSERT INTO label_correction (corrected_at, prediction_id, true_label, label_timestamp, label_source)
     VALUES (@corrected_at, @prediction_id, @true_label, @label_timestamp, @label_source)`,
  );
  return {
    /** Time of the prediction (epoch milliseconds), undefined for an unknown id. */
    predictedAt: (id: string): number | undefined => predictedAt.get(id)?.predicted_at,
    /** Writes one label; the label it replaces, given earlier, is kept in label_correction. */
    put: (label: Label, at: number): LabelOutcome => {
      const before = existing.get(label.prediction_id);
      if (before === undefined) {
        insert.run(label);
        return 'added';
      }
      const sameValue = before.true_label === label.true_label;
      if (label.label_timestamp === before.label_timestamp) return sameValue ? 'unchanged' : 'contradiction';
      // A file that is sent again must not bring back what was corrected meanwhile.
      if (label.label_timestamp < before.label_timestamp) return sameValue ? 'unchanged' : 'older';
      keep.run({ ...before, corrected_at: at });
      update.run(label);
      return 'corrected';
    },
  };
}

export interface LabelsByDelay {
  readonly labelled: number;
  readonly positives: number;
}

/**
 * Labels of the predictions before a time by how long they took: within so many milliseconds, and longer.
 * @param knownAt later labels are not counted
 */
export function labelsByDelay(
  store: Store,
  question: { readonly before: number; readonly knownAt: number; readonly within: number },
): { readonly early: LabelsByDelay; readonly late: LabelsByDelay } {
  const rows = store.connection
    .prepare<[typeof question], LabelsByDelay & { early: number }>(
      `SELECT l.label_timestamp - p.predicted_at <= @within AS early, count(*) AS labelled, sum(l.true_label) AS positives
       FROM label AS l JOIN prediction AS p ON p.prediction_id = l.prediction_id
       WHERE p.predicted_at < @before AND l.label_timestamp <= @knownAt GROUP BY early`,
    )
    .all(question);
  const side = (early: number) => rows.find((row) => row.early === early) ?? { labelled: 0, positives: 0 };
  return { early: side(1), late: side(0) };
}
