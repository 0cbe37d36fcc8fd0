import type { Column, Table } from '../data/table.ts';
import { joinKnownLabel, knownLabel } from './known-label.ts';
import { type FeatureColumn, featureColumns } from './predictions.ts';
import type { Store } from './store.ts';

export interface WindowQuestion {
  /** Predictions from this time on (epoch milliseconds), */
  readonly from: number;
  /** up to and with this one; labels later than it are not seen either. */
  readonly until: number;
  /** Only predictions whose label is known. */
  readonly labelledOnly?: boolean;
  /** At most so many, the last of them; by default all. */
  readonly newest?: number;
}

/** Predictions in order of time, one entry a row in every part. */
export interface PredictionWindow {
  readonly rows: number;
  /** The feature columns the store has; NaN is missing. */
  readonly features: Table;
  /** Epoch milliseconds. */
  readonly times: Float64Array;
  /** Model version that scored the row; null where none did. */
  readonly versions: readonly (string | null)[];
  /** NaN where the row was not scored. */
  readonly probabilities: Float64Array;
  /** 0 or 1; NaN where the row was not scored. */
  readonly outcomes: Float64Array;
  /** 0 or 1; NaN where no label is known. */
  readonly labels: Float64Array;
}

type RawRow = readonly (string | number | null)[];

/** Reads the predictions of a time window with their features and labels. */
export function readWindow(
  store: Store,
  { from, until, labelledOnly = false, newest = Number.POSITIVE_INFINITY }: WindowQuestion,
): PredictionWindow {
  const columns = featureColumns(store);
  const names = columns.map(({ name }) => `, p."${name.replaceAll('"', '""')}"`).join('');
  const join = labelledOnly ? 'JOIN' : 'LEFT JOIN';
  const source = `FROM prediction AS p ${join} ${joinKnownLabel('@until')}
    WHERE p.predicted_at BETWEEN @from AND @until`;
  const all =
    store.connection
      .prepare<[WindowQuestion], { rows: number }>(`SELECT count(*) AS rows ${source}`)
      .get({ from, until })?.rows ?? 0;
  const rows = Math.min(all, newest);
  const numbers = () => new Float64Array(rows).fill(Number.NaN);
  const window = { times: numbers(), probabilities: numbers(), outcomes: numbers(), labels: numbers() };
  const versions: (string | null)[] = [];
  const fills = columns.map((column) => fillColumn(column, rows));
  const selected = store.connection
    .prepare<[WindowQuestion & { readonly skipped: number }], RawRow>(
      `SELECT p.predicted_at, p.model_version, p.probability, p.outcome, ${knownLabel('@until')}${names} ${source} ORDER BY p.predicted_at, p.prediction_id LIMIT -1 OFFSET @skipped`,
    )
    .raw();
  let row = 0;
  const wanted = { from, until, skipped: all - rows };
  for (const [time, version, probability, outcome, label, ...cells] of selected.iterate(wanted)) {
    window.times[row] = number(time);
    window.probabilities[row] = number(probability);
    window.outcomes[row] = number(outcome);
    window.labels[row] = number(label);
    versions.push(version === null || version === undefined ? null : String(version));
    for (const [index, fill] of fills.entries()) fill.put(row, cells[index] ?? null);
    row++;
  }
  return { rows, features: { rows, columns: fills.map((fill) => fill.column) }, ...window, versions };
}

function number(cell: string | number | null | undefined): number {
  return typeof cell === 'number' ? cell : Number.NaN;
}

export interface ColumnFill {
  readonly column: Column;
  put(row: number, cell: string | number | null): void;
}

/** A column of so many rows, all to be put in. */
export function fillColumn({ name, type }: FeatureColumn, rows: number): ColumnFill {
  return type === 'TEXT' ? textColumn(name, rows) : numberColumn(name, rows);
}

function numberColumn(name: string, rows: number): ColumnFill {
  const values = new Float64Array(rows);
  return {
    column: { kind: 'numeric', name, type: 'number', values },
    put: (row, cell) => {
      values[row] = number(cell);
    },
  };
}

function textColumn(name: string, rows: number): ColumnFill {
  const codes = new Int32Array(rows);
  const dictionary: string[] = [];
  const known = new Map<string, number>();
  return {
    column: { kind: 'text', name, type: 'string', codes, dictionary },
    put: (row, cell) => {
      if (cell === null) {
        codes[row] = -1;
        return;
      }
      const text = String(cell);
      const code = known.get(text) ?? dictionary.push(text) - 1;
      known.set(text, code);
      codes[row] = code;
    },
  };
}
