import { type AuditEntry, auditGaps, continueChain, isEventRow, isUnaltered, recordEvent } from '../audit.ts';
import { stageGaps, storeProblems } from '../integrity.ts';
import { mendStageHistory } from '../model-versions.ts';
import { type FeatureColumn, quoteColumn } from '../predictions.ts';
import type { Store } from '../store.ts';
import { fillFromBackup } from './fill-from-backup.ts';
import { dropOrphans, type Leftover } from './orphans.ts';
import type { PageFile } from './page-file.ts';
import { type RecordedBreaks, recoveryCommand } from './recorded-breaks.ts';
import { rowsOf, type SalvagedTable, salvage } from './salvage.ts';
import { type TableShape, tableShapes } from './table-shapes.ts';
import type { StoredRow } from './tree-page.ts';

export interface RecoveredTable {
  readonly name: string;
  readonly recovered: number;
  /** By the numbers that rows and indexes speak of; of a table that was whole, audit rows that only the chain's head tells of. */
  readonly lost: number;
  /** False where more rows than those may be lost, because what would tell of them is lost, too. */
  readonly exact: boolean;
  /** Of those, taken from the backup. */
  readonly from_backup: number;
  /** Legible, but what they belong to is lost; handed to `keepAside`. */
  readonly aside: number;
}

export interface Rebuilt extends RecordedBreaks {
  readonly tables: readonly RecoveredTable[];
  readonly damagedPages: number;
  /** What is wrong with the new store all the same, a sentence each. */
  readonly problems: readonly string[];
}

export interface Rebuilding {
  readonly change: Pick<AuditEntry, 'at' | 'who' | 'reason'>;
  /** Features of the predictions, for where the damaged file does not say. */
  readonly features: readonly FeatureColumn[];
  /** Given every legible row that cannot stand in the new store. */
  readonly keepAside: (leftover: Leftover) => void;
  /** A whole store file from before, whose rows stand in for lost ones. */
  readonly backup?: string | undefined;
  /** Said of the recovery in the audit, beside what was lost. */
  readonly note: Readonly<Record<string, unknown>>;
  readonly turn: () => Promise<void>;
}

/**
 * Fills a fresh store with every row of a damaged file that can be read, and ends with an audit row that says what could
 * not. The audit goes on from the last row known.
 */
export async function rebuildStore(store: Store, file: PageFile, wanted: Rebuilding): Promise<Rebuilt> {
  const { connection } = store;
  const shapes = tableShapes(connection).map((shape) => withFeatures(shape, wanted.features));
  const found = await salvage(file, shapes, wanted.turn);
  const aside = new Map<string, number>();
  const keepAside = (leftover: Leftover) => {
    aside.set(leftover.table, (aside.get(leftover.table) ?? 0) + 1);
    wanted.keepAside(leftover);
  };
  connection.pragma('foreign_keys = OFF');
  if (wanted.backup !== undefined) connection.prepare('ATTACH ? AS backup').run(wanted.backup);
  connection.exec('BEGIN IMMEDIATE');
  for (const table of found.tables) {
    addMissingColumns(store, table.shape);
    await fill(store, file, table, keepAside, wanted.turn);
  }
  const incomplete = found.tables.filter(({ whole }) => !whole).map(({ shape }) => shape.name);
  const filled =
    wanted.backup === undefined ? new Map<string, number>() : fillFromBackup(connection, incomplete);
  dropOrphans(connection, keepAside);
  const head = continueChain(store);
  const tables = found.tables.map((table) => {
    const fromBackup = filled.get(table.shape.name) ?? 0;
    const recovered = rowsOfTable(store, table.shape.name);
    const setAside = aside.get(table.shape.name) ?? 0;
    const known = table.shape.name === 'event' ? Math.max(table.lastRowid, head.seq) : table.lastRowid;
    return {
      name: table.shape.name,
      recovered,
      from_backup: fromBackup,
      lost: table.whole ? known - table.lastRowid : Math.max(0, known - recovered - setAside),
      exact: table.whole || table.indexed,
      aside: setAside,
    };
  });
  mendStageHistory(store, wanted.change.at);
  const breaks = { audit_gaps: [...auditGaps(store)], stage_gaps: [...stageGaps(store)] };
  recordEvent(store, {
    ...wanted.change,
    command: recoveryCommand,
    before: null,
    after: {
      ...wanted.note,
      ...breaks,
      last_good: head,
      tables: tables.filter(({ recovered, lost, exact }) => recovered + lost > 0 || !exact),
    },
  });
  connection.exec('COMMIT');
  connection.pragma('foreign_keys = ON');
  if (wanted.backup !== undefined) connection.exec('DETACH backup');
  return { tables, ...breaks, damagedPages: found.damagedPages, problems: storeProblems(store) };
}

/** The damaged file's own schema names the features; these stand in where it is lost. */
function withFeatures(shape: TableShape, features: readonly FeatureColumn[]): TableShape {
  if (shape.name !== 'prediction') return shape;
  const added = features.map((each) => ({ ...each, mayBeNull: true, hasDefault: false, isRowid: false }));
  return { ...shape, columns: [...shape.columns, ...added] };
}

function addMissingColumns({ connection }: Store, { name, columns }: TableShape): void {
  const known = connection
    .prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?)')
    .all(name)
    .map((each) => each.name);
  for (const column of columns) {
    if (!known.includes(column.name))
      connection.exec(
        `ALTER TABLE ${quoteColumn(name)} ADD COLUMN ${quoteColumn(column.name)} ${column.type}`,
      );
  }
}

async function fill(
  { connection }: Store,
  file: PageFile,
  { shape, pages }: SalvagedTable,
  keepAside: (leftover: Leftover) => void,
  turn: () => Promise<void>,
): Promise<void> {
  if (pages.length > 0) connection.exec(`DELETE FROM ${quoteColumn(shape.name)}`);
  const insert = inserter(connection, shape);
  for (const number of pages) {
    await turn();
    for (const row of rowsOf(file, number)) {
      const content = contentOf(shape, row);
      if (shape.name === 'event' && !(isEventRow(content) && isUnaltered(content))) {
        keepAside({
          table: shape.name,
          rowid: row.rowid,
          reason: 'its hash is not that of its content',
          content,
        });
      } else insert(row);
    }
  }
}

function rowsOfTable({ connection }: Store, table: string): number {
  const counted = connection.prepare<[], { rows: number }>(
    `SELECT count(*) AS rows FROM ${quoteColumn(table)}`,
  );
  return counted.get()?.rows ?? 0;
}

function contentOf({ columns }: TableShape, { rowid, values }: StoredRow): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    columns.map(({ name, isRowid }, index) => [name, isRowid ? rowid : (values[index] ?? null)]),
  );
}

/** Rows keep their numbers, so that what comes first stays first; one that is there already stays. */
function inserter(connection: Store['connection'], { name, columns }: TableShape) {
  const prepare = (length: number) => {
    const own = columns.slice(0, length).filter(({ isRowid }) => !isRowid);
    const names = ['rowid', ...own.map((column) => quoteColumn(column.name))];
    return connection.prepare(
      `INSERT OR IGNORE INTO ${quoteColumn(name)} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    );
  };
  const statements = new Map<number, ReturnType<typeof prepare>>();
  return ({ rowid, values }: StoredRow): void => {
    const statement = statements.get(values.length) ?? prepare(values.length);
    statements.set(values.length, statement);
    statement.run(rowid, ...values.filter((_, index) => columns[index]?.isRowid !== true));
  };
}
