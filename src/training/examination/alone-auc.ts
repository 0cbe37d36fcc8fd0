import { rocAuc } from '../../data/classification-metrics.ts';
import type { NumericColumn } from '../../data/table.ts';
import { binFeatures } from '../bin-features.ts';
import type { BinnedFeature } from '../binned-feature.ts';
import { randomFrom } from '../random.ts';

/** Of any outcome so many rows at least, or chance alone could order them. */
const fewestOfOutcome = 10;
/** With more rows the bins are as fine as the order, and counted faster than it is sorted. */
const mostSorted = 5_000;
const rowsPerBin = 20;
const mostBins = 255;

/**
 * How well one feature alone tells the outcomes apart, as an area under the ROC curve from 0.5 up: the larger one of its order,
 * missing values lowest, where there are at most 5,000 rows; and of the shares of outcome 1 in its bins (values, where it is a
 * category), a bin of missing values among them, each half of the rows judged by the shares of the other. The second sees what
 * goes up and down, names, and values that are missing for one outcome only.
 * @param target 0 or 1, one a row
 * @returns undefined where an outcome has fewer than ten rows
 */
export function aloneAuc(
  column: NumericColumn,
  target: Float64Array,
  isCategory: boolean,
): number | undefined {
  const positives = target.reduce((sum, each) => sum + each, 0);
  if (Math.min(positives, target.length - positives) < fewestOfOutcome) return undefined;
  const ofBins = binsAuc(binned(column, isCategory), target) ?? 0.5;
  if (isCategory || target.length > mostSorted) return ofBins;
  return Math.max(ofBins, orderAuc(column.values, target) ?? 0.5);
}

function orderAuc(values: Float64Array, target: Float64Array): number | undefined {
  const scores = values.map((value) => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value));
  const auc = rocAuc(scores, target);
  return auc === null ? undefined : Math.max(auc, 1 - auc);
}

function binned({ name, values }: NumericColumn, isCategory: boolean): BinnedFeature | undefined {
  const maxBins = Math.min(mostBins, Math.max(2, Math.floor(values.length / rowsPerBin)));
  const categories = isCategory ? [name] : [];
  return binFeatures([name], [values], { categories, maxBins, maxBinsOf: {} })[0];
}

/** Rows of each outcome, by bin. */
interface Half {
  readonly negatives: Float64Array;
  readonly positives: Float64Array;
}

function binsAuc(feature: BinnedFeature | undefined, target: Float64Array): number | undefined {
  if (feature === undefined) return undefined;
  const random = randomFrom(1);
  const empty = (): Half => ({
    negatives: new Float64Array(feature.size),
    positives: new Float64Array(feature.size),
  });
  const halves = [empty(), empty()] as const;
  for (let row = 0; row < target.length; row++) {
    const half = halves[random() < 0.5 ? 0 : 1];
    const counts = target[row] === 1 ? half.positives : half.negatives;
    const bin = feature.bins[row] ?? 0;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const [first, second] = halves;
  const areas = [judged(first, second), judged(second, first)].filter((area) => area !== undefined);
  return areas.length === 0 ? undefined : areas.reduce((sum, area) => sum + area, 0) / areas.length;
}

/** Area of the rows of `half` under the ROC curve, each scored by the share of outcome 1 that its bin has in `other`. */
function judged(half: Half, other: Half): number | undefined {
  const positives = sumOf(half.positives);
  const negatives = sumOf(half.negatives);
  if (positives === 0 || negatives === 0) return undefined;
  const prior = sumOf(other.positives) / (sumOf(other.positives) + sumOf(other.negatives));
  const share = other.positives.map(
    (count, bin) => (count + prior) / (count + (other.negatives[bin] ?? 0) + 1),
  );
  const order = Uint32Array.from(share.keys()).sort((a, b) => (share[a] ?? 0) - (share[b] ?? 0));
  let below = 0;
  let area = 0;
  for (let from = 0, until = 0; from < order.length; from = until) {
    let [tiedPositives, tiedNegatives] = [0, 0];
    for (; until < order.length && share[order[until] ?? 0] === share[order[from] ?? 0]; until++) {
      tiedPositives += half.positives[order[until] ?? 0] ?? 0;
      tiedNegatives += half.negatives[order[until] ?? 0] ?? 0;
    }
    area += tiedPositives * (below + tiedNegatives / 2);
    below += tiedNegatives;
  }
  return area / (positives * negatives);
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, each) => sum + each, 0);
}
