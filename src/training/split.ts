import type { Histogram } from './histogram.ts';
import type { Bounds, Penalty } from './leaf-value.ts';

/** Least gain that is more than the rounding of the sums. */
export const leastGain = 1e-9;

/** Which splits are allowed. */
export interface SplitLimits extends Penalty {
  readonly minRowsPerLeaf: number;
  /** Smallest sum of hessians in a leaf. */
  readonly minChildWeight: number;
  /** Gain that a split must exceed. */
  readonly minGain: number;
}

export interface LeafSums {
  readonly gradient: number;
  readonly hessian: number;
  readonly rows: number;
}

/** The cells of one feature in a leaf's histogram, and what all its rows add up to. */
export interface FeatureSums {
  readonly histogram: Histogram;
  /** First cell. */
  readonly offset: number;
  readonly all: LeafSums;
  readonly bounds: Bounds;
  /** What the leaf gains unsplit, under the penalty of `SplitLimits`. */
  readonly unsplit: number;
}

/** The best way to split a leaf on one feature. */
export interface FeatureSplit {
  readonly gain: number;
  /** By bin: 1 goes left, 0 right. */
  readonly goesLeft: Uint8Array;
  /** The last bin of those that go left; -1 where the bins are categories. */
  readonly bin: number;
  readonly leftValue: number;
  readonly rightValue: number;
}

export interface Split extends FeatureSplit {
  /** Its place among the features. */
  readonly feature: number;
}
