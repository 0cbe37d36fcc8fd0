import { InternalError } from '../platform/errors.ts';
import { bestSplit, type SplitQuestion } from './best-split.ts';
import type { BinnedFeature } from './binned-feature.ts';
import type { Fit } from './fit/fit.ts';
import { type RowRange, separate } from './fit/leaf-rows.ts';
import type { Histogram, HistogramBuilder } from './histogram.ts';
import { type Bounds, leafValue, unbounded } from './leaf-value.ts';
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
  /** Its rows are reordered so that those of a leaf are side by side. */
  readonly fit: Fit;
  /** 1 or -1 for a feature whose rise may only raise, or lower, the answer; 0 for the others. */
  readonly directions: readonly number[];
  /** Features that this tree may split on, by their places. */
  readonly candidates: readonly number[];
  /** The first so many of the fit's rows are learned from. */
  readonly learned: number;
  /** The rows after them, up to this one, are only told which leaf they fall in. */
  readonly rows: number;
  readonly limits: TreeLimits;
  readonly random: () => number;
}

/** A leaf's rows: those it was learned from, and others that fall in it. */
export interface LeafRows {
  readonly node: number;
  readonly learned: RowRange;
  readonly others: RowRange;
}

export interface GrownTree {
  readonly tree: Tree;
  readonly leaves: readonly LeafRows[];
}

/** A leaf while the tree grows; one that is not to be split has no histogram. */
interface Leaf extends LeafRows {
  readonly depth: number;
  readonly bounds: Bounds;
  readonly histogram: Histogram | undefined;
  readonly split: Split | undefined;
}

/**
 * Grows one tree leaf-wise, always splitting the leaf of the largest gain (LightGBM: Ke et al. 2017), on histograms of
 * gradients; gain and leaf values by second-order boosting (XGBoost: Chen and Guestrin 2016).
 */
export function growTree(question: TreeQuestion): GrownTree {
  const { fit, candidates, limits, directions, learned, rows } = question;
  const { features, histograms } = fit;
  const [first] = candidates;
  if (first === undefined) throw new InternalError('a tree was to grow on no feature');
  const nodes: TreeNode[] = [];
  const addLeaf = (leaf: Omit<Leaf, 'node' | 'split'>, value: number): Leaf => {
    const { histogram } = leaf;
    const node = nodes.push(leafNode(value)) - 1;
    if (histogram === undefined) return { ...leaf, node, split: undefined };
    const split = findSplit(question, histogram, histograms.total(histogram, first), leaf.bounds);
    if (split === undefined) histograms.release(histogram);
    return { ...leaf, node, split };
  };
  histograms.choose(candidates);
  const root = { learned: { from: 0, until: learned }, others: { from: learned, until: rows } };
  const histogram = histograms.of(root.learned);
  const all = histograms.total(histogram, first);
  const value = leafValue(all.gradient, all.hessian, limits, unbounded);
  const leaves = [addLeaf({ ...root, depth: 0, bounds: unbounded, histogram }, value)];
  while (leaves.length < limits.maxLeaves) {
    const best = leaves.reduce((a, b) => ((b.split?.gain ?? 0) > (a.split?.gain ?? 0) ? b : a));
    const { split, histogram: parent } = best;
    const feature = features[split?.feature ?? -1];
    if (split === undefined || feature === undefined || parent === undefined) break;
    const below = separateLeaf(fit, best, split);
    const depth = best.depth + 1;
    const isLast = leaves.length + 1 === limits.maxLeaves || depth === limits.maxDepth;
    if (isLast) histograms.release(parent);
    const { ofLeft, ofRight } = isLast ? noHistograms : histogramsBelow(histograms, parent, below);
    const bounds = boundsBelow(best.bounds, split, directions[split.feature] ?? 0);
    const left = addLeaf({ ...below.left, depth, bounds: bounds.left, histogram: ofLeft }, split.leftValue);
    const right = addLeaf(
      { ...below.right, depth, bounds: bounds.right, histogram: ofRight },
      split.rightValue,
    );
    nodes[best.node] = splitNode(feature, split, left.node, right.node);
    leaves.splice(leaves.indexOf(best), 1, left, right);
  }
  for (const { histogram, split } of leaves)
    if (histogram !== undefined && split !== undefined) histograms.release(histogram);
  return { tree: nodes, leaves };
}

/** Moves the rows that go left before the others, and says where either side's are. */
function separateLeaf({ memory, runner }: Fit, { learned, others }: LeafRows, { goesLeft, feature }: Split) {
  memory.goesLeft.set(goesLeft);
  const border = separate(runner, memory, learned, feature);
  const borderOfOthers = separate(runner, memory, others, feature);
  return {
    left: {
      learned: { from: learned.from, until: border },
      others: { from: others.from, until: borderOfOthers },
    },
    right: {
      learned: { from: border, until: learned.until },
      others: { from: borderOfOthers, until: others.until },
    },
  };
}

interface Below {
  readonly left: Pick<LeafRows, 'learned'>;
  readonly right: Pick<LeafRows, 'learned'>;
}

const noHistograms = { ofLeft: undefined, ofRight: undefined };

/** Counts the rows of the smaller side; the larger has what the parent had beside them. */
function histogramsBelow(histograms: HistogramBuilder, parent: Histogram, { left, right }: Below) {
  if (lengthOf(left.learned) <= lengthOf(right.learned)) {
    const ofLeft = histograms.of(left.learned);
    return { ofLeft, ofRight: histograms.leaveOver(parent, ofLeft) };
  }
  const ofRight = histograms.of(right.learned);
  return { ofLeft: histograms.leaveOver(parent, ofRight), ofRight };
}

function lengthOf({ from, until }: RowRange): number {
  return until - from;
}

function findSplit(
  { fit: { features, histograms }, directions, candidates, limits, random }: TreeQuestion,
  histogram: Histogram,
  sums: LeafSums,
  bounds: Bounds,
): Split | undefined {
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
