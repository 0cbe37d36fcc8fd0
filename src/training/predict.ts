import { requireNumeric, type Table } from '../data/table.ts';
import { calibrated } from '../scoring/index.ts';
import { linearPredictor } from './logistic-regression.ts';
import type { Model } from './model.ts';
import { sumLeaves } from './sum-leaves.ts';

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
  const sums =
    model.kind === 'logistic_regression'
      ? Float64Array.from({ length: features.rows }, (_, row) => linearPredictor(model, columns, row))
      : sumLeaves(model.trees, columns, features.rows);
  return sums.map(answer);
}

function sigmoid(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
