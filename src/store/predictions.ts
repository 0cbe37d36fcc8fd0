import { DataError } from '../platform/errors.ts';
import type { Store } from './store.ts';

export type Cell = string | number | null;

export interface Prediction {
  readonly prediction_id: string;
  /** Epoch milliseconds. */
  readonly predicted_at: number;
  readonly model_version: string | null;
  readonly probability: number | null;
  readonly outcome: number | null;
  /** One value a feature, in the order given to `predictionWriter`. */
  readonly features: readonly Cell[];
}

export interface FeatureColumn {
  readonly name: string;
  readonly type: 'REAL' | 'TEXT';
}

const ownColumns = ['prediction_id', 'predicted_at', 'model_version', 'probability', 'outcome'];
const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;

/**
 * Adds the feature columns that the table lacks; call it inside the transaction.
 * @throws DataError when a feature's name is one of the table's own, whichever its case
 */
export function ensureFeatureColumns(store: Store, features: readonly FeatureColumn[]): void {
  const known = new Set(
    store.connection
      .prepare<[], { name: string }>("SELECT name FROM pragma_table_info('prediction')")
      .all()
      .map((each) => each.name.toLowerCase()),
  );
  for (const { name, type } of features) {
    if (ownColumns.includes(name.toLowerCase())) {
      throw new DataError(`a feature cannot be called '${name}'`, {
        why: 'the store keeps something else by that name',
        remedy: 'rename the column',
      });
    }
    if (!known.has(name.toLowerCase()))
      store.connection.exec(`ALTER TABLE prediction ADD COLUMN ${quote(name)} ${type}`);
  }
}

/** Prepared once for a whole file; the function it returns is called inside the transaction. */
export function predictionWriter(store: Store, features: readonly FeatureColumn[]) {
  const columns = [...ownColumns, ...features.map((each) => each.name)].map(quote).join(', ');
  const marks = new Array(ownColumns.length + features.length).fill('?').join(', ');
  const insert = store.connection.prepare(
    `INSERT INTO prediction (${columns}) VALUES (${marks}) ON CONFLICT DO NOTHING`,
  );
  const existing = store.connection
    .prepare<[string], Cell[]>(`SELECT ${columns} FROM prediction WHERE prediction_id = ?`)
    .raw();
  return (prediction: Prediction): 'added' | 'unchanged' | 'conflict' => {
    const { prediction_id, predicted_at, model_version, probability, outcome } = prediction;
    const row = [prediction_id, predicted_at, model_version, probability, outcome, ...prediction.features];
    if (insert.run(row).changes === 1) return 'added';
    const before = existing.get(prediction_id) ?? [];
    return row.every((cell, index) => cell === before[index]) ? 'unchanged' : 'conflict';
  };
}
