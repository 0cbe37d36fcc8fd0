import { requireNumeric, type Table } from '../data/table.ts';
import { calibrated } from '../scoring/index.ts';
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
  const { calibration } = model;
  if (calibration === undefined)
    return answersOf(model, features, model.kind === 'random_forest' ? (share) => share : sigmoid);
  return modelScores(model, features).map((score) => calibrated(calibration, score));
}

/**
 * What a calibration is made from, one a row: log odds, of a random forest the share of outcome 1. Rounded to float32: the
 * ONNX file sums in 64 bits and rounds too, so that both find the same place on a line however steep it is.
 * @throws DataError when a feature is missing or holds text
 */
export function modelScores(model: Model, features: Table): Float64Array {
  return answersOf(model, features, Math.fround);
}

function answersOf(model: Model, features: Table, answer: (sum: number) => number): Float64Array {
  const columns = model.features.map((name) => requireNumeric(features, name).values);
  const answers = new Float64Array(features.rows);
  for (let row = 0; row < features.rows; row++)
    answers[row] = answer(
      model.kind === 'logistic_regression'
        ? linearPredictor(model, columns, row)
        : sumOfLeaves(model.trees, columns, row),
    );
  return answers;
}

function sigmoid(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
