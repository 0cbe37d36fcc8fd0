import type { SplitTree } from '../scoring/index.ts';
import { type LeafPaths, leafPaths } from './leaf-paths.ts';
import type { Shapley } from './shapley.ts';

export interface TreesToExplain {
  readonly trees: readonly SplitTree[];
  /** What the leaves are added to. */
  readonly base: number;
  /** How many features the model takes. */
  readonly width: number;
}

/**
 * Exact Shapley values of a tree ensemble's sum, path-dependent: a feature left out of a coalition is replaced by the
 * shares of the background rows that go either way (Lundberg, Erion and Lee 2018, "Consistent individualized feature
 * attribution for tree ensembles", algorithm 2: the figures of the `shap` package's TreeExplainer).
 *
 * Leaf by leaf: a leaf counts for a coalition as the product, over the features on its way, of 1 or 0 where the feature is in
 * it and of its share where it is not. The sums over the coalitions of each size are the coefficients of a polynomial in
 * O(depth²) (Yu et al. 2022, "Linear TreeShap"), without a division by a share, which may be 0.
 * @param background rows like those the model learned from, at least one; their mean answer is the base
 */
export function treeShap(
  { trees, base, width }: TreesToExplain,
  background: readonly Float64Array[],
): Shapley {
  const planted = trees.map((tree) => leafPaths(tree, background));
  const deepest = planted.reduce((most, { counts }) => counts.reduce((a, b) => Math.max(a, b), most), 0);
  const coalitions = Array.from({ length: deepest + 1 }, (_, count) => coalitionWeights(count));
  return {
    base: planted.reduce((sum, paths) => sum + meanAnswer(paths), base),
    parts: (row) => {
      const parts = new Float64Array(width);
      for (const paths of planted) addTree(paths, row, parts, coalitions);
      return parts;
    },
  };
}

/** |S|! (n - |S| - 1)! / n! for |S| = 0 … n - 1. */
function coalitionWeights(features: number): Float64Array {
  const weights = new Float64Array(features);
  let weight = 1 / features;
  for (let size = 0; size < features; size++) {
    weights[size] = weight;
    weight *= (size + 1) / (features - size - 1);
  }
  return weights;
}

function meanAnswer({ tree, starts, counts, shares }: LeafPaths): number {
  return tree.reduce((sum, { feature, value }, place) => {
    if (feature >= 0) return sum;
    const start = starts[place] ?? 0;
    const own = shares.subarray(start, start + (counts[place] ?? 0));
    return sum + own.reduce((product, share) => product * share, value);
  }, 0);
}

function addTree(
  paths: LeafPaths,
  row: Float64Array,
  parts: Float64Array,
  coalitions: readonly Float64Array[],
): void {
  const { tree, slots } = paths;
  // By slot: how many splits on the way here send the row elsewhere. Kept up to date on the way down and back.
  const strays = new Int32Array(coalitions.length);
  const ones = new Float64Array(coalitions.length + 1);
  const visit = (place: number): void => {
    const node = tree[place];
    if (node === undefined) return;
    if (node.feature < 0) {
      addLeaf(paths, place, node.value, strays, ones, parts, coalitions);
      return;
    }
    const slot = slots[place] ?? 0;
    const goesLeft = node.goesLeft(Math.fround(row[node.feature] ?? Number.NaN));
    const before = strays[slot] ?? 0;
    strays[slot] = goesLeft ? before : before + 1;
    visit(node.left);
    strays[slot] = goesLeft ? before + 1 : before;
    visit(node.right);
    strays[slot] = before;
  };
  visit(0);
}

function addLeaf(
  { starts, counts, features, shares }: LeafPaths,
  place: number,
  value: number,
  strays: Int32Array,
  ones: Float64Array,
  parts: Float64Array,
  coalitions: readonly Float64Array[],
): void {
  const start = starts[place] ?? 0;
  const count = counts[place] ?? 0;
  // Features that lead the row elsewhere count only outside a coalition, by their share; the others make the polynomial, a
  // factor (share + t) each.
  let outside = value;
  let degree = 0;
  ones[0] = 1;
  for (let slot = 0; slot < count; slot++) {
    const share = shares[start + slot] ?? 0;
    if ((strays[slot] ?? 0) > 0) {
      outside *= share;
      continue;
    }
    ones[degree + 1] = ones[degree] ?? 0;
    for (let power = degree; power > 0; power--)
      ones[power] = (ones[power] ?? 0) * share + (ones[power - 1] ?? 0);
    ones[0] = (ones[0] ?? 0) * share;
    degree++;
  }
  if (outside === 0) return;
  const weights = coalitions[count] ?? ones;
  let joining = 0;
  if (degree < count)
    for (let power = 0; power <= degree; power++) joining += (weights[power] ?? 0) * (ones[power] ?? 0);
  for (let slot = 0; slot < count; slot++) {
    const feature = features[start + slot] ?? 0;
    const share = shares[start + slot] ?? 0;
    if ((strays[slot] ?? 0) > 0) {
      parts[feature] = (parts[feature] ?? 0) - outside * joining;
      continue;
    }
    // The polynomial without this feature's factor, divided from the highest power down.
    let quotient = 0;
    let sum = 0;
    for (let power = degree - 1; power >= 0; power--) {
      quotient = (ones[power + 1] ?? 0) - share * quotient;
      sum += (weights[power] ?? 0) * quotient;
    }
    parts[feature] = (parts[feature] ?? 0) + outside * (1 - share) * sum;
  }
}
