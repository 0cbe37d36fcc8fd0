import erfc from '@stdlib/math-base-special-erfc';
import erfcinv from '@stdlib/math-base-special-erfcinv';

/** Normal densities cut off at the bounds, one about each observation and a wide one about the middle. */
export interface ParzenEstimator {
  readonly low: number;
  readonly high: number;
  readonly kernels: readonly Kernel[];
}

interface Kernel {
  readonly mean: number;
  readonly deviation: number;
  readonly weight: number;
  /** Density at the mean, of the part between the bounds. */
  readonly peak: number;
}

/** The newest so many observations count the same, those before them less and less. */
const fullWeights = 25;

/**
 * Density of the observed values between two bounds (Bergstra et al. 2011), as the independent one of Optuna 4.5
 * (`_ParzenEstimator`, its defaults): a kernel is as wide as the farther of its neighbours, the outermost as their only one, never
 * narrower than the range by the number of kernels and 1 (at most 100); the prior about the middle counts as one observation.
 * @param observations from the oldest to the newest
 */
export function parzenEstimator(observations: readonly number[], low: number, high: number): ParzenEstimator {
  const range = high - low;
  const middle = (low + high) / 2;
  const narrowest = range / Math.min(100, 2 + observations.length);
  const sorted = [...observations, middle]
    .map((mean, place) => ({ mean, place }))
    .sort((a, b) => a.mean - b.mean);
  const deviations = new Float64Array(sorted.length);
  for (const [rank, { mean, place }] of sorted.entries()) {
    const below = mean - (sorted[rank - 1]?.mean ?? low);
    const above = (sorted[rank + 1]?.mean ?? high) - mean;
    const isOutermost = sorted.length > 1 && (rank === 0 || rank === sorted.length - 1);
    const widest = isOutermost ? (rank === 0 ? above : below) : Math.max(below, above);
    deviations[place] = Math.min(range, Math.max(narrowest, widest));
  }
  const weights = [...observations.map((_, age) => weightOf(age, observations.length)), 1];
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    low,
    high,
    kernels: weights.map((each, place) => {
      const mean = observations[place] ?? middle;
      const deviation = place === observations.length ? range : (deviations[place] ?? range);
      const weight = each / total;
      const mass = normalCdf((high - mean) / deviation) - normalCdf((low - mean) / deviation);
      return { mean, deviation, weight, peak: weight / (deviation * Math.sqrt(2 * Math.PI) * mass) };
    }),
  };
}

/** Rises from 1 / count to 1 over all but the newest. */
function weightOf(age: number, count: number): number {
  const ramp = count - fullWeights;
  if (age >= ramp) return 1;
  return ramp === 1 ? 1 / count : 1 / count + (age / (ramp - 1)) * (1 - 1 / count);
}

/** @param value between the bounds */
export function logDensity({ kernels }: ParzenEstimator, value: number): number {
  let density = 0;
  for (const { mean, deviation, peak } of kernels)
    density += peak * Math.exp(-(((value - mean) / deviation) ** 2) / 2);
  return Math.log(density);
}

export function draw({ low, high, kernels }: ParzenEstimator, random: () => number): number {
  const { mean, deviation } = chosenByWeight(kernels, random());
  const [from, to] = [normalCdf((low - mean) / deviation), normalCdf((high - mean) / deviation)];
  const z = -Math.SQRT2 * erfcinv(2 * (from + (to - from) * random()));
  return Math.min(high, Math.max(low, mean + deviation * z));
}

/** @param share 0..1, of all weights */
function chosenByWeight(kernels: readonly Kernel[], share: number) {
  let passed = 0;
  let chosen = { mean: 0, deviation: 1 };
  for (const kernel of kernels) {
    chosen = kernel;
    passed += kernel.weight;
    if (share < passed) break;
  }
  return chosen;
}

function normalCdf(z: number): number {
  return erfc(-z / Math.SQRT2) / 2;
}
