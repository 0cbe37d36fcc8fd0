import { requireNumeric, type Table } from '../data/table.ts';
import type { Scorer } from './scorer.ts';

const batchRows = 16_384;

/**
 * Probability of outcome 1 for each row of a table, its features found by name; missing values go to the model as NaN.
 * @throws DataError when a feature is missing or holds text, or the model cannot score a row (row named)
 */
export async function scoreTable(scorer: Scorer, table: Table, signal?: AbortSignal): Promise<Float64Array> {
  const columns = scorer.features.map((name) => requireNumeric(table, name).values);
  const probabilities = new Float64Array(table.rows);
  for (let start = 0; start < table.rows; start += batchRows) {
    signal?.throwIfAborted();
    const rows = Math.min(batchRows, table.rows - start);
    const values = new Float64Array(rows * columns.length);
    for (const [place, column] of columns.entries())
      for (let row = 0; row < rows; row++)
        values[row * columns.length + place] = column[start + row] ?? Number.NaN;
    probabilities.set(await scorer.score(values, rows, start), start);
  }
  return probabilities;
}
