import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { fromSystemError } from '../platform/errors.ts';
import { nextTurn } from '../platform/next-turn.ts';
import type { FileFormat } from './file-format.ts';
import type { FileDigest } from './hash-file.ts';
import { csvText, jsonLinesText, type Row, type RowColumn, type RowText } from './row-text.ts';

export interface RowsToWrite {
  readonly columns: readonly RowColumn[];
  readonly rows: Iterable<Row>;
  /** Puts an apostrophe before CSV texts that a spreadsheet would run as a formula. */
  readonly spreadsheetSafe: boolean;
}

export interface WrittenRows extends FileDigest {
  readonly rows: number;
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

const rowsAWrite = 1000;

export async function writeLines(
  path: string,
  text: RowText,
  rows: Iterable<Row>,
  signal: AbortSignal,
): Promise<WrittenRows> {
  const hash = createHash('sha256');
  let bytes = 0;
  let written = 0;
  try {
    const descriptor = openSync(path, 'wx');
    const append = (lines: string) => {
      const chunk = Buffer.from(lines);
      hash.update(chunk);
      bytes += chunk.length;
      for (let at = 0; at < chunk.length; ) at += writeSync(descriptor, chunk, at);
    };
    try {
      let lines = text.header;
      for (const row of rows) {
        lines += text.line(row);
        if (++written % rowsAWrite !== 0) continue;
        append(lines);
        lines = '';
        await nextTurn(signal);
      }
      append(lines);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw fromSystemError(error, `${path} cannot be written`);
  }
  return { rows: written, bytes, sha256: hash.digest('hex') };
}
