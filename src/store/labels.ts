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
  const predictions = count('prediction');
  const labelled = count('label');
  return { predictions, labelled, share: predictions === 0 ? 0 : labelled / predictions };
}

export type LabelOutcome = 'added' | 'corrected' | 'unchanged';

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
    /** Writes one label; the label it replaces is kept in label_correction. */
    put: (label: Label, at: number): LabelOutcome => {
      const before = existing.get(label.prediction_id);
      if (before === undefined) {
        insert.run(label);
        return 'added';
      }
      const same =
        before.true_label === label.true_label &&
        before.label_timestamp === label.label_timestamp &&
        before.label_source === label.label_source;
      if (same) return 'unchanged';
      keep.run({ ...before, corrected_at: at });
      update.run(label);
      return 'corrected';
    },
  };
}
