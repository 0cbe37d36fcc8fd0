import type { Labels } from '../data/classification-metrics.ts';
import { f1Score, logLoss } from '../data/classification-metrics.ts';
import type { Interval } from '../data/delong.ts';

export interface BootstrapQuestion {
  /** Of outcome 1, one a row, 0..1; at least one. */
  readonly probabilities: Float64Array;
  readonly labels: Labels;
  readonly threshold: number;
  readonly draws: number;
  /** Numbers in [0, 1). */
  readonly random: () => number;
}

export interface BootstrapIntervals {
  readonly f1: Interval;
  readonly brier: Interval;
  readonly log_loss: Interval;
}

/** Chance beyond either end. */
const outside = 0.025;

/**
 * F1, Brier score and log loss with 95 % percentile intervals (Efron and Tibshirani 1993, chapter 13): the rows are drawn with
 * replacement, all three figures of the same draws.
 */
export function bootstrapIntervals(question: BootstrapQuestion): BootstrapIntervals {
  const { probabilities, labels, threshold, draws, random } = question;
  const rows = probabilities.length;
  const squares = probabilities.map((probability, row) => (probability - (labels[row] ?? 0)) ** 2);
  const losses = probabilities.map((probability, row) =>
    logLoss(Float64Array.of(probability), Float64Array.of(labels[row] ?? 0)),
  );
  // 0: neither predicted nor true, 1: true only, 2: predicted only, 3: both.
  const kinds = Uint8Array.from(
    probabilities,
    (probability, row) => (probability >= threshold ? 2 : 0) + (labels[row] === 1 ? 1 : 0),
  );
  const figuresOf = (draw: (place: number) => number) => {
    const counts = new Float64Array(4);
    let brier = 0;
    let loss = 0;
    for (let place = 0; place < rows; place++) {
      const row = draw(place);
      const kind = kinds[row] ?? 0;
      counts[kind] = (counts[kind] ?? 0) + 1;
      brier += squares[row] ?? 0;
      loss += losses[row] ?? 0;
    }
    const [trueNegatives = 0, falseNegatives = 0, falsePositives = 0, truePositives = 0] = counts;
    const f1 = f1Score({ truePositives, falsePositives, falseNegatives, trueNegatives });
    return { f1, brier: brier / rows, log_loss: loss / rows };
  };
  const drawn = Array.from({ length: draws }, () => figuresOf(() => Math.floor(random() * rows)));
  const own = figuresOf((place) => place);
  const interval = (name: keyof BootstrapIntervals): Interval => {
    const sorted = Float64Array.from(drawn, (each) => each[name]).sort();
    return { value: own[name], low: quantile(sorted, outside), high: quantile(sorted, 1 - outside) };
  };
  return { f1: interval('f1'), brier: interval('brier'), log_loss: interval('log_loss') };
}

/** Interpolated linearly, as numpy does by default. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? Number.NaN;
  return low + (high - low) * (place - Math.floor(place));
}
