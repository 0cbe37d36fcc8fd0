import type { Column, Table } from '../data/table.ts';
import { joinKnownLabel, knownLabel } from './known-label.ts';
import { predictionStretches } from './prediction-stretches.ts';
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
  /** Whether the predictions' ids are read. */
  readonly ids?: boolean;
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
  /** Empty unless asked for. */
  readonly ids: readonly string[];
}

/** What stands before the features in a row. */
const answers = ['p.predicted_at', 'p.probability', 'p.outcome', 'label', 'p.model_version'] as const;

/** Reads the predictions of a time window with their features and labels, as of one moment. */
export function readWindow(store: Store, question: WindowQuestion): PredictionWindow {
  return store.read(() => {
    const source = windowSource(store, question);
    const { rows } = source;
    const numbers = () => new Float64Array(rows).fill(Number.NaN);
    const window = { times: numbers(), probabilities: numbers(), outcomes: numbers(), labels: numbers() };
    const versions: (string | null)[] = [];
    const ids: string[] = [];
    const fills = fillsOf(store, question, rows);
    const id = question.ids === true ? ['p.prediction_id'] : [];
    // By position, because taking each row apart into names and a rest would take as long as SQLite does.
    source.read([...answers, ...fills.map(({ column }) => cellOf(column)), ...id], (cells, row) => {
      window.times[row] = number(cells[0]);
      window.probabilities[row] = number(cells[1]);
      window.outcomes[row] = number(cells[2]);
      window.labels[row] = number(cells[3]);
      versions.push(sameText(cells[4], versions.at(-1)));
      for (let index = 0; index < fills.length; index++)
        fills[index]?.put(row, cells[answers.length + index] ?? null);
      if (id.length > 0) ids.push(String(cells[answers.length + fills.length]));
    });
    return { rows, features: { rows, columns: fills.map((fill) => fill.column) }, ...window, versions, ids };
  });
}

/** The features alone of what `readWindow` reads. */
export function readWindowFeatures(store: Store, question: WindowQuestion): Table {
  return store.read(() => {
    const source = windowSource(store, question);
    const fills = fillsOf(store, question, source.rows);
    source.read(
      fills.map(({ column }) => cellOf(column)),
      (cells, row) => {
        for (let index = 0; index < fills.length; index++) fills[index]?.put(row, cells[index] ?? null);
      },
    );
    return { rows: source.rows, columns: fills.map((fill) => fill.column) };
  });
}

function fillsOf(store: Store, { features }: WindowQuestion, rows: number): readonly ColumnFill[] {
  return featureColumns(store)
    .filter(({ name }) => features?.includes(name) ?? true)
    .map((column) => fillColumn(column, rows));
}

function cellOf({ name }: Column): string {
  return `p.${quoteColumn(name)}`;
}

interface WindowSource {
  readonly rows: number;
  /** Gives the cells of each row with its position, in order of time. */
  read(cells: readonly string[], take: (cells: RawRow, row: number) => void): void;
}

type RawRow = readonly (string | number | null)[];

interface Asked {
  readonly from: number;
  readonly until: number;
  /** Labels of later times are not known yet. */
  readonly known: number;
}

function windowSource(
  store: Store,
  { from, until, labelledOnly = false, newest = Number.POSITIVE_INFINITY }: WindowQuestion,
): WindowSource {
  const { connection } = store;
  const known = labelledOnly || hasLabels(store);
  const label = `${known ? knownLabel('@known') : 'NULL'} AS label`;
  const join = known ? `${labelledOnly ? '' : 'LEFT '}JOIN ${joinKnownLabel('@known')}` : '';
  const source = `FROM prediction AS p ${join} WHERE p.predicted_at BETWEEN @from AND @until`;
  const counted = connection.prepare<[Asked], number>(`SELECT count(*) ${source}`).pluck();
  const count = (start: number) => counted.get({ from: start, until, known: until }) ?? 0;
  const all = count(from);
  const rows = Math.min(all, newest);
  const start = rows === all ? from : timeOf(all - rows);
  return { rows, read };

  function timeOf(row: number): number {
    const time = connection
      .prepare<[Asked & { readonly row: number }], number>(
        `SELECT p.predicted_at ${source} ORDER BY p.predicted_at LIMIT 1 OFFSET @row`,
      )
      .pluck();
    return time.get({ from, until, known: until, row }) ?? from;
  }

  function read(cells: readonly string[], take: (cells: RawRow, row: number) => void): void {
    const named = cells.map((cell) => (cell === 'label' ? label : cell)).join(', ');
    const selected = connection
      .prepare<[Asked], RawRow>(`SELECT ${named} ${source} ORDER BY p.predicted_at, p.rowid`)
      .raw();
    /** Below 0 are those older than the oldest that is wanted, of the same time. */
    let row = rows === all ? 0 : rows - count(start);
    for (const { crowded, ...stretch } of predictionStretches(store, { from: start, until })) {
      const asked = { ...stretch, known: until };
      for (const cellsOfRow of crowded ? selected.iterate(asked) : selected.all(asked)) {
        if (row >= 0) take(cellsOfRow, row);
        row++;
      }
    }
  }
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
