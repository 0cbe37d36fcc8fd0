import type { Table } from '../data/table.ts';
import { fillColumn } from './prediction-window.ts';
import { featureColumns, quoteColumn } from './predictions.ts';
import type { Store } from './store.ts';

interface Span {
  /** Predictions from this time on (epoch milliseconds), */
  readonly from: number;
  /** up to and with this one. */
  readonly until: number;
}

type Cells = readonly (string | number | null)[];

/**
 * The features of the predictions of a time window alone, in order of time and then as they were recorded: less than half the
 * time of `readWindow`, which looks up answers and labels too.
 */
export function readFeatureWindow(store: Store, span: Span): Table {
  const columns = featureColumns(store);
  const within = 'FROM prediction WHERE predicted_at BETWEEN @from AND @until';
  const rows =
    store.connection.prepare<[Span], { rows: number }>(`SELECT count(*) AS rows ${within}`).get(span)?.rows ??
    0;
  const fills = columns.map((column) => fillColumn(column, rows));
  const names = columns.map(({ name }) => quoteColumn(name)).join(', ');
  const selected = store.connection
    .prepare<[Span], Cells>(`SELECT ${names || 'NULL'} ${within} ORDER BY predicted_at, rowid`)
    .raw();
  let row = 0;
  for (const cells of selected.iterate(span)) {
    for (let index = 0; index < fills.length; index++) fills[index]?.put(row, cells[index] ?? null);
    row++;
  }
  return { rows, columns: fills.map((fill) => fill.column) };
}
