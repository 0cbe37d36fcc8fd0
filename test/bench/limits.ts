import { quoteText, withDuckDb } from '../../src/data/duckdb.ts';
import type { Table } from '../../src/data/index.ts';

/** DuckDB reads a CSV file of numbers into its own vectors, which are looked at and dropped. */
export async function readByDuckDb(path: string): Promise<void> {
  await withDuckDb(async (connection) => {
    const result = await connection.stream(`SELECT * FROM read_csv(${quoteText(path)}, header = true)`);
    let chunk = await result.fetchChunk();
    while (chunk !== null && chunk.rowCount > 0) chunk = await result.fetchChunk();
  });
}

/** The engine's own sort on a copy of each column. */
export function sortColumns(tables: readonly Table[]): void {
  for (const column of tables.flatMap((table) => table.columns))
    if (column.kind === 'numeric') column.values.slice().sort();
}
