import { readFileSync } from 'node:fs';
import { CsvError, parse } from 'csv-parse/sync';
import { DataError, fromSystemError } from '../platform/errors.ts';
import { requireUtf8 } from './utf8.ts';

export interface CsvRecord {
  /** On which it ends, from 1. */
  readonly line: number;
  /** Texts by column. */
  readonly cells: Readonly<Record<string, string>>;
}

/**
 * Every record of a CSV file that fits into memory, as text, without an engine being loaded.
 * @throws DataError naming the line that is not UTF-8, has more or fewer cells than the header, or leaves a quote open
 */
export function readRecords(path: string): readonly CsvRecord[] {
  let content: Buffer;
  try {
    content = readFileSync(path);
  } catch (error) {
    throw fromSystemError(error, `${path} cannot be read`);
  }
  return parseRecords(path, content);
}

/**
 * As `readRecords`, of what is read already.
 * @param name of the content, in errors
 */
export function parseRecords(name: string, content: Buffer): readonly CsvRecord[] {
  requireUtf8(name, content, true);
  try {
    const records: {
      readonly info: { readonly lines: number };
      readonly record: Readonly<Record<string, string>>;
    }[] = parse(content, {
      columns: (header: string[]) => header.map((column) => column.trim()),
      bom: true,
      info: true,
      skip_empty_lines: true,
    });
    return records.map(({ info, record }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    if (error instanceof CsvError) throw malformed(name, error);
    throw error;
  }
}

function malformed(name: string, error: CsvError): DataError {
  const line = typeof error.lines === 'number' ? `, line ${error.lines}` : '';
  const found = Array.isArray(error.record) ? error.record.length : undefined;
  const expected = Array.isArray(error.columns) ? error.columns.length : undefined;
  if (error.code === 'CSV_RECORD_INCONSISTENT_COLUMNS' && found !== undefined && expected !== undefined) {
    return new DataError(`${name}${line}: ${found} cells where the header has ${expected}`, {
      remedy: 'correct that row; nothing was changed',
    });
  }
  if (error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_INVALID_CLOSING_QUOTE') {
    return new DataError(`${name}${line}: a quote is not closed`, {
      why: 'a cell that begins with " ends with " before the next comma; a quote within it is written ""',
      remedy: 'correct that row; nothing was changed',
    });
  }
  return new DataError(`${name}${line} cannot be read as CSV`, {
    why: error.message,
    remedy: 'correct that row; nothing was changed',
  });
}
