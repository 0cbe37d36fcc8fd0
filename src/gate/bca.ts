import erfc from '@stdlib/math-base-special-erfc';
import erfcinv from '@stdlib/math-base-special-erfcinv';

/**
 * Bias-corrected and accelerated bootstrap interval (Efron 1987), with the conventions of scipy 1.17
 * `scipy.stats.bootstrap(method='BCa')`: draws equal to the figure count by half, ends are interpolated linearly.
 * @param figure computed on the rows themselves
 * @param drawn the same figure of each resample
 * @param acceleration skewness of the figure, from the jackknife
 * @param outside chance beyond either end, such as 0.025
 * @returns null where every draw lies on one side of the figure, so that the bias has no estimate
 */
export function bcaInterval(
  figure: number,
  drawn: Float64Array,
  acceleration: number,
  outside: number,
): { readonly low: number; readonly high: number } | null {
  let below = 0;
  for (const value of drawn) below += value < figure ? 1 : value === figure ? 0.5 : 0;
  const bias = normalQuantile(below / drawn.length);
  if (!Number.isFinite(bias) || !Number.isFinite(acceleration)) return null;
  const sorted = drawn.toSorted();
  const end = (chance: number) => {
    const moved = bias + normalQuantile(chance);
    return interpolated(sorted, erfc(-(bias + moved / (1 - acceleration * moved)) / Math.SQRT2) / 2);
  };
  return { low: end(outside), high: end(1 - outside) };
}

function normalQuantile(chance: number): number {
  return -Math.SQRT2 * erfcinv(2 * chance);
}

function interpolated(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? Number.NaN;
  return low + (high - low) * (place - Math.floor(place));
}
