import Database from 'better-sqlite3';
import { DataError, InputOutputError } from '../platform/errors.ts';
import type { Store } from './store.ts';

export type Cell = string | number | null;

export interface Prediction {
  readonly prediction_id: string;
  /** Epoch milliseconds. */
  readonly predicted_at: number;
  readonly model_version: string | null;
  readonly probability: number | null;
  readonly outcome: number | null;
  /** One value a feature, in the order given to `predictionSpool`. */
  readonly features: readonly Cell[];
}

export interface FeatureColumn {
  readonly name: string;
  readonly type: 'REAL' | 'TEXT';
}

export interface RecordedPredictions {
  readonly read: number;
  readonly added: number;
  readonly unchanged: number;
  /** Known already with other values, which stay. */
  readonly conflicting: number;
  /** The first of the conflicting ids. */
  readonly conflicts: string[];
}

export interface ConflictingRow {
  /** Number of the row among those gathered, from 1. */
  readonly row: number;
  readonly prediction_id: string;
}

export interface PredictionSpool {
  /** @throws InputOutputError when the temporary table cannot be written */
  add(prediction: Prediction): void;
  /** Moves everything into the store, what is known already excepted; call it inside the transaction. */
  record(): RecordedPredictions;
  /** After `record`: every gathered row that is known with other values, in order. */
  conflicting(): Iterable<ConflictingRow>;
  /** As `record`, inside `changeInTurns`: `turn` is called between two stretches of the work. */
  recordInTurns(turn: () => Promise<void>): Promise<RecordedPredictions>;
  /** Throws the gathered rows away. */
  discard(): void;
}

const ownColumns = ['prediction_id', 'predicted_at', 'model_version', 'probability', 'outcome'] as const;
/** Names that SQLite has for a row's number. */
const rowNumberNames: readonly string[] = ['rowid', 'oid', '_rowid_'];
/** SQLite takes as many columns in a table or a result. */
const mostColumns = 2000;
const mostConflictsNamed = 10;
const rowsMovedAtOnce = 20_000;

