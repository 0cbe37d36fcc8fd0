/** A node is a leaf when `feature` is -1; children are indices into the same array. */
export interface TreeNode {
  readonly feature: number;
  /** Go left when the value is <= threshold, a float32; not looked at where there are categories. */
  readonly threshold: number;
  /** Go left when the value, as float32, is one of these. */
  readonly categories?: readonly number[];
  readonly missingLeft: boolean;
  readonly left: number;
  readonly right: number;
  /** What the leaf adds; 0 unless a leaf. */
  readonly value: number;
  /** What the split gained, as it was chosen by; 0 for a leaf. */
  readonly gain: number;
}

export type Tree = readonly TreeNode[];

/** The trees' log odds add up to the prediction; the base log odds are part of the first tree's leaves. */
export interface BoostedTrees {
  readonly kind: 'boosted_trees';
  readonly features: readonly string[];
  readonly trees: readonly Tree[];
}

/** The trees' leaves add up to the probability: each holds its share of it. */
export interface RandomForest {
  readonly kind: 'random_forest';
  readonly features: readonly string[];
  readonly trees: readonly Tree[];
}

/** The leaf of `tree` that a row falls in; `columns` in the order of the trees' features. */
export function leafOf(tree: Tree, columns: readonly Float64Array[], row: number): TreeNode | undefined {
  let node = tree[0];
  while (node !== undefined && node.feature >= 0) {
    const value = Math.fround(columns[node.feature]?.[row] ?? Number.NaN);
    node = tree[goesLeft(node, value) ? node.left : node.right];
  }
  return node;
}

function goesLeft({ categories, threshold, missingLeft }: TreeNode, value: number): boolean {
  if (Number.isNaN(value)) return missingLeft;
  return categories === undefined ? value <= threshold : categories.includes(value);
}
