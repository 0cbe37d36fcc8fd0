import type { Table } from '../../data/index.ts';
import { requireNumeric } from '../../data/index.ts';
import type { GoldenRow } from '../../registry/index.ts';
import type { Scorer } from '../../scoring/index.ts';

export const mostGoldenRows = 20;

type Row = readonly (number | null)[];

/** What the model answers today for a few rows, to be checked before each promote and rollback. */
export async function recordGoldenRows(scorer: Scorer, rows: readonly Row[]): Promise<readonly GoldenRow[]> {
  const values = Float64Array.from(rows.flat(), (value) => value ?? Number.NaN);
  const probabilities = await scorer.score(values, rows.length);
  return rows.map((features, index) => ({
    features: [...features],
    probability: probabilities[index] ?? Number.NaN,
  }));
}

/** The first rows of a table, as many as a version keeps. @throws DataError when a feature is missing or holds text */
export function firstRows(table: Table, features: readonly string[]): readonly Row[] {
  const columns = features.map((name) => requireNumeric(table, name).values);
  return Array.from({ length: Math.min(mostGoldenRows, table.rows) }, (_, row) =>
    columns.map((values) => {
      const value = values[row] ?? Number.NaN;
      return Number.isNaN(value) ? null : value;
    }),
  );
}

/** Rows for a model that came without any: whole numbers, because some models take nothing else. */
export function plainRows(width: number): readonly Row[] {
  return [0, 1, 10, 100, 1000].map((value) => new Array<number>(width).fill(value));
}
