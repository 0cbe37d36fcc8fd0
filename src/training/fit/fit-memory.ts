import { type BinnedFeature, mostBins } from '../binned-feature.ts';
import type { JointCells, JointHistogram } from './add-rows.ts';
import { countCells, joinFeatures } from './joint-columns.ts';
import { sharedBytes, sharedCounts, sharedNumbers, sharedShorts, sharedWords } from './shared-arrays.ts';
import { taskWords } from './task-words.ts';

/** The rows of a large leaf are cut into so many parts, each for one thread. */
export const partsOfLargeLeaf = 2;

/** What the threads of a fit work on together: shared, so that nothing is copied from one to the other. */
export interface FitMemory {
  /** How the threads find each other, and what the task is: `TaskRunner` says which word is what. */
  readonly words: Int32Array;
  /** Bins of each feature. */
  readonly sizes: Int32Array;
  /** Of each feature its bin, one a row. */
  readonly bins: readonly Uint8Array[];
  /** Of the columns that `joinFeatures` makes. */
  readonly joint: JointCells;
  /** The columns that the tree counts: how many there are, then their places. */
  readonly chosen: Int32Array;
  /** Gradient and hessian of each row, side by side. */
  readonly derivatives: Float64Array;
  /** Row numbers; those of a leaf side by side. */
  readonly rows: Uint32Array;
  /** Room for as many. */
  readonly spareRows: Uint32Array;
  /** By bin of the feature that splits: 1 goes left. */
  readonly goesLeft: Uint8Array;
  /** One for each part. */
  readonly histograms: readonly JointHistogram[];
  /** What trees that build on each other add up to. */
  readonly boosted: BoostedRows;
}

export interface BoostedRows {
  /** Odds of outcome 1, one a row: exp of what the trees add up to. */
  readonly odds: Float64Array;
  /** 0 or 1. */
  readonly target: Uint8Array;
  readonly weights: Float64Array;
  /** Where each leaf ends in `FitMemory.rows`, and what the odds of its rows are multiplied by. */
  readonly leafEnds: Uint32Array;
  readonly leafFactors: Float64Array;
}

/** @param boosted rows whose trees build on each other, by `boostedRows` */
export function fitMemory(
  features: readonly BinnedFeature[],
  boosted: BoostedRows = boostedRows(new Float64Array(), new Float64Array(), 0),
): FitMemory {
  const rows = features[0]?.bins.length ?? 0;
  const sizes = sharedWords(features.length);
  for (const [place, { size }] of features.entries()) sizes[place] = size;
  const columns = joinFeatures(sizes, rows);
  const cells = countCells(columns);
  const width = columns.length;
  const ofShorts = cells <= 2 ** 16;
  return {
    words: sharedWords(taskWords),
    sizes,
    bins: features.map(({ bins }) => bins),
    joint: { cells: ofShorts ? sharedShorts(rows * width) : sharedCounts(rows * width), width },
    chosen: sharedWords(1 + width),
    derivatives: sharedNumbers(2 * rows),
    rows: sharedCounts(rows),
    spareRows: sharedCounts(rows),
    goesLeft: sharedBytes(mostBins + 1),
    histograms: Array.from({ length: partsOfLargeLeaf }, () => ({
      sums: sharedNumbers(2 * cells),
      counts: sharedCounts(cells),
    })),
    boosted,
  };
}

/** @param weights in shared memory */
export function boostedRows(target: Float64Array, weights: Float64Array, mostLeaves: number): BoostedRows {
  const rows = target.length;
  const boosted = {
    odds: sharedNumbers(rows),
    target: sharedBytes(rows),
    weights,
    leafEnds: sharedCounts(2 * mostLeaves),
    leafFactors: sharedNumbers(2 * mostLeaves),
  };
  boosted.target.set(target);
  return boosted;
}
