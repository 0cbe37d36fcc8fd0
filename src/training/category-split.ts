import type { CategoryFeature } from './binned-feature.ts';
import { leafGainAt, leafValue, type Penalty } from './leaf-value.ts';
import { type FeatureSplit, type FeatureSums, type LeafSums, leastGain, type SplitLimits } from './split.ts';

/** LightGBM 4.5's defaults of `max_cat_to_onehot`, `cat_smooth`, `cat_l2`, `max_cat_threshold`, `min_data_per_group`. */
const exactUpTo = 4;
const smoothing = 10;
const extraL2 = 10;
const mostOnOneSide = 32;
const minRowsPerGroup = 100;

interface Grouping {
  readonly gain: number;
  readonly bins: readonly number[];
  readonly left: LeafSums;
}

/**
 * Splits the categories of a leaf, missing values being one, into those that go left and all others; what was never seen goes
 * right, with the rare. Up to four: every grouping. More: sorted by gradient over hessian, the best run from either end
 * (Fisher 1958; LightGBM 4.5, `FindBestThresholdCategoricalInner`, its smoothing and limits).
 */
export function splitByCategories(
  { values, size }: CategoryFeature,
  sums: FeatureSums,
  limits: SplitLimits,
): FeatureSplit | undefined {
  const { histogram, offset, all, bounds, unsplit } = sums;
  const sumsOf = (bin: number): LeafSums => ({
    gradient: histogram.sums[2 * (offset + bin)] ?? 0,
    hessian: histogram.sums[2 * (offset + bin) + 1] ?? 0,
    rows: histogram.rows[offset + bin] ?? 0,
  });
  const categories = [...values.keys(), size - 1]
    .map((bin) => ({ bin, sums: sumsOf(bin) }))
    .filter((each) => each.sums.rows > 0);
  const exact = categories.length <= exactUpTo;
  const penalty = exact ? limits : { l1: limits.l1, l2: limits.l2 + extraL2 };
  let best: Grouping | undefined;
  for (const { bins, left } of exact ? everyGrouping(categories) : sortedRuns(categories, all, limits)) {
    const right = minus(all, left);
    if (Math.min(left.rows, right.rows) < limits.minRowsPerLeaf) continue;
    if (Math.min(left.hessian, right.hessian) < limits.minChildWeight) continue;
    const gain = gainIn(left, penalty, sums) + gainIn(right, penalty, sums) - unsplit;
    if (gain > (best?.gain ?? Math.max(limits.minGain, leastGain))) best = { gain, bins, left };
  }
  if (best === undefined) return undefined;
  const goesLeft = new Uint8Array(size);
  for (const bin of best.bins) goesLeft[bin] = 1;
  const right = minus(all, best.left);
  return {
    gain: best.gain,
    goesLeft,
    bin: -1,
    leftValue: leafValue(best.left.gradient, best.left.hessian, penalty, bounds),
    rightValue: leafValue(right.gradient, right.hessian, penalty, bounds),
  };
}

interface Category {
  readonly bin: number;
  readonly sums: LeafSums;
}

/** Each way to take some and leave the others. */
function* everyGrouping(categories: readonly Category[]) {
  for (let mask = 1; mask < 1 << categories.length; mask++) {
    const taken = categories.filter((_, place) => (mask >> place) & 1);
    yield { bins: taken.map(({ bin }) => bin), left: taken.map((each) => each.sums).reduce(plus) };
  }
}

function* sortedRuns(categories: readonly Category[], all: LeafSums, limits: SplitLimits) {
  const order = ({ sums }: Category) => sums.gradient / (sums.hessian + smoothing);
  const sorted = categories
    .filter(({ sums }) => sums.rows >= smoothing)
    .sort((a, b) => order(a) - order(b) || a.bin - b.bin);
  const most = Math.min(mostOnOneSide, (sorted.length + 1) >> 1);
  for (const ordered of [sorted, sorted.toReversed()]) {
    let left: LeafSums = { gradient: 0, hessian: 0, rows: 0 };
    let rowsOfGroup = 0;
    for (const [place, { sums }] of ordered.slice(0, most).entries()) {
      left = plus(left, sums);
      rowsOfGroup += sums.rows;
      if (all.rows - left.rows < minRowsPerGroup) break;
      if (rowsOfGroup < minRowsPerGroup || left.rows < limits.minRowsPerLeaf) continue;
      rowsOfGroup = 0;
      yield { bins: ordered.slice(0, place + 1).map(({ bin }) => bin), left };
    }
  }
}

function gainIn({ gradient, hessian }: LeafSums, penalty: Penalty, { bounds }: FeatureSums): number {
  return leafGainAt(leafValue(gradient, hessian, penalty, bounds), gradient, hessian, penalty);
}

function plus(a: LeafSums, b: LeafSums): LeafSums {
  return { gradient: a.gradient + b.gradient, hessian: a.hessian + b.hessian, rows: a.rows + b.rows };
}

function minus(a: LeafSums, b: LeafSums): LeafSums {
  return { gradient: a.gradient - b.gradient, hessian: a.hessian - b.hessian, rows: a.rows - b.rows };
}
