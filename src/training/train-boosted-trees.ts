import { requireNumeric } from '../data/table.ts';
import { binFeatures } from './bin-features.ts';
import { type Boosting, boost } from './boost.ts';
import { prepareFit, withHelper } from './fit/fit.ts';
import { boostedRows } from './fit/fit-memory.ts';
import type { ModelQuestion } from './model-question.ts';
import type { TrainingParameters } from './parameters.ts';
import { requireBinaryTarget, requireBothClasses } from './require-binary-target.ts';
import { requireParameters } from './require-parameters.ts';
import type { BoostedTrees } from './tree.ts';
import { weighOutcomes } from './weigh-outcomes.ts';

export interface TrainingQuestion extends ModelQuestion {
  readonly parameters: TrainingParameters;
}

/**
 * Gradient boosting of histogram trees for a binary target with logistic loss. The last rows are first held out, to find how
 * many trees lower their log loss; then as many are grown on all rows, so that the newest are learned from too.
 * @throws DataError when the target has other values than 0 and 1 or only one of them, a weight is negative, or a parameter
 *   names a feature that there is not
 */
export async function trainBoostedTrees(question: TrainingQuestion): Promise<BoostedTrees> {
  const { target, parameters } = question;
  const { boosting, names } = prepareBoosting(question);
  const held = Math.floor(target.length * parameters.earlyStoppingShare);
  const trees = await withHelper(boosting.fit, question.startHelper, async () => {
    const searched = await boost(boosting, target.length - held, parameters.maxTrees);
    return held === 0 ? searched : boost(boosting, target.length, searched.length);
  });
  return { kind: 'boosted_trees', features: names, trees };
}

/**
 * The first half of that training: the trees that found out how many there should be. It takes half the time, which is enough to
 * compare parameters.
 * @throws DataError as `trainBoostedTrees`
 */
export async function searchBoostedTrees(question: TrainingQuestion): Promise<BoostedTrees> {
  const { boosting, names } = prepareBoosting(question);
  const { earlyStoppingShare, maxTrees } = question.parameters;
  const rows = question.target.length;
  const learned = rows - Math.floor(rows * earlyStoppingShare);
  const trees = await withHelper(boosting.fit, question.startHelper, () =>
    boost(boosting, learned, maxTrees),
  );
  return { kind: 'boosted_trees', features: names, trees };
}

function prepareBoosting(question: TrainingQuestion) {
  const { features, target, parameters } = question;
  requireBinaryTarget(target);
  requireBothClasses(target);
  const names = features.columns.map((column) => column.name);
  requireParameters(names, parameters);
  const columns = names.map((name) => requireNumeric(features, name).values);
  const binned = binFeatures(names, columns, parameters);
  const weights = weighOutcomes(target, question.weights, parameters.positiveWeight);
  const rows = boostedRows(target, weights, parameters.maxLeaves);
  const fit = prepareFit(binned, rows);
  const boosting: Boosting = { ...question, fit };
  return { boosting, names };
}
