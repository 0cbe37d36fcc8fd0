/** Steps from one value to the next are one and the same in at least this share of them. */
const even = 0.9;

/**
 * Whether values count rows, in whatever order those stand: whole numbers, all different, in even steps.
 * @param sorted ascending, without NaN, two values at least
 */
export function countsRows(sorted: Float64Array): boolean {
  const steps = new Map<number, number>();
  let before = sorted[0] ?? Number.NaN;
  for (const value of sorted.subarray(1)) {
    const step = value - before;
    if (!Number.isInteger(value) || step === 0) return false;
    steps.set(step, (steps.get(step) ?? 0) + 1);
    before = value;
  }
  let commonest = 0;
  for (const times of steps.values()) commonest = Math.max(commonest, times);
  return commonest >= even * (sorted.length - 1);
}
