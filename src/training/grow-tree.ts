import { type BinnedFeature, missingBin } from './feature-bins.ts';
import type { TrainingParameters } from './parameters.ts';
import type { Tree, TreeNode } from './tree.ts';

const stride = missingBin + 1;

/** First and second derivatives of the loss, one a row. */
export interface Gradients {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

interface Split {
  readonly gain: number;
  readonly feature: number;
  readonly bin: number;
  readonly missingLeft: boolean;
}

interface Leaf {
  readonly node: number;
  readonly rows: Uint32Array;
  readonly histogram: Float64Array;
  readonly split: Split | undefined;
}

/**
 * Grows one tree leaf-wise, always splitting the leaf of the largest gain (LightGBM: Ke et al. 2017), on histograms of
 * gradients; gain and leaf values by second-order boosting with L2 (XGBoost: Chen and Guestrin 2016).
 * @param rows rows to learn from
 * @param candidates indices of the features that this tree may split on
 */
export function growTree(
  features: readonly BinnedFeature[],
  candidates: readonly number[],
  rows: Uint32Array,
  gradients: Gradients,
  parameters: TrainingParameters,
): Tree {
  const nodes: TreeNode[] = [];
  const addLeaf = (leafRows: Uint32Array, histogram: Float64Array): Leaf => {
    const { gradient, hessian } = sums(leafRows, gradients);
    const value = (-gradient / (hessian + parameters.l2)) * parameters.learningRate;
    const node =
      nodes.push({ feature: -1, threshold: 0, missingLeft: false, left: -1, right: -1, value, gain: 0 }) - 1;
    const split = bestSplit(
      features,
      candidates,
      histogram,
      { gradient, hessian, rows: leafRows.length },
      parameters,
    );
    return { node, rows: leafRows, histogram, split };
  };
  const leaves = [addLeaf(rows, histogramOf(features, candidates, rows, gradients))];
  while (leaves.length < parameters.maxLeaves) {
    const best = leaves.reduce((a, b) => ((b.split?.gain ?? 0) > (a.split?.gain ?? 0) ? b : a));
    const { split } = best;
    const feature = split === undefined ? undefined : features[split.feature];
    if (split === undefined || feature === undefined) break;
    const [leftRows, rightRows] = partition(best.rows, feature.bins, split);
    const leftIsSmaller = leftRows.length <= rightRows.length;
    const small = histogramOf(features, candidates, leftIsSmaller ? leftRows : rightRows, gradients);
    const large = best.histogram.map((sum, index) => sum - (small[index] ?? 0));
    const left = addLeaf(leftRows, leftIsSmaller ? small : large);
    const right = addLeaf(rightRows, leftIsSmaller ? large : small);
    nodes[best.node] = {
      feature: split.feature,
      threshold: feature.upper[split.bin] ?? Number.POSITIVE_INFINITY,
      missingLeft: split.missingLeft,
      left: left.node,
      right: right.node,
      value: 0,
      gain: split.gain,
    };
    leaves.splice(leaves.indexOf(best), 1, left, right);
  }
  return nodes;
}

function sums(rows: Uint32Array, { gradient, hessian }: Gradients) {
  let gradientSum = 0;
  let hessianSum = 0;
  for (const row of rows) {
    gradientSum += gradient[row] ?? 0;
    hessianSum += hessian[row] ?? 0;
  }
  return { gradient: gradientSum, hessian: hessianSum };
}

/** Per candidate feature and bin: gradient sum, hessian sum, rows. */
function histogramOf(
  features: readonly BinnedFeature[],
  candidates: readonly number[],
  rows: Uint32Array,
  { gradient, hessian }: Gradients,
): Float64Array {
  const histogram = new Float64Array(candidates.length * stride * 3);
  for (const [position, candidate] of candidates.entries()) {
    const bins = features[candidate]?.bins;
    if (bins === undefined) continue;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] ?? 0;
      const cell = (position * stride + (bins[row] ?? 0)) * 3;
      histogram[cell] = (histogram[cell] ?? 0) + (gradient[row] ?? 0);
      histogram[cell + 1] = (histogram[cell + 1] ?? 0) + (hessian[row] ?? 0);
      histogram[cell + 2] = (histogram[cell + 2] ?? 0) + 1;
    }
  }
  return histogram;
}

interface Totals {
  readonly gradient: number;
  readonly hessian: number;
  readonly rows: number;
}

function bestSplit(
  features: readonly BinnedFeature[],
  candidates: readonly number[],
  histogram: Float64Array,
  all: Totals,
  parameters: TrainingParameters,
): Split | undefined {
  let best: Split | undefined;
  const strength = (part: Totals) => part.gradient ** 2 / (part.hessian + parameters.l2);
  const parent = strength(all);
  const consider = (left: Totals, feature: number, bin: number, missingLeft: boolean) => {
    const right = minus(all, left);
    if (Math.min(left.rows, right.rows) < parameters.minRowsPerLeaf) return;
    if (Math.min(left.hessian, right.hessian) < parameters.minChildWeight) return;
    const gain = strength(left) + strength(right) - parent;
    if (gain > (best?.gain ?? 1e-9)) best = { gain, feature, bin, missingLeft };
  };
  for (const [position, feature] of candidates.entries()) {
    const cellAt = (bin: number): Totals => {
      const cell = (position * stride + bin) * 3;
      return {
        gradient: histogram[cell] ?? 0,
        hessian: histogram[cell + 1] ?? 0,
        rows: histogram[cell + 2] ?? 0,
      };
    };
    const missing = cellAt(missingBin);
    const bins = features[feature]?.upper.length ?? 0;
    let below: Totals = { gradient: 0, hessian: 0, rows: 0 };
    for (let bin = 0; bin < bins; bin++) {
      below = plus(below, cellAt(bin));
      consider(below, feature, bin, false);
      if (missing.rows > 0) consider(plus(below, missing), feature, bin, true);
    }
  }
  return best;
}

function plus(a: Totals, b: Totals): Totals {
  return { gradient: a.gradient + b.gradient, hessian: a.hessian + b.hessian, rows: a.rows + b.rows };
}

function minus(a: Totals, b: Totals): Totals {
  return { gradient: a.gradient - b.gradient, hessian: a.hessian - b.hessian, rows: a.rows - b.rows };
}

function partition(rows: Uint32Array, bins: Uint8Array, split: Split): readonly [Uint32Array, Uint32Array] {
  const goesLeft = (row: number) => {
    const bin = bins[row] ?? missingBin;
    return bin === missingBin ? split.missingLeft : bin <= split.bin;
  };
  return [rows.filter(goesLeft), rows.filter((row) => !goesLeft(row))];
}
