import { requireNumeric, type Table } from '../../data/index.ts';

/** What tells a row from others where nothing else does: the values of its features. */
export function rowKeys(table: Table, features: readonly string[]): (row: number) => string {
  const columns = features.map((name) => requireNumeric(table, name).values);
  return (row) => columns.map((values) => values[row]).join();
}
