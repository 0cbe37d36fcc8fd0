import type { Column, Table } from '../data/table.ts';
import { joinKnownLabel, knownLabel } from './known-label.ts';
import { type FeatureColumn, featureColumns, quoteColumn } from './predictions.ts';
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
  /** Names of the features to read; by default all that the store has. */
  readonly features?: readonly string[];
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

/** Position of the first feature in a row. */
const firstFeature = 5;

type RawRow = readonly (string | number | null)[];

/** Reads the predictions of a time window with their features and labels. */
export function readWindow(
  store: Store,
  { from, until, labelledOnly = false, newest = Number.POSITIVE_INFINITY, features }: WindowQuestion,
): PredictionWindow {
  const columns = featureColumns(store).filter(({ name }) => features?.includes(name) ?? true);
  const names = columns.map(({ name }) => `, p.${quoteColumn(name)}`).join('');
  const known = labelledOnly || hasLabels(store);
  const label = known ? knownLabel('@until') : 'NULL';
  const join = known ? `${labelledOnly ? '' : 'LEFT '}JOIN ${joinKnownLabel('@until')}` : '';
  const source = `FROM prediction AS p ${join} WHERE p.predicted_at BETWEEN @from AND @until`;
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
      `SELECT p.predicted_at, p.probability, p.outcome, ${label}, p.model_version${names} ${source} ORDER BY p.predicted_at, p.rowid LIMIT -1 OFFSET @skipped`,
    )
    .raw();
  const wanted = { from, until, skipped: all - rows };
  let row = 0;
  // By position, because taking each row apart into names and a rest would take as long as SQLite does.
  for (const cells of selected.iterate(wanted)) {
    window.times[row] = number(cells[0]);
    window.probabilities[row] = number(cells[1]);
    window.outcomes[row] = number(cells[2]);
    window.labels[row] = number(cells[3]);
    versions.push(sameText(cells[4], versions.at(-1)));
    for (let index = 0; index < fills.length; index++)
      fills[index]?.put(row, cells[firstFeature + index] ?? null);
    row++;
  }
  return { rows, features: { rows, columns: fills.map((fill) => fill.column) }, ...window, versions };
}

/** Without any, looking for the label of each prediction is spared. */
function hasLabels(store: Store): boolean {
  return store.connection.prepare('SELECT 1 FROM label LIMIT 1').get() !== undefined;
}

/** One string for the rows on end that have the same, instead of one each. */
function sameText(cell: string | number | null | undefined, last: string | null | undefined): string | null {
  if (cell === null || cell === undefined) return null;
  const text = String(cell);
  return text === last ? last : text;
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
