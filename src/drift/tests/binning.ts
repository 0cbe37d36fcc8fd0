import { firstAbove, firstAtLeast } from '../../data/sorted-numbers.ts';
import type { Samples } from '../samples.ts';
import { total } from '../value-counts.ts';

/** Rows of each side by bin or by value. */
export interface Counts {
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/** With more distinct values than this in the reference, numbers are counted in equal-width bins. */
const mostValues = 20;
const smallShare = 0.0001;

/**
 * Counts as Evidently 0.7.23 `get_binned_data`: numbers of more than 20 distinct reference values in equal-width bins over both
 * sides, as many as Sturges (1926) gives for both sizes together; anything else by value.
 */
export function evidentlyCounts(samples: Samples): Counts {
  if (samples.type === 'categorical' || samples.distinctReference() <= mostValues) return samples.counts();
  const { values } = samples.tallies();
  return countsBetween(
    samples,
    sturgesEdges(values, samples.referenceSize + samples.currentSize, samples.whole),
  );
}

/**
 * Edges of equal-width bins by Sturges' rule, as numpy 2 `histogram_bin_edges(bins='sturges')`.
 * @param values ascending, at least two distinct
 * @param size number of values that the rule counts
 * @param whole numpy makes bins of whole numbers at least 1 wide
 */
export function sturgesEdges(values: Float64Array, size: number, whole: boolean): Float64Array {
  const range = (values.at(-1) ?? 0) - (values[0] ?? 0);
  const width = range / (Math.log2(size) + 1);
  return equalEdges(values, Math.ceil(range / (whole ? Math.max(1, width) : width)));
}

/** Edges of `bins` bins from the first to the last of values that are ascending, as numpy's `linspace`. */
export function equalEdges(values: Float64Array, bins: number): Float64Array {
  const first = values[0] ?? 0;
  const last = values.at(-1) ?? 0;
  const step = (last - first) / bins;
  const edges = Float64Array.from({ length: bins + 1 }, (_, index) => first + index * step);
  edges[bins] = last;
  return edges;
}

export function countsBetween(samples: Samples, edges: Float64Array): Counts {
  const { reference, current } = samples.sorted();
  return { reference: countBetween(reference, edges), current: countBetween(current, edges) };
}

/** Values by bin: each bin holds its lower edge, the last one also its upper edge. `sorted` and `edges` ascending. */
export function countBetween(sorted: Float64Array, edges: Float64Array): number[] {
  const below = [...edges].map((edge) => firstAtLeast(sorted, edge));
  below[edges.length - 1] = firstAbove(sorted, edges.at(-1) ?? 0);
  return below.slice(1).map((count, index) => count - (below[index] ?? 0));
}

/** Shares of counts that are not all zero. */
export function shares(counts: readonly number[]): number[] {
  const all = total(counts);
  return counts.map((count) => count / all);
}

/**
 * Shares without a zero, so that their ratio has a logarithm, as Evidently 0.7.23: 0.0001 in its place, or a millionth of the
 * smallest other share where that is at most 0.0001. They no longer add up to 1.
 */
export function sharesWithoutZero(counts: readonly number[]): number[] {
  const plain = shares(counts);
  const smallest = plain.reduce((least, share) => (share > 0 ? Math.min(least, share) : least), 1);
  const instead = smallest <= smallShare ? smallest / 1e6 : smallShare;
  return plain.map((share) => (share === 0 ? instead : share));
}
