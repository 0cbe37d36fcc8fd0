import { listNames } from '../data/list-names.ts';
import { DataError } from '../platform/errors.ts';
import type { SplitTree, TreeEnsemble } from '../scoring/index.ts';
import type { BoostedTrees, Tree, TreeNode } from './tree.ts';

/**
 * The trees of a model as boosting can go on from them: their leaves add up to its log odds, a sigmoid that calibrates them
 * included. Thresholds and leaves are the float32 of the file; what its splits gained is not in it.
 * @param features names of the model's inputs, in order
 * @returns undefined where the sum is no log odds, as in a random forest, or a split is none that training makes
 */
export function treesToContinue(
  ensemble: TreeEnsemble,
  features: readonly string[],
): BoostedTrees | undefined {
  if (ensemble.scale !== 'log_odds') return undefined;
  const trees = ensemble.trees().map(treeOf);
  if (!trees.every((tree) => tree !== undefined)) return undefined;
  const { base } = ensemble;
  return {
    kind: 'boosted_trees',
    features,
    trees: trees.map((tree, place) => (place === 0 ? raised(tree, base) : tree)),
  };
}

function treeOf(nodes: SplitTree): Tree | undefined {
  const tree: TreeNode[] = [];
  for (const { feature, rule, left, right, value } of nodes) {
    if (feature >= 0 && rule === undefined) return undefined;
    const { threshold, missingLeft } = rule ?? { threshold: 0, missingLeft: false };
    const node = { feature, threshold, missingLeft, left, right, value, gain: 0 };
    tree.push(rule?.categories === undefined ? node : { ...node, categories: rule.categories });
  }
  return tree;
}

function raised(tree: Tree, by: number): Tree {
  return tree.map((node) => (node.feature < 0 ? { ...node, value: node.value + by } : node));
}

/**
 * @throws DataError when the features to learn from are not those of the model to continue, or one is a category in one of them
 *   and a number in the other
 */
export function requireAlike(
  { features, trees }: BoostedTrees,
  names: readonly string[],
  categories: readonly string[],
): void {
  const gone = features.filter((name) => !names.includes(name));
  const fresh = names.filter((name) => !features.includes(name));
  if (gone.length > 0 || fresh.length > 0) {
    throw new DataError('the model to continue has other features', {
      why: [
        gone.length === 0 ? [] : [`it asks for ${listNames(gone)}, which are not there`],
        fresh.length === 0 ? [] : [`it does not know ${listNames(fresh)}`],
      ]
        .flat()
        .join('; '),
      remedy: 'give the features it has (--leave-out NAMES takes others away), or train without --continue',
    });
  }
  for (const { feature, categories: values } of trees.flat()) {
    const name = features[feature];
    if (name === undefined || (values !== undefined) === categories.includes(name)) continue;
    throw new DataError(
      values === undefined
        ? `${name} is a number in the model to continue, and a category here`
        : `${name} is a category in the model to continue, and a number here`,
      { remedy: 'name the same categories (--categories), or train without --continue' },
    );
  }
}