/** A column's name as SQL has it, whatever characters it holds. */
export function quoteColumn(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The feature columns that the table has, in the order they came. */
export function featureColumns(store: Store): readonly FeatureColumn[] {
  const own: readonly string[] = ownColumns;
  return store.connection
    .prepare<[], { name: string; type: string }>("SELECT name, type FROM pragma_table_info('prediction')")
    .all()
    .filter((each) => !own.includes(each.name))
    .map(({ name, type }) => ({ name, type: type === 'TEXT' ? 'TEXT' : 'REAL' }));
}

/**
 * Gathers predictions of any number in a temporary table on disk, without holding a lock, so that they enter the store in
 * one short transaction.
 */
export function predictionSpool(store: Store, features: readonly FeatureColumn[]): PredictionSpool {
  requireFeatureNames(store, features);
  const { connection } = store;
  const names = [...ownColumns, ...features.map((each) => each.name)].map(quoteColumn);
  connection.pragma('temp_store = FILE');
  connection.exec(`DROP TABLE IF EXISTS temp.spool; CREATE TEMP TABLE spool (${names.join(', ')})`);
  const insert = connection.prepare(
    `INSERT INTO temp.spool VALUES (${new Array(names.length).fill('?').join(', ')})`,
  );
  const clash = `FROM temp.spool AS s JOIN prediction AS p USING (prediction_id) WHERE ${anyDiffers(names)}`;
  let read = 0;
  function* stretches(): Generator<void, RecordedPredictions> {
    ensureFeatureColumns(store, features);
    const move = connection.prepare<[number, number]>(
      `INSERT INTO prediction (${names.join(', ')}) SELECT * FROM temp.spool WHERE rowid > ? AND rowid <= ? ORDER BY rowid ON CONFLICT DO NOTHING`,
    );
    let added = 0;
    for (let from = 0; from < read; from += rowsMovedAtOnce) {
      added += move.run(from, from + rowsMovedAtOnce).changes;
      yield;
    }
    const clashes = read === added ? { conflicting: 0, conflicts: [] } : findConflicts(store, clash);
    return { read, added, unchanged: read - added - clashes.conflicting, ...clashes };
  }
  return {
    add: ({ prediction_id, predicted_at, model_version, probability, outcome, features: cells }) => {
      try {
        insert.run(prediction_id, predicted_at, model_version, probability, outcome, ...cells);
      } catch (error) {
        throw error instanceof Database.SqliteError ? unkept(error) : error;
      }
      read++;
    },
    record: () => {
      const work = stretches();
      for (;;) {
        const stretch = work.next();
        if (stretch.done === true) return stretch.value;
      }
    },
    recordInTurns: async (turn) => {
      const work = stretches();
      for (;;) {
        const stretch = work.next();
        await turn();
        if (stretch.done === true) return stretch.value;
      }
    },
    conflicting: () =>
      connection
        .prepare<[], ConflictingRow>(`SELECT s.rowid AS row, prediction_id ${clash} ORDER BY s.rowid`)
        .iterate(),
    discard: () => connection.exec('DROP TABLE IF EXISTS temp.spool'),
  };
}

const termsAGroup = 100;

/** In groups, because SQLite takes an expression of at most 1,000 levels, and each OR is one. */
function anyDiffers(names: readonly string[]): string {
  const terms = names.map((name) => `s.${name} IS NOT p.${name}`);
  const groups: string[] = [];
  for (let from = 0; from < terms.length; from += termsAGroup)
    groups.push(`(${terms.slice(from, from + termsAGroup).join(' OR ')})`);
  return groups.join(' OR ');
}

/** @throws DataError when a name is taken, or the table would have more columns than SQLite takes */
export function requireFeatureNames(store: Store, features: readonly FeatureColumn[]): void {
  const taken: readonly string[] = [...ownColumns, ...rowNumberNames];
  const reserved = features.find(({ name }) => taken.includes(name.toLowerCase()));
  if (reserved !== undefined) {
    throw new DataError(`a feature cannot be called '${reserved.name}'`, {
      why: 'the store keeps something else by that name, in upper or lower case',
      remedy: 'rename the column; nothing was recorded',
    });
  }
  const all = new Set([...featureColumns(store), ...features].map(({ name }) => name.toLowerCase()));
  const most = mostColumns - ownColumns.length;
  if (all.size <= most) return;
  throw new DataError(`${all.size.toLocaleString('en-US')} features are more than the store takes`, {
    why: `it has a column for each, at most ${most.toLocaleString('en-US')}`,
    remedy:
      'name in the schema the features that the model takes, and leave the rest out; nothing was recorded',
  });
}

/** Gathered rows whose id is known with other values. */
function findConflicts({ connection }: Store, clash: string) {
  const counted = connection.prepare<[], { rows: number }>(`SELECT count(*) AS rows ${clash}`).get();
  const conflicts = connection
    .prepare<[], { prediction_id: string }>(
      `SELECT prediction_id ${clash} ORDER BY s.rowid LIMIT ${mostConflictsNamed}`,
    )
    .all()
    .map((each) => each.prediction_id);
  return { conflicting: counted?.rows ?? 0, conflicts };
}

function unkept({ message }: Error): InputOutputError {
  return new InputOutputError('the predictions cannot be kept in a temporary file', {
    why: message,
    remedy: 'make space in the folder of temporary files (TMPDIR); nothing was recorded',
  });
}

/** Adds the feature columns that the table lacks. @throws DataError when the type differs from the column's. */
export function ensureFeatureColumns(store: Store, features: readonly FeatureColumn[]): void {
  const known = new Map(featureColumns(store).map((each) => [each.name.toLowerCase(), each.type]));
  for (const { name, type } of features) {
    const before = known.get(name.toLowerCase());
    if (before === undefined)
      store.connection.exec(`ALTER TABLE prediction ADD COLUMN ${quoteColumn(name)} ${type}`);
    else if (before !== type) {
      const [was, is] = before === 'TEXT' ? ['text', 'numbers'] : ['numbers', 'text'];
      throw new DataError(`column '${name}' holds ${is}, and the predictions before it hold ${was}`, {
        why: 'one feature has one type',
        remedy: 'correct the column; nothing was recorded',
      });
    }
  }
}
