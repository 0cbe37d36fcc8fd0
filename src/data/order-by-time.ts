import { parseIso } from '../platform/clock.ts';
import { DataError } from '../platform/errors.ts';
import { type Column, requireColumn, type Table, takeRows } from './table.ts';

export interface OrderedRows {
  /** Rows with a time, earliest first; of one time in the order of the file. */
  readonly table: Table;
  /** Epoch milliseconds, one a row. */
  readonly times: Float64Array;
  /** What the reader should know: rows without a time, times without a zone. */
  readonly notes: readonly string[];
}

/**
 * The rows in order of a column of times; a time without a zone is UTC.
 * @throws DataError when the column is missing or holds no times
 */
export function orderByTime(table: Table, name: string): OrderedRows {
  const { times, zoned } = timesOf(requireColumn(table, name));
  const rows = Uint32Array.from({ length: table.rows }, (_, row) => row)
    .filter((row) => !Number.isNaN(times[row]))
    .sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
  if (rows.length === 0)
    throw new DataError(`column '${name}' holds no time`, {
      why: 'a time is ISO 8601, such as 2026-08-03T06:00:00Z or 2026-08-03',
      remedy: 'name the column of times with --time',
    });
  const without = table.rows - rows.length;
  return {
    table: takeRows(table, rows),
    times: Float64Array.from(rows, (row) => times[row] ?? 0),
    notes: [
      ...(without === 0 ? [] : [`left out, without a time in ${name}: ${without} of ${table.rows} rows`]),
      ...(zoned ? [] : [`times of ${name} without a zone are taken as UTC`]),
    ],
  };
}

function timesOf(column: Column): { readonly times: Float64Array; readonly zoned: boolean } {
  if (column.kind === 'numeric') {
    if (column.type === 'datetime') return { times: column.values, zoned: true };
    throw new DataError(`column '${column.name}' holds numbers, not times`, {
      remedy: 'name the column of times with --time',
    });
  }
  const parsed = column.dictionary.map((text) => parseIso(text) ?? parseZoneless(text));
  const zoned = column.dictionary.every((text) => parseZoneless(text) === undefined);
  return { times: Float64Array.from(column.codes, (code) => parsed[code] ?? Number.NaN), zoned };
}

const dateAndTime = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?))?$/;

function parseZoneless(text: string): number | undefined {
  const match = dateAndTime.exec(text.trim());
  return match === null ? undefined : parseIso(`${match[1]}T${match[2] ?? '00:00'}Z`);
}
