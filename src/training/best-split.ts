import type { BinnedFeature } from './binned-feature.ts';
import { splitByCategories } from './category-split.ts';
import type { Histogram } from './histogram.ts';
import { type Bounds, leafGain } from './leaf-value.ts';
import { splitByThreshold } from './numeric-split.ts';
import type { LeafSums, Split, SplitLimits } from './split.ts';

export interface SplitQuestion {
  readonly features: readonly BinnedFeature[];
  /** 1 or -1 for a feature whose rise may only raise, or lower, the answer; 0 for the others. */
  readonly directions: readonly number[];
  /** First cell of each feature. */
  readonly offsets: Int32Array;
  /** Features to look at, by their places. */
  readonly candidates: readonly number[];
  readonly limits: SplitLimits;
}

/** The split of the largest gain over all candidates, the first of equals; undefined where none is allowed. */
export function bestSplit(
  question: SplitQuestion,
  histogram: Histogram,
  all: LeafSums,
  bounds: Bounds,
): Split | undefined {
  const { limits } = question;
  if (all.rows < 2 * limits.minRowsPerLeaf) return undefined;
  const unsplit = leafGain(all.gradient, all.hessian, limits);
  let best: Split | undefined;
  for (const feature of question.candidates) {
    const binned = question.features[feature];
    if (binned === undefined) continue;
    const sums = { histogram, offset: question.offsets[feature] ?? 0, all, bounds, unsplit };
    const found =
      binned.kind === 'numeric'
        ? splitByThreshold(binned, sums, limits, question.directions[feature] ?? 0)
        : splitByCategories(binned, sums, limits);
    if (found !== undefined && found.gain > (best?.gain ?? 0)) best = { ...found, feature };
  }
  return best;
}
