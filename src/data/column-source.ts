import type { DuckDBConnection } from '@duckdb/node-api';
import { watchProgress, withDuckDb } from './duckdb.ts';
import { fetchTable } from './fetch-table.ts';
import { inferTypes } from './infer-types.ts';
import { type InputFile, withInput } from './input-file.ts';
import { inspectFile } from './inspect-file.ts';
import { readPlainCsv } from './read-plain-csv.ts';
import type { ScanOptions } from './scan-options.ts';
import { openSource, reading } from './source.ts';
import { type Column, selectColumns, type Table } from './table.ts';
import { whileUnchanged } from './while-unchanged.ts';

/** A data file of any size, to be read some columns at a time: all rows of them, in file order. */
export interface ColumnSource {
  readonly rows: number;
  readonly columns: readonly Pick<Column, 'name' | 'type'>[];
  /** How many columns may be read together, at least one: the memory for them is then at most `heldBytes`. */
  readonly together: number;
  /** @throws DataError for a column that there is not, and when the file has changed */
  read(names: readonly string[]): Promise<Table>;
}

export interface ReadOptions extends ScanOptions {
  /** Columns that are text whatever they spell, such as ids: `007` stays `007`. */
  readonly text?: readonly string[] | undefined;
}

/**
 * Columns of one file that are in memory together take no more than this, unless one alone does: 25 million values, which are
 * a million rows of 25 columns. A file that fits is read once; a larger one is scanned again for each group of columns.
 */
export const heldBytes = 192 * 2 ** 20;

/**
 * Opens a CSV, Parquet or JSON Lines file, or standard input for `-`, for the time of `work`; types are inferred from all values.
 * @throws NoInputError for a missing file; DataError for an empty, binary, ragged, truncated or non-UTF-8 one, for a header
 *   that is missing or doubled, for a column of numbers with values that are none (row and value named), and for a file
 *   that changed before `work` was done
 */
export async function withColumns<T>(
  path: string,
  options: ReadOptions,
  work: (source: ColumnSource) => Promise<T>,
): Promise<T> {
  return withInput(path, options.format, options.signal, (input) =>
    whileUnchanged(input, async () => work(await openColumns(input, options))),
  );
}

/** Rows that are in memory already. */
export function heldColumns(table: Table): ColumnSource {
  return {
    ...table,
    together: Number.POSITIVE_INFINITY,
    read: async (names) => selectColumns(table, names),
  };
}

async function openColumns(input: InputFile, options: ReadOptions): Promise<ColumnSource> {
  const { progress, signal, text = [] } = options;
  signal?.throwIfAborted();
  const told = progress && ((share: number) => progress(`reading ${input.name}`, share));
  if (input.format === 'csv') {
    const header = inspectFile(input.path, input.format, input.name);
    const table = await readPlainCsv(input, header, { text, mostBytes: heldBytes, signal, progress: told });
    if (table !== undefined) return heldColumns(table);
  }
  return withDuckDb(async (connection) => {
    const source = await openSource(connection, input);
    const { rows, columns } = await watchProgress(connection, told, () =>
      inferTypes(connection, source, text),
    );
    const fetch = (from: DuckDBConnection, some: typeof columns) =>
      reading(source, () => fetchTable(from, source, { rows, columns: some }));
    const together = Math.max(1, Math.floor(heldBytes / (rows * Float64Array.BYTES_PER_ELEMENT)));
    if (columns.length <= together) return heldColumns(await fetch(connection, columns));
    const byName = new Map(columns.map((column) => [column.name, column]));
    const read = async (names: readonly string[]) => {
      const wanted = names.flatMap((name) => byName.get(name) ?? []);
      return selectColumns(await withDuckDb((fresh) => fetch(fresh, wanted), signal), names);
    };
    return { rows, columns, together, read };
  }, signal);
}
