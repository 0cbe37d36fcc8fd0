import type { FileFormat } from './file-format.ts';
import { csvText, jsonLinesText, type Row, type RowColumn } from './row-text.ts';
import { type WrittenRows, writeLines } from './write-lines.ts';

export interface RowsToWrite {
  readonly columns: readonly RowColumn[];
  readonly rows: Iterable<Row>;
  /** Puts an apostrophe before CSV texts that a spreadsheet would run as a formula. */
  readonly spreadsheetSafe: boolean;
}

/**
 * Writes rows as they come, flushed to the disk at the end; memory does not grow with their number. Only Parquet loads DuckDB.
 * @throws InputOutputError when the place cannot be written; what was begun is for the caller to remove
 */
export async function writeRows(
  path: string,
  format: FileFormat,
  content: RowsToWrite,
  signal: AbortSignal,
): Promise<WrittenRows> {
  if (format === 'parquet') {
    const { writeParquetRows } = await import('./write-parquet-rows.ts');
    return writeParquetRows(path, content, signal);
  }
  const text =
    format === 'csv' ? csvText(content.columns, content.spreadsheetSafe) : jsonLinesText(content.columns);
  return writeLines(path, text, content.rows, signal);
}
