import Database from 'better-sqlite3';
import type { Connection } from '../store.ts';
import type { StoredValue } from './record-format.ts';
import type { StoredRow } from './tree-page.ts';

export interface ColumnShape {
  readonly name: string;
  readonly type: string;
  readonly mayBeNull: boolean;
  readonly hasDefault: boolean;
  /** `INTEGER PRIMARY KEY`: kept as the row's number, its place in the record is NULL. */
  readonly isRowid: boolean;
}

/** What a table's records look like, by which its pages are known where the way to them is lost. */
export interface TableShape {
  readonly name: string;
  readonly columns: readonly ColumnShape[];
}

interface TableInfo {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly dflt_value: string | null;
  readonly pk: number;
}

/** Shapes of all tables of a database, SQLite's own excepted. */
export function tableShapes(connection: Connection): readonly TableShape[] {
  return connection
    .prepare<[], { name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .all()
    .map(({ name }) => shapeOf(connection, name));
}

function shapeOf(connection: Connection, name: string): TableShape {
  const columns = connection.prepare<[string], TableInfo>('SELECT * FROM pragma_table_info(?)').all(name);
  const keys = columns.filter(({ pk }) => pk > 0);
  return {
    name,
    columns: columns.map((each) => ({
      name: each.name,
      type: each.type,
      mayBeNull: each.notnull === 0,
      hasDefault: each.dflt_value !== null,
      isRowid: keys.length === 1 && each.pk === 1 && each.type === 'INTEGER',
    })),
  };
}

/** Shape of the table that a CREATE TABLE statement makes; undefined where the text is none. */
export function shapeOfStatement(name: string, sql: string): TableShape | undefined {
  if (!/^CREATE TABLE /i.test(sql)) return undefined;
  const memory = new Database(':memory:');
  try {
    memory.exec(sql);
    return shapeOf(memory, name);
  } catch {
    return undefined;
  } finally {
    memory.close();
  }
}

/** `sqlite_schema` itself, whose pages name the tables and where they begin. */
export const schemaShape: TableShape = {
  name: 'sqlite_schema',
  columns: [
    { name: 'type', type: 'TEXT' },
    { name: 'name', type: 'TEXT' },
    { name: 'tbl_name', type: 'TEXT' },
    { name: 'rootpage', type: 'INTEGER' },
    { name: 'sql', type: 'TEXT' },
  ].map((each) => ({ ...each, mayBeNull: each.name === 'sql', hasDefault: false, isRowid: false })),
};

/** A row written before a column was added is shorter; what follows then is the column's default. */
export function fits({ columns }: TableShape, { values }: StoredRow): boolean {
  return (
    values.length <= columns.length &&
    columns.every((column, index) => {
      const value = values[index];
      return value === undefined ? column.mayBeNull || column.hasDefault : valueFits(column, value);
    })
  );
}

function valueFits({ type, mayBeNull, isRowid }: ColumnShape, value: StoredValue): boolean {
  if (value === null) return isRowid || mayBeNull;
  if (isRowid) return false;
  switch (type) {
    case 'INTEGER':
    case 'INT':
      return Number.isSafeInteger(value);
    case 'REAL':
      return typeof value === 'number';
    case 'TEXT':
      return typeof value === 'string';
    default:
      return type === 'ANY';
  }
}
