import { mean, populationDeviation } from '../../moments.ts';
import type { Samples } from '../../samples.ts';
import { total } from '../../value-counts.ts';
import { type Counts, countBetween, equalEdges } from '../binning.ts';

/**
 * Counts as NannyML 0.13.1 bins them: by the reference alone, in Doane's equal-width bins for numbers and by value for
 * categories; what the reference has no bin for counts in one more, in which the reference has nothing.
 */
export function referenceCounts(samples: Samples): Counts {
  return samples.type === 'categorical' ? countsByValue(samples.counts()) : countsByBin(samples);
}

function countsByValue({ reference, current }: Counts): Counts {
  const isKnown = (_: number, index: number) => (reference[index] ?? 0) > 0;
  return withLeftOver({ reference: reference.filter(isKnown), current: current.filter(isKnown) }, current);
}

function countsByBin(samples: Samples): Counts {
  const { reference, current } = samples.sorted();
  const edges = doaneEdges(reference);
  const counts = { reference: countBetween(reference, edges), current: countBetween(current, edges) };
  return withLeftOver(counts, [current.length]);
}

function withLeftOver(counts: Counts, all: readonly number[]): Counts {
  const left = total(all) - total(counts.current);
  if (left === 0) return counts;
  return { reference: [...counts.reference, 0], current: [...counts.current, left] };
}

/** Edges by Doane's rule (1976), Sturges' with the skewness added, as numpy 2 `histogram_bin_edges(bins='doane')`. */
function doaneEdges(sorted: Float64Array): Float64Array {
  const n = sorted.length;
  const deviation = populationDeviation(sorted);
  if (n < 3 || deviation === 0) return singleBin(sorted);
  const center = mean(sorted);
  let cubes = 0;
  for (const value of sorted) cubes += ((value - center) / deviation) ** 3;
  const error = Math.sqrt((6 * (n - 2)) / ((n + 1) * (n + 3)));
  const range = (sorted.at(-1) ?? 0) - (sorted[0] ?? 0);
  const width = range / (1 + Math.log2(n) + Math.log2(1 + Math.abs(cubes / n) / error));
  return equalEdges(sorted, Math.ceil(range / width));
}

/** numpy widens a range of nothing by a half on each side. */
function singleBin(sorted: Float64Array): Float64Array {
  const first = sorted[0] ?? 0;
  const last = sorted.at(-1) ?? 0;
  return first === last ? Float64Array.of(first - 0.5, last + 0.5) : Float64Array.of(first, last);
}
