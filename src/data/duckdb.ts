import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { InputOutputError } from '../platform/errors.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

/**
 * Runs `work` on an in-memory DuckDB that spills to a temporary folder past its memory limit; both are gone afterwards,
 * whatever happens. An aborted `signal` interrupts the statement that runs, and its reason is thrown.
 */
export async function withDuckDb<T>(
  work: (connection: DuckDBConnection) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  return withTemporaryFolder(async (folder) => {
    const instance = await DuckDBInstance.create(':memory:', {
      memory_limit: '512MB',
      threads: '2',
      temp_directory: folder,
    });
    try {
      const connection = await instance.connect();
      const interrupt = () => connection.interrupt();
      signal?.addEventListener('abort', interrupt);
      try {
        await connection.run("SET TimeZone = 'UTC'");
        return await work(connection);
      } finally {
        signal?.removeEventListener('abort', interrupt);
        connection.closeSync();
        signal?.throwIfAborted();
      }
    } finally {
      instance.closeSync();
    }
  });
}

const progressEvery = 500;

/** Runs `work` and meanwhile tells what share of the statement that runs is done, 0..1. */
export async function watchProgress<T>(
  connection: DuckDBConnection,
  tell: ((share: number) => void) | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (tell === undefined) return work();
  await connection.run('SET enable_progress_bar = true');
  await connection.run('SET enable_progress_bar_print = false');
  const timer = setInterval(() => {
    const { percentage } = connection.progress;
    if (percentage > 0) tell(Math.min(1, percentage / 100));
  }, progressEvery);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** The values of a chunk's DOUBLE column without NULLs, where DuckDB holds them: copy them before the next chunk. */
export type DoublesOf = (chunk: DuckDBDataChunk, column: number) => Float64Array;

export async function openDoubles(): Promise<DoublesOf> {
  const { default: bindings } = await import('@duckdb/node-bindings');
  return ({ chunk, rowCount }, column) => {
    const vector = bindings.data_chunk_get_vector(chunk, column);
    const data = bindings.vector_get_data(vector, rowCount * Float64Array.BYTES_PER_ELEMENT);
    return new Float64Array(data.buffer, data.byteOffset, rowCount);
  };
}

/** What DuckDB says of a file that it could not write, as InputOutputError; other values come back unchanged. */
export function unwritable(path: string, error: unknown): unknown {
  if (!(error instanceof Error && error.message.startsWith('IO Error'))) return error;
  return new InputOutputError(`${path} cannot be written`, {
    why: error.message.replace(/^IO Error: /, ''),
    remedy: 'check space and permissions, then run the command again; nothing was changed',
  });
}

export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A path for DuckDB's readers, which take `*`, `?` and `[` for patterns. */
export function quotePath(path: string): string {
  return quoteText(path.replace(/[*?[]/g, '[$&]'));
}

/** The number as DuckDB must read it: a decimal literal would be rounded twice. */
export function quoteNumber(value: number): string {
  return `CAST('${value}' AS DOUBLE)`;
}
