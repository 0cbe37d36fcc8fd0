import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { DataError } from '../platform/errors.ts';
import { type DoublesOf, openDoubles, quoteName, withDuckDb } from './duckdb.ts';
import { inferTypes, type TypedSource } from './infer-types.ts';
import { withInput } from './input-file.ts';
import type { ScanOptions } from './scan-options.ts';
import { openSource, reading, type Source } from './source.ts';
import type { Column, NumericColumn, Table } from './table.ts';

export interface ReadOptions extends Omit<ScanOptions, 'progress'> {
  /** Columns that are text whatever they spell, such as ids: `007` stays `007`. */
  readonly text?: readonly string[] | undefined;
}

/**
 * Reads a whole CSV, Parquet or JSON Lines file, or standard input for `-`; types are inferred from all values.
 * @throws NoInputError for a missing file; DataError for an empty, binary, ragged, truncated or non-UTF-8 one, for a header
 *   that is missing or doubled, and for a column of numbers with values that are none (row and value named).
 */
export async function readTable(path: string, options: ReadOptions = {}): Promise<Table> {
  return withInput(path, options.format, options.signal, (input) =>
    withDuckDb(async (connection) => {
      const source = await openSource(connection, input);
      const types = await inferTypes(connection, source, options.text ?? []);
      return reading(source, () => fetchTable(connection, source, types));
    }, options.signal),
  );
}

/** DuckDB holds a piece of every column at once: of a file with thousands, all of them would not fit into its memory. */
const columnsAScan = 200;

async function fetchTable(
  connection: DuckDBConnection,
  source: Source,
  { rows, columns }: TypedSource,
): Promise<Table> {
  const fetched: Column[] = [];
  for (let from = 0; from < columns.length; from += columnsAScan) {
    const some = { rows, columns: columns.slice(from, from + columnsAScan) };
    fetched.push(...(await fetchColumns(connection, source, some)));
  }
  return { rows, columns: fetched };
}

async function fetchColumns(
  connection: DuckDBConnection,
  source: Source,
  { rows, columns }: TypedSource,
): Promise<readonly Column[]> {
  const selected = columns.map(({ name, type, value }) => {
    const filled = type === 'string' ? value : `coalesce(${value}, 'NaN'::DOUBLE)`;
    return `${filled} AS ${quoteName(name)}`;
  });
  const result = await connection.stream(`SELECT ${selected.join(', ')} FROM ${source.from}`);
  const doublesOf = await openDoubles();
  const fillers = columns.map(({ name, type }, index) =>
    type === 'string' ? textFiller(name, index, rows) : numericFiller(name, type, index, rows, doublesOf),
  );
  let row = 0;
  for (
    let chunk = await result.fetchChunk();
    chunk !== null && chunk.rowCount > 0;
    chunk = await result.fetchChunk()
  ) {
    if (row + chunk.rowCount > rows) throw changed(source.name);
    for (const filler of fillers) filler.add(chunk, row);
    row += chunk.rowCount;
  }
  if (row < rows) throw changed(source.name);
  return fillers.map((filler) => filler.column);
}

function changed(name: string): DataError {
  return new DataError(`${name} changed while it was read`, {
    remedy: 'run the command again when whatever writes the file has finished',
  });
}

/** Puts a chunk's values of one column at `row` and after. */
interface Filler {
  readonly column: Column;
  add(chunk: DuckDBDataChunk, row: number): void;
}

function numericFiller(
  name: string,
  type: NumericColumn['type'],
  index: number,
  rows: number,
  doublesOf: DoublesOf,
): Filler {
  const values = new Float64Array(rows);
  return {
    column: { kind: 'numeric', name, type, values },
    add: (chunk, row) => values.set(doublesOf(chunk, index), row),
  };
}

function textFiller(name: string, index: number, rows: number): Filler {
  const codes = new Int32Array(rows);
  const dictionary: string[] = [];
  const known = new Map<string, number>();
  const codeOf = (text: string) => {
    const code = known.get(text) ?? dictionary.push(text) - 1;
    if (code === known.size) known.set(text, code);
    return code;
  };
  return {
    column: { kind: 'text', name, type: 'string', codes, dictionary },
    add: (chunk, row) => {
      for (const [offset, value] of chunk.getColumnValues(index).entries())
        codes[row + offset] = value === null ? -1 : codeOf(String(value));
    },
  };
}
