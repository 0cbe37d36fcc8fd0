import type { NumericFeature } from './binned-feature.ts';
import { sharedBytes } from './fit/shared-arrays.ts';

/** Rows that the cuts are found on, as LightGBM's `bin_construct_sample_cnt`; evenly spaced, so they need no seed. */
const sampledRows = 200_000;

/**
 * Bins a feature by quantiles of its distinct values. Values are rounded to float32 first, because that is how ONNX Runtime
 * compares them: a cut found on doubles could send a row the other way there.
 * @param maxBins of present values, at most 255
 */
export function binNumbers(name: string, values: Float64Array, maxBins: number): NumericFeature {
  const upper = cuts(presentSample(values).sort(), maxBins);
  const bins = sharedBytes(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = Math.fround(values[row] ?? Number.NaN);
    bins[row] = Number.isNaN(value) ? upper.length : binOf(value, upper);
  }
  return { kind: 'numeric', name, upper, bins, size: upper.length + 1 };
}

function presentSample(values: Float64Array): Float32Array {
  const step = Math.max(1, values.length / sampledRows);
  const sample = new Float32Array(Math.floor(values.length / step));
  let present = 0;
  for (let i = 0; i < sample.length; i++) {
    const value = values[Math.floor(i * step)] ?? Number.NaN;
    if (!Number.isNaN(value)) sample[present++] = value;
  }
  return sample.subarray(0, present);
}

function cuts(sorted: Float32Array, maxBins: number): Float32Array {
  const distinct = sorted.filter((value, index) => index === 0 || value !== sorted[index - 1]);
  if (distinct.length <= 1) return Float32Array.of(Number.POSITIVE_INFINITY);
  const candidates: number[] = [];
  if (distinct.length <= maxBins) {
    for (let i = 0; i + 1 < distinct.length; i++)
      candidates.push(between(distinct[i] ?? 0, distinct[i + 1] ?? 0));
  } else {
    for (let bin = 1; bin < maxBins; bin++) {
      const low = sorted[Math.floor((bin * sorted.length) / maxBins) - 1] ?? 0;
      const above = distinct[firstAbove(distinct, low)];
      if (above !== undefined) candidates.push(between(low, above));
    }
  }
  return Float32Array.from([...new Set(candidates), Number.POSITIVE_INFINITY]);
}

/** A float32 at or above `low` and below `high`. */
function between(low: number, high: number): number {
  const middle = Math.fround(low / 2 + high / 2);
  return middle < high ? middle : low;
}

function firstAbove(sorted: Float32Array, value: number): number {
  let from = 0;
  let until = sorted.length;
  while (from < until) {
    const middle = (from + until) >> 1;
    if ((sorted[middle] ?? 0) <= value) from = middle + 1;
    else until = middle;
  }
  return from;
}

function binOf(value: number, upper: Float32Array): number {
  let from = 0;
  let until = upper.length - 1;
  while (from < until) {
    const middle = (from + until) >> 1;
    if (value <= (upper[middle] ?? 0)) until = middle;
    else from = middle + 1;
  }
  return from;
}
