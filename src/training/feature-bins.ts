/** The bin of a missing value; present values have bins 0..254. */
export const missingBin = 255;

export interface BinnedFeature {
  readonly name: string;
  /** One bin a row. */
  readonly bins: Uint8Array;
  /** `upper[b]` is a float32: a present value is in bin b or lower exactly when it is <= upper[b]. */
  readonly upper: Float32Array;
}

/**
 * Bins a feature by quantiles of its distinct values. Values are rounded to float32 first, because that is how ONNX Runtime
 * compares them: a cut found on doubles could send a row the other way there.
 */
export function binFeature(name: string, values: Float64Array, maxBins: number): BinnedFeature {
  const rounded = Float32Array.from(values);
  const upper = cuts(rounded.filter((value) => !Number.isNaN(value)).sort(), maxBins);
  return {
    name,
    upper,
    bins: Uint8Array.from(rounded, (value) => (Number.isNaN(value) ? missingBin : binOf(value, upper))),
  };
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
