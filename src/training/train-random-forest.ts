import { requireNumeric } from '../data/table.ts';
import { nextTurn } from '../platform/next-turn.ts';
import { binFeatures } from './bin-features.ts';
import { prepareFit, withHelper } from './fit/fit.ts';
import type { FitMemory } from './fit/fit-memory.ts';
import type { RowRange } from './fit/leaf-rows.ts';
import { type GrownTree, growTree, type TreeLimits } from './grow-tree.ts';
import type { ModelQuestion } from './model-question.ts';
import type { ForestParameters } from './parameters.ts';
import { randomFrom } from './random.ts';
import { requireBinaryTarget, requireBothClasses } from './require-binary-target.ts';
import { requireFeatures } from './require-parameters.ts';
import type { RandomForest, Tree } from './tree.ts';
import { weighOutcomes } from './weigh-outcomes.ts';

/**
 * Random forest (Breiman 2001): each tree learns from as many rows, drawn with replacement, and each split looks at the
 * square root of the features; the answer is the mean of the trees' shares of outcome 1, as in scikit-learn. Least squares
 * on 0 and 1 chooses the splits, which is Gini impurity.
 * @throws DataError as `trainBoostedTrees`
 */
export async function trainRandomForest(
  { features, target, weights, seed, signal, startHelper }: ModelQuestion,
  parameters: ForestParameters,
): Promise<RandomForest> {
  requireBinaryTarget(target);
  requireBothClasses(target);
  const names = features.columns.map((column) => column.name);
  requireFeatures('categories', parameters.categories, names);
  requireFeatures('bins_of', Object.keys(parameters.maxBinsOf), names);
  const columns = names.map((name) => requireNumeric(features, name).values);
  const binned = binFeatures(names, columns, parameters);
  const hessian = weighOutcomes(target, weights, parameters.positiveWeight);
  const fit = prepareFit(binned);
  const { derivatives, rows } = fit.memory;
  for (let row = 0; row < hessian.length; row++) {
    const weight = hessian[row] ?? 0;
    derivatives[2 * row] = -weight * (target[row] ?? 0);
    derivatives[2 * row + 1] = weight;
  }
  const counted = Uint32Array.from(hessian.keys()).filter((row) => (hessian[row] ?? 0) > 0);
  const learned = counted.length;
  const directions = names.map(() => 0);
  const candidates = [...names.keys()];
  const limits = treeLimits(parameters, names.length);
  const random = randomFrom(seed);
  const trees: Tree[] = [];
  await withHelper(fit, startHelper, async () => {
    while (trees.length < parameters.trees) {
      await nextTurn(signal);
      for (let i = 0; i < learned; i++) rows[i] = counted[Math.floor(random() * learned)] ?? 0;
      rows.subarray(0, learned).sort();
      const grown = growTree({ fit, directions, candidates, learned, rows: learned, limits, random });
      trees.push(sharesOf(grown, fit.memory, parameters.trees));
    }
  });
  return { kind: 'random_forest', features: names, trees };
}

function treeLimits({ depth, minRowsPerLeaf }: ForestParameters, features: number): TreeLimits {
  return {
    maxLeaves: 2 ** depth,
    maxDepth: depth,
    featureShareOfSplit: Math.round(Math.sqrt(features)) / features,
    minRowsPerLeaf,
    minChildWeight: 0,
    minGain: 0,
    l1: 0,
    l2: 0,
  };
}

/** The tree with each leaf's mean outcome, over the number of trees; what its splits shrank on the way is undone. */
function sharesOf({ tree, leaves }: GrownTree, memory: FitMemory, trees: number): Tree {
  const means = new Map(
    leaves.map(({ node, learned }) => {
      const { gradient, hessian } = sumOfRows(learned, memory);
      return [node, -gradient / hessian / trees];
    }),
  );
  return tree.map((node, place) => ({ ...node, value: means.get(place) ?? 0 }));
}

function sumOfRows({ from, until }: RowRange, { rows, derivatives }: FitMemory) {
  let gradient = 0;
  let hessian = 0;
  for (const row of rows.subarray(from, until)) {
    gradient += derivatives[2 * row] ?? 0;
    hessian += derivatives[2 * row + 1] ?? 0;
  }
  return { gradient, hessian };
}
