import { requireNumeric, type Table } from '../data/table.ts';
import type { Scorer } from './scorer.ts';

const batchRows = 16_384;

/** Probability of outcome 1, one a row of the table. @throws DataError when a feature is missing or holds text */
export async function scoreTable(scorer: Scorer, table: Table): Promise<Float64Array> {
  const columns = scorer.features.map((name) => requireNumeric(table, name).values);
  const probabilities = new Float64Array(table.rows);
  for (let from = 0; from < table.rows; from += batchRows) {
    const rows = Math.min(batchRows, table.rows - from);
    const values = new Float64Array(rows * columns.length);
    for (const [position, column] of columns.entries())
      for (let row = 0; row < rows; row++)
        values[row * columns.length + position] = column[from + row] ?? Number.NaN;
    probabilities.set(await scorer.score(values, rows), from);
  }
  return probabilities;
}
