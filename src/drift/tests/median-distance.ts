const bisections = 100;

/**
 * Median of the squared distances of all ordered pairs of values, each value with itself among them, the upper of the two in the
 * middle: numpy's `percentile(50, method='nearest')`. Found by bisection, each step linear in the values.
 * @param sorted ascending, at least two values
 */
export function medianSquaredDistance(sorted: Float64Array): number {
  const n = sorted.length;
  // The n smallest are each value with itself; every other distance stands there twice.
  const rank = Math.floor((Math.floor((n * n) / 2) - n) / 2);
  let below = 0;
  let from = (sorted[n - 1] ?? 0) - (sorted[0] ?? 0);
  if (pairsWithin(sorted, 0) > rank) return 0;
  for (let step = 0; step < bisections; step++) {
    const middle = below + (from - below) / 2;
    if (middle <= below || middle >= from) break;
    if (pairsWithin(sorted, middle) > rank) from = middle;
    else below = middle;
  }
  return from * from;
}

/** Unordered pairs no farther apart than `distance`. */
function pairsWithin(sorted: Float64Array, distance: number): number {
  let pairs = 0;
  let last = 0;
  for (let first = 0; first < sorted.length; first++) {
    const limit = (sorted[first] ?? 0) + distance;
    while (last < sorted.length && (sorted[last] ?? 0) <= limit) last++;
    pairs += last - first - 1;
  }
  return pairs;
}
