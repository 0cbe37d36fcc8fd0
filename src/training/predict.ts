import { requireNumeric, type Table } from '../data/table.ts';
import { type BoostedTrees, leafOf, type Tree } from './tree.ts';

/** Sum of the trees' leaves for one row; `columns` in the order of the trees' features. */
export function logOdds(trees: readonly Tree[], columns: readonly Float64Array[], row: number): number {
  let sum = 0;
  for (const tree of trees) sum += leafOf(tree, columns, row)?.value ?? 0;
  return sum;
}

/** Probability of outcome 1, one a row. @throws DataError when a feature is missing or holds text. */
export function predictProbabilities(model: BoostedTrees, features: Table): Float64Array {
  const columns = model.features.map((name) => requireNumeric(features, name).values);
  const probabilities = new Float64Array(features.rows);
  for (let row = 0; row < features.rows; row++)
    probabilities[row] = 1 / (1 + Math.exp(-logOdds(model.trees, columns, row)));
  return probabilities;
}
