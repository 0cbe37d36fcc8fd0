import { ensureFeatureColumns, type FeatureColumn, quoteColumn, requireFeatureNames } from './predictions.ts';
import type { Store } from './store.ts';

/** What one version answered at one time, as columns: few objects, because each costs on the way to another thread. */
export interface ScoredRows {
  readonly version: string;
  /** Probability from which the outcome is 1. */
  readonly threshold: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly ids: readonly string[];
  readonly probabilities: Float64Array;
  /** Row-major, one cell a numeric feature; NaN is missing. */
  readonly numbers: Float64Array;
  /** Row-major, one cell a text feature. */
  readonly texts: readonly (string | null)[];
}

/** Features by their names, in the order in which the rows hold them. */
export interface LoggedFeatures {
  readonly numeric: readonly string[];
  readonly text: readonly string[];
}

export interface StoredAnswer {
  readonly prediction_id: string;
  readonly predicted_at: number;
  readonly model_version: string | null;
  readonly probability: number | null;
  readonly outcome: number | null;
  /** Of the version that answered; null where it is not registered here. */
  readonly threshold: number | null;
}

/** A row whose id the store knew already; what is known stays. */
export interface KnownRow {
  readonly row: number;
  /** Whether it is known with the same features. */
  readonly same: boolean;
  readonly stored: StoredAnswer;
}

const storedAnswer = `p.prediction_id, p.predicted_at, p.model_version, p.probability, p.outcome,
  (SELECT threshold FROM model_version AS m WHERE CAST(m.version AS TEXT) = p.model_version) AS threshold`;

export function predictionAnswer(store: Store, id: string): StoredAnswer | undefined {
  return store.connection
    .prepare<[string], StoredAnswer>(`SELECT ${storedAnswer} FROM prediction AS p WHERE p.prediction_id = ?`)
    .get(id);
}

/** Adds predictions row by row; call `append` inside the transaction. */
export interface PredictionLog {
  /** @returns the rows that were known already */
  append(rows: ScoredRows): readonly KnownRow[];
  /** The rows that are known, without adding any. */
  known(rows: ScoredRows): readonly KnownRow[];
}

/**
 * Prepares the table for rows with these features, and what adds them.
 * @throws DataError when a feature's name is taken, or holds text where numbers were stored, or the other way round
 */
export function predictionLog(store: Store, { numeric, text }: LoggedFeatures): PredictionLog {
  const features: readonly FeatureColumn[] = [
    ...numeric.map((name) => ({ name, type: 'REAL' as const })),
    ...text.map((name) => ({ name, type: 'TEXT' as const })),
  ];
  requireFeatureNames(store, features);
  store.change(() => ensureFeatureColumns(store, features));
  const quoted = features.map(({ name }) => quoteColumn(name));
  const names = ['prediction_id', 'predicted_at', 'model_version', 'probability', 'outcome', ...quoted];
  const insert = store.connection.prepare(
    `INSERT INTO prediction (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
  );
  const known = store.connection
    .prepare<[string], readonly (string | number | null)[]>(
      `SELECT ${['prediction_id', ...quoted].join(', ')} FROM prediction WHERE prediction_id = ?`,
    )
    .raw();
  const knownRow = (rows: ScoredRows, row: number): KnownRow | undefined => {
    const id = rows.ids[row] ?? '';
    const stored = predictionAnswer(store, id);
    if (stored === undefined) return undefined;
    const [, ...before] = known.get(id) ?? [];
    const cells = cellsOf(rows, row, numeric.length, text.length);
    return { row, same: cells.every((cell, place) => cell === before[place]), stored };
  };
  return {
    append: (rows) => {
      const found: KnownRow[] = [];
      for (let row = 0; row < rows.ids.length; row++) {
        const { changes } = insert.run(
          rows.ids[row],
          rows.at,
          rows.version,
          rows.probabilities[row],
          outcomeOf(rows, row),
          ...cellsOf(rows, row, numeric.length, text.length),
        );
        const before = changes === 1 ? undefined : knownRow(rows, row);
        if (before !== undefined) found.push(before);
      }
      return found;
    },
    known: (rows) => rows.ids.map((_, row) => knownRow(rows, row)).filter((each) => each !== undefined),
  };
}

/** 0 or 1. */
export function outcomeOf({ probabilities, threshold }: ScoredRows, row: number): number {
  return Number((probabilities[row] ?? Number.NaN) >= threshold);
}

function cellsOf({ numbers, texts }: ScoredRows, row: number, numeric: number, text: number) {
  const cells: (string | number | null)[] = new Array(numeric + text);
  for (let place = 0; place < numeric; place++) {
    const value = numbers[row * numeric + place] ?? Number.NaN;
    cells[place] = Number.isNaN(value) ? null : value;
  }
  for (let place = 0; place < text; place++) cells[numeric + place] = texts[row * text + place] ?? null;
  return cells;
}
