import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';

/** Runs `work` on an in-memory DuckDB that spills to disk past its memory limit; closed whatever happens. */
export async function withDuckDb<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '512MB', threads: '2' });
  try {
    const connection = await instance.connect();
    try {
      return await work(connection);
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
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

export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
