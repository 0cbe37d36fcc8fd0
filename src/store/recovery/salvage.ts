import type { PageFile } from './page-file.ts';
import { fits, schemaShape, shapeOfStatement, type TableShape } from './table-shapes.ts';
import { readTreePage, type StoredRow } from './tree-page.ts';

/** What a damaged file still holds of one table. */
export interface SalvagedTable {
  readonly shape: TableShape;
  /** Found along the b-tree, or by their looks where the way to them is lost; ask for them once. */
  readonly pages: readonly number[];
  /** False where a page on the way was damaged or missing. */
  readonly whole: boolean;
  /** Highest row number that the table or one of its indexes speaks of. */
  readonly lastRowid: number;
  /** An index over all rows is whole, so that no row is unknown. */
  readonly indexed: boolean;
}

export interface Salvage {
  readonly userVersion: number | undefined;
  readonly tables: readonly SalvagedTable[];
  /** Pages that are no whole part of anything. */
  readonly damagedPages: number;
  /** Pages of rows that fit no table, or several. */
  readonly unknownPages: readonly number[];
}

/** Where a table or an index begins. */
interface Root {
  readonly kind: 'table' | 'index';
  readonly table: string;
  readonly page: number;
  /** False for an index over some of the rows. */
  readonly overAll: boolean;
}

interface Found {
  readonly shape: TableShape;
  readonly pages: number[];
  whole: boolean;
  lastRowid: number;
  indexed: boolean;
}

/**
 * Finds every page of rows that can still be read.
 *
 * First along the b-trees, as far as the schema is legible; then every page that no tree led to and whose rows all fit one
 * table's columns. Those come last, so that where two pages hold the same row the one in a tree counts.
 * @param shapes tables as they should be; where the file's own schema is legible, that counts
 * @param turn awaited between pages; throws to give up
 */
export async function salvage(
  file: PageFile,
  shapes: readonly TableShape[],
  turn: () => Promise<void>,
): Promise<Salvage> {
  const claimed = new Set<number>();
  const schema = await readSchema(file, claimed, turn);
  const tables = new Map<string, Found>(
    shapes.map((shape) => {
      const sql = schema.statements.get(shape.name);
      const written = sql === undefined ? undefined : shapeOfStatement(shape.name, sql);
      return [shape.name, { shape: written ?? shape, pages: [], whole: false, lastRowid: 0, indexed: false }];
    }),
  );
  for (const root of schema.roots) {
    const table = tables.get(root.table);
    if (table !== undefined) await followTree(file, root, table, claimed, turn);
  }
  if (schema.whole) {
    // A store from before that table came.
    for (const [name, table] of tables) table.whole ||= !schema.statements.has(name);
  }
  const rest = await adoptStrays(file, [...tables.values()], claimed, turn);
  return { userVersion: file.userVersion, tables: [...tables.values()], ...rest };
}

async function followTree(
  file: PageFile,
  root: Root,
  table: Found,
  claimed: Set<number>,
  turn: () => Promise<void>,
): Promise<void> {
  const isTable = root.kind === 'table';
  let whole = true;
  const waiting = [root.page];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    await turn();
    const page = claimed.has(next) ? undefined : readTreePage(file, next);
    const expected = page !== undefined && (page.kind === 'index') !== isTable;
    if (!expected) {
      whole = false;
      continue;
    }
    claimed.add(next);
    if (page.kind === 'table leaf') {
      if (page.rows.some((row) => !fits(table.shape, row))) {
        whole = false;
        continue;
      }
      table.pages.push(next);
      table.lastRowid = Math.max(table.lastRowid, page.rows.at(-1)?.rowid ?? 0);
      continue;
    }
    if (page.kind === 'index')
      table.lastRowid = page.rowids.reduce((most, each) => Math.max(most, each), table.lastRowid);
    else table.lastRowid = Math.max(table.lastRowid, page.lastRowid);
    waiting.push(...page.children.toReversed());
  }
  if (isTable) table.whole = whole;
  else if (whole && root.overAll) table.indexed = true;
}

async function adoptStrays(
  file: PageFile,
  tables: readonly Found[],
  claimed: ReadonlySet<number>,
  turn: () => Promise<void>,
) {
  const unknownPages: number[] = [];
  let damagedPages = 0;
  if (tables.every((table) => table.whole)) return { unknownPages, damagedPages };
  const incomplete = tables.filter((table) => !table.whole);
  for (let number = 1; number <= file.pageCount; number++) {
    await turn();
    if (claimed.has(number)) continue;
    const page = readTreePage(file, number);
    if (page === undefined) damagedPages++;
    if (page?.kind !== 'table leaf' || page.rows.length === 0) continue;
    if (page.rows.every((row) => fits(schemaShape, row))) continue;
    const owners = incomplete.filter(({ shape }) => page.rows.every((row) => fits(shape, row)));
    const [owner, second] = owners;
    if (owner === undefined || second !== undefined) {
      unknownPages.push(number);
      continue;
    }
    owner.pages.push(number);
    owner.lastRowid = Math.max(owner.lastRowid, page.rows.at(-1)?.rowid ?? 0);
  }
  return { unknownPages, damagedPages };
}

interface LegibleSchema {
  readonly whole: boolean;
  readonly roots: readonly Root[];
  readonly statements: ReadonlyMap<string, string>;
}

/** `sqlite_schema` begins on page 1; where that is lost, its other pages are known by their looks. */
async function readSchema(
  file: PageFile,
  claimed: Set<number>,
  turn: () => Promise<void>,
): Promise<LegibleSchema> {
  const found: Found = { shape: schemaShape, pages: [], whole: false, lastRowid: 0, indexed: false };
  await followTree(
    file,
    { kind: 'table', table: schemaShape.name, page: 1, overAll: true },
    found,
    claimed,
    turn,
  );
  const { whole } = found;
  if (!whole) {
    for (let number = 1; number <= file.pageCount; number++) {
      await turn();
      const page = claimed.has(number) ? undefined : readTreePage(file, number);
      if (page?.kind !== 'table leaf' || page.rows.length === 0) continue;
      if (!page.rows.every((row) => fits(schemaShape, row))) continue;
      claimed.add(number);
      found.pages.push(number);
    }
  }
  const rows = found.pages.flatMap((number) => rowsOf(file, number));
  const roots: Root[] = [];
  const statements = new Map<string, string>();
  for (const { values } of rows) {
    const [type, name, table, page, sql] = values;
    if (typeof name !== 'string' || typeof table !== 'string' || typeof page !== 'number') continue;
    if (type === 'table' && typeof sql === 'string') statements.set(name, sql);
    const overAll = typeof sql !== 'string' || !/\bWHERE\b/i.test(sql);
    if (type === 'table' || type === 'index') roots.push({ kind: type, table, page, overAll });
  }
  return { whole, roots, statements };
}

/** Rows of a page that `salvage` found. */
export function rowsOf(file: PageFile, number: number): readonly StoredRow[] {
  const page = readTreePage(file, number);
  return page?.kind === 'table leaf' ? page.rows : [];
}
