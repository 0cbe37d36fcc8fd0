import { logLoss } from '../../data/classification-metrics.ts';
import { takeRows } from '../../data/index.ts';
import { DataError } from '../../platform/errors.ts';
import type { ModelQuestion } from '../model-question.ts';
import type { EstimatorParameters } from '../parameters.ts';
import { predictProbabilities } from '../predict.ts';
import { searchBoostedTrees } from '../train-boosted-trees.ts';
import { trainModel } from '../train-model.ts';
import { type TimeFold, timeFolds } from './time-folds.ts';

/** Folds that parameters are measured on; the first learns from two fifths of the rows. */
const folds = 3;

/**
 * The folds of these rows that have both outcomes on either side.
 * @throws DataError when there is none
 */
export function usableFolds(target: Float64Array): readonly TimeFold[] {
  const hasBoth = (part: Float64Array) => part.includes(0) && part.includes(1);
  const usable = timeFolds(target.length, folds).filter(
    ({ learned, end }) => hasBoth(target.subarray(0, learned)) && hasBoth(target.subarray(learned, end)),
  );
  if (usable.length > 0) return usable;
  throw new DataError('no part of the training rows has both outcomes, so that nothing can be tuned on it', {
    why: `the ${target.length} rows are parted in ${folds + 2} in order of time`,
    remedy: 'gather more rows of the rarer outcome, or train without --tune',
  });
}

/**
 * Trains by parameters on each fold's earlier rows and measures the log loss on its later ones, which take no part in it: how
 * many trees there are is found on the last of the earlier rows, as in training.
 * @returns log loss in nats, one a fold
 */
export async function crossValidate(
  question: ModelQuestion,
  parameters: EstimatorParameters,
  parts: readonly TimeFold[],
): Promise<readonly number[]> {
  const losses: number[] = [];
  for (const { learned, end } of parts) {
    const later = takeRows(question.features, rowsBetween(learned, end));
    const earlier = {
      ...question,
      features: takeRows(question.features, rowsBetween(0, learned)),
      target: question.target.slice(0, learned),
      weights: question.weights?.slice(0, learned),
    };
    const model =
      parameters.estimator === 'trees'
        ? await searchBoostedTrees({ ...earlier, parameters })
        : await trainModel(earlier, parameters);
    losses.push(logLoss(predictProbabilities(model, later), question.target.subarray(learned, end)));
  }
  return losses;
}

function rowsBetween(first: number, end: number): Uint32Array {
  return Uint32Array.from({ length: end - first }, (_, place) => first + place);
}
