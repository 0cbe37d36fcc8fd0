import type { DriftFeature, FeatureDistribution } from '../data/results/drift.ts';
import { quantile } from '../data/sorted-numbers.ts';
import { mean, populationDeviation } from './moments.ts';
import type { ValueCounts } from './value-counts.ts';

const mostBins = 24;
const mostLabels = 20;
/** Bars span this share of the reference on each side; what lies outside counts in the first and last bar. */
const tail = 0.01;

type Summary = NonNullable<DriftFeature['summary']>['reference'];

/** Figures of one side of a numerical feature; all null when it has no values. `sorted` ascending, without missing values. */
export function summarize(sorted: Float64Array): Summary {
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined)
    return { mean: null, deviation: null, minimum: null, median: null, maximum: null };
  return {
    mean: mean(sorted),
    deviation: populationDeviation(sorted),
    minimum: first,
    median: quantile(sorted, 0.5),
    maximum: last,
  };
}

/** Counts of both sides over shared equal-width bins; values sorted ascending, both sides not empty. */
export function binnedDistribution(reference: Float64Array, current: Float64Array): FeatureDistribution {
  const from = Math.min(quantile(reference, tail), quantile(current, tail));
  const until = Math.max(quantile(reference, 1 - tail), quantile(current, 1 - tail));
  if (from === until) {
    return { edges: [from, until], reference: [reference.length], current: [current.length] };
  }
  const width = (until - from) / mostBins;
  const count = (values: Float64Array) => {
    const counts = new Array<number>(mostBins).fill(0);
    for (let i = 0; i < values.length; i++) {
      const bin = Math.min(mostBins - 1, Math.max(0, Math.floor(((values[i] ?? from) - from) / width)));
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    return counts;
  };
  const edges = Array.from({ length: mostBins + 1 }, (_, index) => from + index * width);
  return { edges, reference: count(reference), current: count(current) };
}

/** Counts of the most frequent values, the rest together as 'other'. */
export function labelledDistribution(counts: ValueCounts): FeatureDistribution {
  const ranked = counts.values
    .map((value, index) => ({
      label: String(value),
      reference: counts.reference[index] ?? 0,
      current: counts.current[index] ?? 0,
    }))
    .sort((a, b) => b.reference + b.current - (a.reference + a.current));
  const shown = ranked.slice(0, mostLabels);
  const rest = ranked.slice(mostLabels);
  if (rest.length > 0) {
    const sum = (side: 'reference' | 'current') => rest.reduce((all, each) => all + each[side], 0);
    shown.push({ label: 'other', reference: sum('reference'), current: sum('current') });
  }
  return {
    labels: shown.map((each) => each.label),
    reference: shown.map((each) => each.reference),
    current: shown.map((each) => each.current),
  };
}
