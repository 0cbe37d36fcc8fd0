import { type ReadOptions, withColumns } from './column-source.ts';
import type { Table } from './table.ts';

/**
 * Reads a whole CSV, Parquet or JSON Lines file, or standard input for `-`; types are inferred from all values.
 * @throws as `withColumns` does
 */
export async function readTable(path: string, options: ReadOptions = {}): Promise<Table> {
  return withColumns(path, options, (source) => source.read(source.columns.map(({ name }) => name)));
}
