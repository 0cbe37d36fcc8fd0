import { DataError } from '../platform/errors.ts';
import { listNames } from './list-names.ts';

/** Types of the Table Schema standard that this program reads; booleans and times are held as numbers. */
export type ColumnType = 'number' | 'integer' | 'boolean' | 'datetime' | 'string';

export interface NumericColumn {
  readonly kind: 'numeric';
  readonly name: string;
  readonly type: Exclude<ColumnType, 'string'>;
  /** One value a row; NaN is missing, a datetime is epoch milliseconds, a boolean 0 or 1. */
  readonly values: Float64Array;
}

export interface TextColumn {
  readonly kind: 'text';
  readonly name: string;
  readonly type: 'string';
  /** One index into `dictionary` a row; -1 is missing. */
  readonly codes: Int32Array;
  readonly dictionary: readonly string[];
}

export type Column = NumericColumn | TextColumn;

/** Columns of equal length, in file order, names unique. */
export interface Table {
  readonly rows: number;
  readonly columns: readonly Column[];
}

/** Of a table with thousands of columns, each may be asked for. */
const columnsByName = new WeakMap<Table, ReadonlyMap<string, Column>>();

export function findColumn(table: Table, name: string): Column | undefined {
  const known = columnsByName.get(table);
  const byName = known ?? new Map(table.columns.map((column) => [column.name, column]));
  if (known === undefined) columnsByName.set(table, byName);
  return byName.get(name);
}

/** @throws DataError when the column is missing, naming the columns there are. */
export function requireColumn(table: Table, name: string): Column {
  const column = findColumn(table, name);
  if (column !== undefined) return column;
  throw new DataError(`column '${name}' is missing`, {
    why: `the columns are: ${listNames(table.columns.map((each) => each.name))}`,
    remedy: 'name one of these, or add the column',
  });
}

/** @throws DataError when the column is missing or holds text. */
export function requireNumeric(table: Table, name: string): NumericColumn {
  const column = requireColumn(table, name);
  if (column.kind === 'numeric') return column;
  throw new DataError(`column '${name}' holds text where numbers are needed`, {
    why: `its first value is '${column.dictionary[0] ?? ''}'`,
    remedy: 'correct the file, or its type in the schema',
  });
}

export function textAt(column: TextColumn, row: number): string | undefined {
  const code = column.codes[row] ?? -1;
  return code < 0 ? undefined : column.dictionary[code];
}

/** The rows of `table` at `indices`, in that order. */
export function takeRows(table: Table, indices: Uint32Array): Table {
  return { rows: indices.length, columns: table.columns.map((column) => takeColumn(column, indices)) };
}

function takeColumn(column: Column, indices: Uint32Array): Column {
  if (column.kind === 'numeric') {
    const values = new Float64Array(indices.length);
    for (let i = 0; i < indices.length; i++) values[i] = column.values[indices[i] ?? 0] ?? Number.NaN;
    return { ...column, values };
  }
  const codes = new Int32Array(indices.length);
  for (let i = 0; i < indices.length; i++) codes[i] = column.codes[indices[i] ?? 0] ?? -1;
  return { ...column, codes };
}

/** The rows from one number up to another, from 0, sharing their values with `table`. */
export function sliceRows(table: Table, first: number, end: number): Table {
  return {
    rows: end - first,
    columns: table.columns.map((column) =>
      column.kind === 'numeric'
        ? { ...column, values: column.values.subarray(first, end) }
        : { ...column, codes: column.codes.subarray(first, end) },
    ),
  };
}

export function selectColumns(table: Table, names: readonly string[]): Table {
  return { rows: table.rows, columns: names.map((name) => requireColumn(table, name)) };
}

/** The rows of `first`, then those of `second`; the columns of `first`, which `second` must have with the same kinds. */
export function appendRows(first: Table, second: Table): Table {
  return {
    rows: first.rows + second.rows,
    columns: first.columns.map((column) => appendColumn(column, requireColumn(second, column.name))),
  };
}

function appendColumn(first: Column, second: Column): Column {
  if (first.kind === 'numeric' && second.kind === 'numeric') {
    const values = new Float64Array(first.values.length + second.values.length);
    values.set(first.values);
    values.set(second.values, first.values.length);
    return { ...first, values };
  }
  if (first.kind === 'text' && second.kind === 'text') {
    const dictionary = [...new Set([...first.dictionary, ...second.dictionary])];
    const positions = new Map(dictionary.map((text, code) => [text, code]));
    const moved = second.codes.map((code) => positions.get(second.dictionary[code] ?? '') ?? -1);
    return { ...first, codes: Int32Array.from([...first.codes, ...moved]), dictionary };
  }
  throw new DataError(`column '${first.name}' holds numbers in one part and text in the other`, {
    remedy: 'correct the part whose values are of the wrong type',
  });
}
