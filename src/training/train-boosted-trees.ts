import { requireNumeric } from '../data/table.ts';
import { binFeatures } from './bin-features.ts';
import { type Boosting, boost } from './boost.ts';
import { requireAlike } from './continued-trees.ts';
import { prepareFit, withHelper } from './fit/fit.ts';
import { boostedRows } from './fit/fit-memory.ts';
import type { ModelQuestion } from './model-question.ts';
import type { TrainingParameters } from './parameters.ts';
import { requireBinaryTarget, requireBothClasses } from './require-binary-target.ts';
import { requireParameters } from './require-parameters.ts';
import { sumLeaves } from './sum-leaves.ts';
import type { BoostedTrees, Tree } from './tree.ts';
import { weighOutcomes } from './weigh-outcomes.ts';

export interface TrainingQuestion extends ModelQuestion {
  readonly parameters: TrainingParameters;
}

/**
 * Gradient boosting of histogram trees for a binary target with logistic loss. The last rows are first held out, to find how
 * many trees lower their log loss; then as many are grown on all rows, so that the newest are learned from too. Trees that are
 * continued come first in the model, and are not counted.
 * @throws DataError when the target has other values than 0 and 1 or only one of them, a weight is negative, a parameter names
 *   a feature that there is not, or the trees to continue are of other features
 */
export async function trainBoostedTrees(question: TrainingQuestion): Promise<BoostedTrees> {
  const { target, parameters, signal } = question;
  const { boosting, answer } = prepareBoosting(question);
  const held = Math.floor(target.length * parameters.earlyStoppingShare);
  const trees = await withHelper(boosting.fit, question.startHelper, async () => {
    const searched = await boost(boosting, target.length - held, parameters.maxTrees);
    if (held === 0 || signal.aborted) return searched;
    const grown = await boost(boosting, target.length, searched.length);
    return signal.aborted ? searched : grown;
  });
  return answer(trees);
}

/**
 * The first half of that training: the trees that found out how many there should be. It takes half the time, which is enough to
 * compare parameters.
 * @throws DataError as `trainBoostedTrees`
 */
export async function searchBoostedTrees(question: TrainingQuestion): Promise<BoostedTrees> {
  const { boosting, answer } = prepareBoosting(question);
  const { earlyStoppingShare, maxTrees } = question.parameters;
  const rows = question.target.length;
  const learned = rows - Math.floor(rows * earlyStoppingShare);
  return answer(
    await withHelper(boosting.fit, question.startHelper, () => boost(boosting, learned, maxTrees)),
  );
}

/** What growth begins with, and the model that trees make which have grown so. */
function prepareBoosting(question: TrainingQuestion) {
  const { features, target, parameters, continued } = question;
  requireBinaryTarget(target);
  requireBothClasses(target);
  const given = features.columns.map((column) => column.name);
  requireParameters(given, parameters);
  if (continued !== undefined) requireAlike(continued, given, parameters.categories);
  const names = continued?.features ?? given;
  const columns = names.map((name) => requireNumeric(features, name).values);
  const binned = binFeatures(names, columns, parameters);
  const weights = weighOutcomes(target, question.weights, parameters.positiveWeight);
  const fit = prepareFit(binned, boostedRows(target, weights, parameters.maxLeaves));
  const initial = continued && sumLeaves(continued.trees, columns, target.length);
  const boosting: Boosting = { ...question, fit, initial };
  const answer = (trees: readonly Tree[]): BoostedTrees => ({
    kind: 'boosted_trees',
    features: names,
    trees: [...(continued?.trees ?? []), ...trees],
  });
  return { boosting, answer };
}
