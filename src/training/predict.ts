import { requireNumeric, type Table } from '../data/table.ts';
import { linearPredictor } from './logistic-regression.ts';
import type { Model } from './model.ts';
import { leafOf, type Tree } from './tree.ts';

/** Sum of the trees' leaves for one row; `columns` in the order of the trees' features. */
export function sumOfLeaves(trees: readonly Tree[], columns: readonly Float64Array[], row: number): number {
  let sum = 0;
  for (const tree of trees) sum += leafOf(tree, columns, row)?.value ?? 0;
  return sum;
}

/** Probability of outcome 1, one a row. @throws DataError when a feature is missing or holds text. */
export function predictProbabilities(model: Model, features: Table): Float64Array {
  const columns = model.features.map((name) => requireNumeric(features, name).values);
  const probabilities = new Float64Array(features.rows);
  const answer = probabilityBy(model, columns);
  for (let row = 0; row < features.rows; row++) probabilities[row] = answer(row);
  return probabilities;
}

function probabilityBy(model: Model, columns: readonly Float64Array[]): (row: number) => number {
  switch (model.kind) {
    case 'boosted_trees':
      return (row) => sigmoid(sumOfLeaves(model.trees, columns, row));
    case 'random_forest':
      return (row) => sumOfLeaves(model.trees, columns, row);
    case 'logistic_regression':
      return (row) => sigmoid(linearPredictor(model, columns, row));
  }
}

function sigmoid(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
