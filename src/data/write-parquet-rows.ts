import { rmSync } from 'node:fs';
import { quoteName, quoteText, unwritable, withDuckDb } from './duckdb.ts';
import { hashFile } from './hash-file.ts';
import { csvText, type RowColumn } from './row-text.ts';
import { type WrittenRows, writeLines } from './write-lines.ts';
import type { RowsToWrite } from './write-rows.ts';

const types: Readonly<Record<RowColumn['type'], string>> = {
  integer: 'BIGINT',
  number: 'DOUBLE',
  text: 'VARCHAR',
  time: 'TIMESTAMPTZ',
};
/** A text may hold a whole result document. */
const longestLine = 32 << 20;

/** Writes rows as Parquet by way of a CSV file beside it, so that memory does not grow with their number; times are UTC timestamps. */
export async function writeParquetRows(
  path: string,
  { columns, rows }: RowsToWrite,
  signal: AbortSignal,
): Promise<WrittenRows> {
  const between = `${path}.csv`;
  try {
    const written = await writeLines(between, csvText(columns, false), rows, signal);
    await convert(between, path, columns, signal);
    return { rows: written.rows, ...(await hashFile(path, signal)) };
  } finally {
    rmSync(between, { force: true });
  }
}

async function convert(from: string, to: string, columns: readonly RowColumn[], signal: AbortSignal) {
  const declared = columns.map(({ name, type }) => `${quoteText(name)}: ${quoteText(types[type])}`);
  const source = `read_csv(${quoteText(from)}, columns = {${declared.join(', ')}}, auto_detect = false, header = true,
    delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, parallel = false,
    max_line_size = ${longestLine}, buffer_size = ${2 * longestLine})`;
  const names = columns.map(({ name }) => quoteName(name)).join(', ');
  await withDuckDb(async (connection) => {
    try {
      await connection.run(
        `COPY (SELECT ${names} FROM ${source}) TO ${quoteText(to)} (FORMAT parquet, COMPRESSION zstd)`,
      );
    } catch (error) {
      throw unwritable(to, error);
    }
  }, signal);
}
