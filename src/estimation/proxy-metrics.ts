import { mean, quantileSorted, standardDeviation } from 'simple-statistics';
import type { ProxyMetrics, ProxyWindow } from '../data/results/proxy-metrics.ts';
import { hourMs } from '../platform/durations.ts';

export interface WindowLength {
  readonly window: string;
  readonly milliseconds: number;
}

/** The windows of a monitoring run. */
export const proxyWindows: readonly WindowLength[] = [
  { window: '1h', milliseconds: hourMs },
  { window: '6h', milliseconds: 6 * hourMs },
  { window: '24h', milliseconds: 24 * hourMs },
];

const entropyBins = 10;

/**
 * Distribution of predicted probabilities: what can be watched before labels arrive.
 *
 * Quartiles interpolate linearly (numpy's default), the deviation has divisor n. Entropy is in nats over ten equal bins of
 * [0, 1], the last one closed: 0 when all fall into one, at most ln 10.
 * @param probabilities in [0, 1]; NaN is a row that was not scored, and is left out
 * @param threshold a probability of at least this counts as positive
 */
export function proxyMetrics(probabilities: Float64Array, threshold: number): ProxyMetrics {
  const scored = probabilities.filter((probability) => !Number.isNaN(probability));
  return describe(
    scored,
    scored.reduce((count, probability) => count + (probability >= threshold ? 1 : 0), 0),
  );
}

/**
 * The same over the last hours before `now`, by the outcomes as they were given, each at the threshold of its time.
 * A window holds the times after `now` less its length, up to and with `now`; later predictions count in none.
 * @param probabilities one a prediction, NaN where it was not scored
 * @param times epoch milliseconds, one a prediction, in any order
 * @param outcomes predicted classes, one a prediction; 1 is positive
 * @param now epoch milliseconds
 */
export function proxyMetricsByWindow(
  probabilities: Float64Array,
  times: Float64Array,
  outcomes: ArrayLike<number>,
  now: number,
  windows: readonly WindowLength[] = proxyWindows,
): readonly ProxyWindow[] {
  return windows.map(({ window, milliseconds }) => {
    let positives = 0;
    const within = probabilities.filter((probability, row) => {
      const age = now - (times[row] ?? Number.NaN);
      const counts = age >= 0 && age < milliseconds && !Number.isNaN(probability);
      if (counts && outcomes[row] === 1) positives++;
      return counts;
    });
    return { window, ...describe(within, positives) };
  });
}

function describe(scored: Float64Array, positives: number): ProxyMetrics {
  const rows = scored.length;
  if (rows === 0) {
    return { rows, positive_rate: null, mean: null, deviation: null, quartiles: null, entropy: null };
  }
  const sorted = Array.from(scored.toSorted());
  return {
    rows,
    positive_rate: positives / rows,
    mean: mean(sorted),
    deviation: standardDeviation(sorted),
    quartiles: [quantileSorted(sorted, 0.25), quantileSorted(sorted, 0.5), quantileSorted(sorted, 0.75)],
    entropy: binnedEntropy(sorted),
  };
}

function binnedEntropy(probabilities: readonly number[]): number {
  const counts = new Array<number>(entropyBins).fill(0);
  for (const probability of probabilities) {
    const bin = Math.min(entropyBins - 1, Math.floor(probability * entropyBins));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts
    .filter((count) => count > 0)
    .map((count) => count / probabilities.length)
    .reduce((sum, share) => sum + share * Math.log(1 / share), 0);
}
