import { joinKnownLabel, knownLabel } from './known-label.ts';
import { type Cell, featureColumns, type Prediction, quoteColumn } from './predictions.ts';
import type { Store } from './store.ts';

export interface StoredPrediction extends Omit<Prediction, 'features'> {
  /** 0 or 1; null while no label is known. */
  readonly label: number | null;
  readonly features: ReadonlyMap<string, Cell>;
}

type Row = readonly [string, number, string | null, number | null, number | null, number | null, ...Cell[]];

/** The prediction of that id, with the label known at `until` (epoch milliseconds); undefined where there was none by then. */
export function findPrediction(store: Store, id: string, until: number): StoredPrediction | undefined {
  const columns = featureColumns(store);
  const names = columns.map(({ name }) => `, p.${quoteColumn(name)}`).join('');
  const row = store.connection
    .prepare<[{ id: string; until: number }], Row>(
      `SELECT p.prediction_id, p.predicted_at, p.model_version, p.probability, p.outcome, ${knownLabel('@until')}${names}
       FROM prediction AS p LEFT JOIN ${joinKnownLabel('@until')}
       WHERE p.prediction_id = @id AND p.predicted_at <= @until`,
    )
    .raw()
    .get({ id, until });
  if (row === undefined) return undefined;
  const [prediction_id, predicted_at, model_version, probability, outcome, label, ...cells] = row;
  const features = new Map(columns.map(({ name }, place) => [name, cells[place] ?? null]));
  return { prediction_id, predicted_at, model_version, probability, outcome, label, features };
}
