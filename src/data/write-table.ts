import { renameSync } from 'node:fs';
import type { DuckDBValue } from '@duckdb/node-api';
import { fromSystemError } from '../platform/errors.ts';
import { quoteName, quoteText, unwritable, withDuckDb } from './duckdb.ts';
import { removeUnfinished } from './remove-unfinished.ts';
import type { Column, Table } from './table.ts';
import { textAt } from './table.ts';

const chunkRows = 2048;

/**
 * Writes a table as one Parquet file, whole or not at all; missing values become NULL, datetimes timestamps in UTC.
 * @throws InputOutputError when the place cannot be written
 */
export async function writeParquet(path: string, table: Table): Promise<void> {
  const fresh = `${path}.${process.pid}.tmp`;
  try {
    await withDuckDb(async (connection) => {
      const { DOUBLE, DuckDBDataChunk, VARCHAR } = await import('@duckdb/node-api');
      const declared = table.columns.map(
        (column) => `${quoteName(column.name)} ${column.kind === 'text' ? 'VARCHAR' : 'DOUBLE'}`,
      );
      await connection.run(`CREATE TEMP TABLE content (${declared.join(', ')})`);
      const appender = await connection.createAppender('content', null, 'temp');
      const types = table.columns.map((column) => (column.kind === 'text' ? VARCHAR : DOUBLE));
      for (let from = 0; from < table.rows; from += chunkRows) {
        const until = Math.min(table.rows, from + chunkRows);
        const chunk = DuckDBDataChunk.create(types, until - from);
        chunk.setColumns(table.columns.map((column) => cells(column, from, until)));
        appender.appendDataChunk(chunk);
      }
      appender.closeSync();
      const selected = table.columns.map(stored).join(', ');
      await connection.run(
        `COPY (SELECT ${selected} FROM content ORDER BY rowid) TO ${quoteText(fresh)} (FORMAT parquet, COMPRESSION zstd)`,
      );
    });
    renameSync(fresh, path);
  } catch (error) {
    removeUnfinished(fresh);
    throw unwritable(path, fromSystemError(error, `${path} cannot be written`));
  }
}

function cells(column: Column, from: number, until: number): readonly DuckDBValue[] {
  return Array.from({ length: until - from }, (_, index) => {
    if (column.kind === 'text') return textAt(column, from + index) ?? null;
    const value = column.values[from + index] ?? Number.NaN;
    return Number.isNaN(value) ? null : value;
  });
}

const storedTypes = { integer: 'BIGINT', boolean: 'BOOLEAN' } as const;

function stored(column: Column): string {
  const name = quoteName(column.name);
  if (column.type === 'datetime') return `make_timestamp(CAST(${name} * 1000 AS BIGINT)) AS ${name}`;
  return column.type === 'integer' || column.type === 'boolean'
    ? `CAST(${name} AS ${storedTypes[column.type]}) AS ${name}`
    : name;
}
