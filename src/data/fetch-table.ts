import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { type DoublesOf, openDoubles, quoteName } from './duckdb.ts';
import type { TypedSource } from './infer-types.ts';
import type { Source } from './source.ts';
import type { Column, NumericColumn, Table } from './table.ts';
import { changedWhileRead } from './while-unchanged.ts';

/** DuckDB holds a piece of every column at once: of a file with thousands, all of them would not fit into its memory. */
const columnsAScan = 200;

/** Reads the columns of `typed`, each scan as many of them as DuckDB can hold. @throws DataError when there are more or fewer rows */
export async function fetchTable(
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
    if (row + chunk.rowCount > rows) throw changedWhileRead(source.name);
    for (const filler of fillers) filler.add(chunk, row);
    row += chunk.rowCount;
  }
  if (row < rows) throw changedWhileRead(source.name);
  return fillers.map((filler) => filler.column);
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
