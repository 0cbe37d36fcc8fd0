/** Quantile by linear interpolation (numpy's default) of values sorted ascending, not empty; `share` 0..1. */
export function quantile(sorted: Float64Array, share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? below;
  return below + (above - below) * (position - Math.floor(position));
}

/** Position of the first value that is `value` or more; the length when there is none. `sorted` ascending. */
export function firstAtLeast(sorted: Float64Array, value: number): number {
  let low = 0;
  for (let high = sorted.length; low < high; ) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? Number.NaN) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Position of the first value above `value`; the length when there is none. `sorted` ascending. */
export function firstAbove(sorted: Float64Array, value: number): number {
  let low = 0;
  for (let high = sorted.length; low < high; ) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? Number.NaN) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The values below or above the bounds, ascending. */
export function outsideOf(sorted: Float64Array, low: number, high: number): Float64Array {
  return joined(sorted.subarray(0, firstAtLeast(sorted, low)), sorted.subarray(firstAbove(sorted, high)));
}

/** How many of the values are `value`. */
export function countEqual(sorted: Float64Array, value: number): number {
  return firstAbove(sorted, value) - firstAtLeast(sorted, value);
}

export function joined(first: Float64Array, second: Float64Array): Float64Array {
  const both = new Float64Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
