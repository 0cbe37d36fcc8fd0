import type { Table } from '../data/table.ts';
import { fillColumn } from './prediction-window.ts';
import { featureColumns, quoteColumn } from './predictions.ts';
import type { Store } from './store.ts';

export interface HistoryQuestion {
  /** Predictions from this time on (epoch milliseconds), */
  readonly from: number;
  /** up to and with this one. */
  readonly until: number;
  /** Names of the features to read. */
  readonly features: readonly string[];
  /** Of more rows than this so many are taken, spread over the time. */
  readonly mostRows: number;
}

/** Predictions in order of time. */
export interface FeatureHistory {
  /** Epoch milliseconds, one a row. */
  readonly times: Float64Array;
  readonly features: Table;
}

interface Stretch {
  readonly from: number;
  readonly until: number;
}

type Cells = readonly (string | number | null)[];

/** Of a store with more rows the first ones of each of so many stretches are read: by the index on time, whatever the store's size. */
const stretches = 1_000;

/** Some features of the predictions of a stretch of time. */
export function readFeatureHistory(
  store: Store,
  { from, until, features, mostRows }: HistoryQuestion,
): FeatureHistory {
  const columns = featureColumns(store).filter(({ name }) => features.includes(name));
  const names = columns.map(({ name }) => `, ${quoteColumn(name)}`).join('');
  const within = 'FROM prediction WHERE predicted_at >= @from AND predicted_at <= @until';
  const order = 'ORDER BY predicted_at, prediction_id LIMIT @most';
  const select = store.connection
    .prepare<[Stretch & { readonly most: number }], Cells>(`SELECT predicted_at${names} ${within} ${order}`)
    .raw();
  const counted = store.connection
    .prepare<[Stretch & { readonly most: number }], { rows: number }>(
      `SELECT count(*) AS rows FROM (SELECT 1 ${within} LIMIT @most)`,
    )
    .get({ from, until, most: mostRows + 1 });
  const rows =
    (counted?.rows ?? 0) <= mostRows
      ? select.all({ from, until, most: mostRows })
      : stretchesOf(from, until).flatMap((stretch) =>
          select.all({ ...stretch, most: Math.floor(mostRows / stretches) }),
        );
  const fills = columns.map((column) => fillColumn(column, rows.length));
  const times = new Float64Array(rows.length);
  for (const [row, [time, ...cells]] of rows.entries()) {
    times[row] = Number(time);
    for (const [index, fill] of fills.entries()) fill.put(row, cells[index] ?? null);
  }
  return { times, features: { rows: rows.length, columns: fills.map(({ column }) => column) } };
}

/** Equal parts of a stretch of time, in whole milliseconds, none of them overlapping. */
function stretchesOf(from: number, until: number): readonly Stretch[] {
  const start = (index: number) => Math.round(from + ((until + 1 - from) * index) / stretches);
  return Array.from({ length: stretches }, (_, index) => ({
    from: start(index),
    until: start(index + 1) - 1,
  }));
}
