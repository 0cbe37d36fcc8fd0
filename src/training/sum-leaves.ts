import type { Tree } from './tree.ts';

/** A tree's nodes, one property side by side for all of them: a walk is three times as fast as over objects. */
interface FlatTree {
  /** -1 at a leaf. */
  readonly features: Int32Array;
  readonly thresholds: Float32Array;
  readonly missingLeft: Uint8Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly values: Float64Array;
  /** Undefined where a threshold decides. */
  readonly categories: readonly (ReadonlySet<number> | undefined)[];
}

/**
 * What the leaves that each row falls in add up to, one sum a row.
 * @param columns in the order of the trees' features; compared as float32
 */
export function sumLeaves(
  trees: readonly Tree[],
  columns: readonly Float64Array[],
  rows: number,
): Float64Array {
  const sums = new Float64Array(rows);
  for (const tree of trees) addLeaves(sums, flat(tree), columns);
  return sums;
}

function flat(tree: Tree): FlatTree {
  return {
    features: Int32Array.from(tree, ({ feature }) => feature),
    thresholds: Float32Array.from(tree, ({ threshold }) => threshold),
    missingLeft: Uint8Array.from(tree, ({ missingLeft }) => Number(missingLeft)),
    left: Int32Array.from(tree, ({ left }) => left),
    right: Int32Array.from(tree, ({ right }) => right),
    values: Float64Array.from(tree, ({ value }) => value),
    categories: tree.map(({ categories }) => categories && new Set(categories)),
  };
}

function addLeaves(sums: Float64Array, tree: FlatTree, columns: readonly Float64Array[]): void {
  const { features, thresholds, missingLeft, left, right, values, categories } = tree;
  for (let row = 0; row < sums.length; row++) {
    let node = 0;
    for (let feature = features[0] ?? -1; feature >= 0; feature = features[node] ?? -1) {
      const value = Math.fround(columns[feature]?.[row] ?? Number.NaN);
      const among = categories[node];
      let goesLeft = among === undefined ? value <= (thresholds[node] ?? 0) : among.has(value);
      if (Number.isNaN(value)) goesLeft = missingLeft[node] === 1;
      node = (goesLeft ? left[node] : right[node]) ?? 0;
    }
    sums[row] = (sums[row] ?? 0) + (values[node] ?? 0);
  }
}
