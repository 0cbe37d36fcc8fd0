import type { BinnedFeature } from './binned-feature.ts';
import { prepareFit } from './fit/fit.ts';
import { growTree } from './grow-tree.ts';
import type { Tree } from './tree.ts';

export interface RegressionTree {
  readonly tree: Tree;
  /** The node of each leaf, and its rows in ascending order. */
  readonly leaves: readonly { readonly node: number; readonly rows: Uint32Array }[];
}

/**
 * One tree on the values by least squares; a leaf answers their mean.
 * @param values one a row of the features
 * @param depth most splits above a leaf
 */
export function growRegressionTree(
  features: readonly BinnedFeature[],
  values: Float64Array,
  { depth, minRowsPerLeaf }: { readonly depth: number; readonly minRowsPerLeaf: number },
): RegressionTree {
  const fit = prepareFit(features);
  const { rows, derivatives } = fit.memory;
  for (let row = 0; row < values.length; row++) {
    rows[row] = row;
    derivatives[2 * row] = -(values[row] ?? 0);
    derivatives[2 * row + 1] = 1;
  }
  const { tree, leaves } = growTree({
    fit,
    directions: features.map(() => 0),
    candidates: [...features.keys()],
    learned: rows.length,
    rows: rows.length,
    limits: {
      maxLeaves: 2 ** depth,
      maxDepth: depth,
      featureShareOfSplit: 1,
      minRowsPerLeaf,
      minChildWeight: 0,
      minGain: 0,
      l1: 0,
      l2: 0,
    },
    // Asked only where a share of the features is drawn.
    random: () => 0,
  });
  return {
    tree,
    leaves: leaves.map(({ node, learned }) => ({ node, rows: rows.subarray(learned.from, learned.until) })),
  };
}
