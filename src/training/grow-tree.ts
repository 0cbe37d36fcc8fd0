import { InternalError } from '../platform/errors.ts';
import { bestSplit, type SplitQuestion } from './best-split.ts';
import type { BinnedFeature } from './binned-feature.ts';
import type { Histogram, HistogramBuilder } from './histogram.ts';
import { type Bounds, leafValue, unbounded } from './leaf-value.ts';
import { partition } from './partition.ts';
import { chooseShare } from './random.ts';
import type { LeafSums, Split, SplitLimits } from './split.ts';
import type { Tree, TreeNode } from './tree.ts';

export interface TreeLimits extends SplitLimits {
  readonly maxLeaves: number;
  /** Most splits above a leaf; undefined for no limit. */
  readonly maxDepth?: number | undefined;
  /** Share of the candidate features that each split may use, 0..1. */
  readonly featureShareOfSplit: number;
}

export interface TreeQuestion {
  readonly features: readonly BinnedFeature[];
  /** 1 or -1 for a feature whose rise may only raise, or lower, the answer; 0 for the others. */
  readonly directions: readonly number[];
  /** Features that this tree may split on, by their places. */
  readonly candidates: readonly number[];
  /** Rows to learn from; reordered so that those of a leaf are side by side. */
  readonly rows: Uint32Array;
  readonly histograms: HistogramBuilder;
  readonly limits: TreeLimits;
  readonly random: () => number;
}

export interface GrownTree {
  readonly tree: Tree;
  /** The node of each leaf, and the rows it ended with. */
  readonly leaves: readonly { readonly node: number; readonly rows: Uint32Array }[];
  /** By node: which bins of its feature go left; undefined at a leaf. */
  readonly goesLeft: readonly (Uint8Array | undefined)[];
}

interface Leaf {
  readonly node: number;
  readonly rows: Uint32Array;
  readonly sums: LeafSums;
  readonly depth: number;
  readonly bounds: Bounds;
  readonly histogram: Histogram;
  readonly split: Split | undefined;
}

/**
 * Grows one tree leaf-wise, always splitting the leaf of the largest gain (LightGBM: Ke et al. 2017), on histograms of
 * gradients; gain and leaf values by second-order boosting (XGBoost: Chen and Guestrin 2016).
 */
export function growTree(question: TreeQuestion): GrownTree {
  const { features, candidates, histograms, limits, directions } = question;
  const first = features[candidates[0] ?? 0];
  if (first === undefined) throw new InternalError('a tree was to grow on no feature');
  const nodes: TreeNode[] = [];
  const goesLeft: (Uint8Array | undefined)[] = [];
  const scratch = new Uint32Array(question.rows.length);
  const addLeaf = (leaf: Omit<Leaf, 'node' | 'split' | 'sums'>, value: number | undefined): Leaf => {
    const sums = histograms.total(leaf.histogram, first, candidates[0] ?? 0);
    const node = nodes.push(leafNode(value ?? leafValue(sums.gradient, sums.hessian, limits, unbounded))) - 1;
    goesLeft.push(undefined);
    const split = findSplit(question, leaf, sums);
    if (split === undefined) histograms.release(leaf.histogram);
    return { ...leaf, node, sums, split };
  };
  const root = histograms.of(question.rows, candidates);
  const leaves = [addLeaf({ rows: question.rows, depth: 0, bounds: unbounded, histogram: root }, undefined)];
  while (leaves.length < limits.maxLeaves) {
    const best = leaves.reduce((a, b) => ((b.split?.gain ?? 0) > (a.split?.gain ?? 0) ? b : a));
    const { split } = best;
    const feature = features[split?.feature ?? -1];
    if (split === undefined || feature === undefined) break;
    const leftRows = partition(best.rows, feature.bins, split.goesLeft, scratch);
    const rightRows = best.rows.subarray(leftRows.length);
    const leftIsSmaller = leftRows.length <= rightRows.length;
    const small = histograms.of(leftIsSmaller ? leftRows : rightRows, candidates);
    const large = histograms.leaveOver(best.histogram, small);
    const depth = best.depth + 1;
    const bounds = boundsBelow(best.bounds, split, directions[split.feature] ?? 0);
    const left = addLeaf(
      { rows: leftRows, depth, bounds: bounds.left, histogram: leftIsSmaller ? small : large },
      split.leftValue,
    );
    const right = addLeaf(
      { rows: rightRows, depth, bounds: bounds.right, histogram: leftIsSmaller ? large : small },
      split.rightValue,
    );
    nodes[best.node] = splitNode(feature, split, left.node, right.node);
    goesLeft[best.node] = split.goesLeft;
    leaves.splice(leaves.indexOf(best), 1, left, right);
  }
  for (const { histogram, split } of leaves) if (split !== undefined) histograms.release(histogram);
  return { tree: nodes, leaves, goesLeft };
}

function findSplit(
  { features, directions, candidates, histograms, limits, random }: TreeQuestion,
  { histogram, bounds, depth }: Pick<Leaf, 'histogram' | 'bounds' | 'depth'>,
  sums: LeafSums,
): Split | undefined {
  if (depth === limits.maxDepth) return undefined;
  const asked: SplitQuestion = {
    features,
    directions,
    offsets: histograms.offsets,
    candidates:
      limits.featureShareOfSplit === 1
        ? candidates
        : chooseShare(candidates, limits.featureShareOfSplit, random),
    limits,
  };
  return bestSplit(asked, histogram, sums, bounds);
}

/** Both sides of a monotone split keep to their side of its middle (LightGBM's `basic` method). */
function boundsBelow(bounds: Bounds, { leftValue, rightValue }: Split, direction: number) {
  if (direction === 0) return { left: bounds, right: bounds };
  const middle = (leftValue + rightValue) / 2;
  const below = { ...bounds, most: Math.min(bounds.most, middle) };
  const above = { ...bounds, least: Math.max(bounds.least, middle) };
  return direction > 0 ? { left: below, right: above } : { left: above, right: below };
}

function leafNode(value: number): TreeNode {
  return { feature: -1, threshold: 0, missingLeft: false, left: -1, right: -1, value, gain: 0 };
}

function splitNode(feature: BinnedFeature, split: Split, left: number, right: number): TreeNode {
  const missingLeft = split.goesLeft[feature.size - 1] === 1;
  const isNumeric = feature.kind === 'numeric';
  const threshold = isNumeric ? (feature.upper[split.bin] ?? Number.POSITIVE_INFINITY) : 0;
  // Properties in the order that a leaf has them: walks are faster where all nodes have one shape.
  const node = { feature: split.feature, threshold, missingLeft, left, right, value: 0, gain: split.gain };
  if (isNumeric) return node;
  return { ...node, categories: Array.from(feature.values.filter((_, bin) => split.goesLeft[bin] === 1)) };
}
