import { DataError } from '../platform/errors.ts';
import type { Model } from './model.ts';
import type { ModelQuestion } from './model-question.ts';
import type { EstimatorParameters } from './parameters.ts';
import { trainBoostedTrees } from './train-boosted-trees.ts';
import { trainLogisticRegression } from './train-logistic-regression.ts';
import { trainRandomForest } from './train-random-forest.ts';

/**
 * Trains by the estimator that the parameters are of.
 * @throws DataError when the target has other values than 0 and 1 or only one of them, a weight is negative, or a parameter
 *   names a feature that there is not; also when another estimator than boosted trees is to continue trees, or to keep the
 *   best so far
 */
export function trainModel(question: ModelQuestion, parameters: EstimatorParameters): Promise<Model> {
  const { continued, keepsBest } = question;
  if (parameters.estimator !== 'trees' && (continued !== undefined || keepsBest)) {
    throw new DataError(`the estimator ${parameters.estimator} does not grow tree upon tree`, {
      why: `${continued === undefined ? 'the best model so far can be kept' : 'a model can be continued'} only by boosted trees`,
      remedy: 'add --estimator trees, or leave the option out',
    });
  }
  switch (parameters.estimator) {
    case 'trees':
      return trainBoostedTrees({ ...question, parameters });
    case 'forest':
      return trainRandomForest(question, parameters);
    case 'logistic':
      return trainLogisticRegression(question, parameters);
  }
}
