import {
  type Column,
  featureNames,
  findColumn,
  listNames,
  predictionColumn,
  predictionColumns,
  requireColumn,
  requireSchema,
  type Table,
  type TableSchema,
  textAt,
} from '../../data/index.ts';

import { DataError } from '../../platform/errors.ts';
import { nextTurn } from '../../platform/next-turn.ts';
import {
  type Cell,
  type ConflictingRow,
  type FeatureColumn,
  type Prediction,
  predictionSpool,
  type RecordedPredictions,
  recordEvent,
  type Store,
} from '../../store/index.ts';

/** What a model version answered for every row of a table. */
export interface Answers {
  readonly version: string;
  readonly threshold: number;
  /** One a row, 0..1. */
  readonly probabilities: Float64Array;
}

export interface PredictionsToRecord {
  readonly table: Table;
  /** What messages and the audit call it: a file's path. */
  readonly source: string;
  readonly schema: TableSchema | undefined;
  /** Takes the place of the table's own version, probability and outcome. */
  readonly answers?: Answers;
  readonly who: string;
  readonly command: string;
  /** Epoch milliseconds; a prediction cannot be later. */
  readonly now: number;
  /** Given the rows that are known with other values, when there are any. */
  readonly rejected?: (rows: Iterable<ConflictingRow>) => void;
}

const rowsBetweenLooks = 10_000;

/**
 * Records predictions in one transaction; what is known already stays as it is.
 * @throws DataError when a column is not as the schema says, or id or time are missing or wrong in some row, naming it; then
 *   nothing is recorded
 */
export async function recordPredictions(
  store: Store,
  wanted: PredictionsToRecord,
  signal: AbortSignal,
): Promise<RecordedPredictions> {
  const { table, source, schema, who, command, now } = wanted;
  if (schema !== undefined) requireSchema(table, schema, source, { beside: predictionColumns });
  const features = featuresOf(table, schema);
  const rowOf = predictionReader(wanted);
  const spool = predictionSpool(store, features.map(storedColumn));
  for (let row = 0; row < table.rows; row++) {
    if (row % rowsBetweenLooks === 0) await nextTurn(signal);
    spool.add({ ...rowOf(row), features: features.map((column) => cellAt(column, row)) });
  }
  await nextTurn(signal);
  const recorded = await store.changeInTurns(async () => {
    const outcome = await spool.recordInTurns(() => nextTurn(signal));
    if (outcome.added > 0)
      recordEvent(store, { at: now, who, command, reason: source, before: null, after: outcome });
    return outcome;
  });
  if (recorded.conflicting > 0) wanted.rejected?.(spool.conflicting());
  spool.discard();
  return recorded;
}

function featuresOf(table: Table, schema: TableSchema | undefined): readonly Column[] {
  if (schema !== undefined) return featureNames(schema).map((name) => requireColumn(table, name));
  return table.columns.filter((column) => !predictionColumns.includes(column.name));
}

function storedColumn({ name, kind }: Column): FeatureColumn {
  return { name, type: kind === 'text' ? 'TEXT' : 'REAL' };
}

function predictionReader({ table, source, answers, now }: PredictionsToRecord) {
  requirePredictionColumns(table, source);
  const ids = requireColumn(table, predictionColumn.id);
  const times = requireColumn(table, predictionColumn.time);
  if (table.rows > 0 && times.type !== 'datetime') {
    throw new DataError(`${source}: column '${predictionColumn.time}' holds values that are no times`, {
      why: 'a time is ISO 8601 with its zone, like 2026-08-03T06:00:00Z',
      remedy: 'add the zone in every row',
    });
  }
  const answer = answers === undefined ? ownAnswer(table, source) : givenAnswer(answers);
  return (row: number): Omit<Prediction, 'features'> => {
    const id = cellAt(ids, row);
    const time = cellAt(times, row);
    if (id === null) throw atRow(source, row, `has no ${predictionColumn.id}`, 'give every prediction an id');
    if (typeof time !== 'number')
      throw atRow(source, row, `has no ${predictionColumn.time}`, 'give every prediction a time');
    if (time > now)
      throw atRow(source, row, 'was predicted in the future', 'check the clock of what wrote it');
    return { prediction_id: String(id), predicted_at: time, ...answer(row) };
  };
}

function requirePredictionColumns(table: Table, source: string): void {
  const wanted = [predictionColumn.id, predictionColumn.time];
  const missing = wanted.filter((name) => findColumn(table, name) === undefined);
  if (missing.length === 0) return;
  throw new DataError(`${source} lacks ${missing.join(', ')}`, {
    why: `its columns are ${listNames(table.columns.map((column) => column.name))}`,
    remedy: 'give every prediction an id and a time; nothing was recorded',
  });
}

type Answer = Pick<Prediction, 'model_version' | 'probability' | 'outcome'>;

function givenAnswer({ version, threshold, probabilities }: Answers): (row: number) => Answer {
  return (row) => {
    const probability = probabilities[row] ?? Number.NaN;
    return { model_version: version, probability, outcome: probability >= threshold ? 1 : 0 };
  };
}

function ownAnswer(table: Table, source: string): (row: number) => Answer {
  const cell = (name: string, row: number): Cell => {
    const column = findColumn(table, name);
    return column === undefined ? null : cellAt(column, row);
  };
  return (row) => {
    const version = cell(predictionColumn.version, row);
    return {
      model_version: version === null ? null : String(version),
      probability: share(cell(predictionColumn.probability, row), source, row),
      outcome: binary(cell(predictionColumn.outcome, row), source, row),
    };
  };
}

function share(cell: Cell, source: string, row: number): number | null {
  if (cell === null || (typeof cell === 'number' && cell >= 0 && cell <= 1)) return cell;
  throw atRow(source, row, `has probability '${cell}', which is not between 0 and 1`, 'correct that row');
}

function binary(cell: Cell, source: string, row: number): number | null {
  if (cell === null || cell === 0 || cell === 1) return cell;
  throw atRow(source, row, `has outcome '${cell}', which is not 0 or 1`, 'correct that row');
}

function atRow(source: string, row: number, what: string, remedy: string): DataError {
  return new DataError(`${source}: row ${row + 1} ${what}`, { remedy: `${remedy}; nothing was recorded` });
}

function cellAt(column: Column, row: number): Cell {
  if (column.kind === 'text') return textAt(column, row) ?? null;
  const value = column.values[row] ?? Number.NaN;
  return Number.isNaN(value) ? null : value;
}
