import { shuffled } from './shuffled.ts';

/** Estimated parts of one row's probability, with their standard errors; they add up with the base to the probability. */
export interface SampledParts {
  /** The mean probability of the background rows that were drawn. */
  readonly base: number;
  readonly parts: Float64Array;
  readonly errors: Float64Array;
}

export interface SampledQuestion {
  readonly row: Float64Array;
  /** Rows that stand for a feature which is left out, at least one. */
  readonly background: readonly Float64Array[];
  /** Draws: each an order of the features, there and back, and one background row. */
  readonly draws: number;
  readonly random: () => number;
  /** Probabilities of rows that lie one after another. */
  readonly score: (values: Float64Array, rows: number) => Promise<Float64Array>;
}

/** So many values are scored together. */
const mostCells = 2_000_000;

/**
 * Shapley values of any model's probability by sampling: features turn from a background row's values to the explained row's
 * one after another in a drawn order, and each is given the change that its turn makes (Strumbelj and Kononenko 2014,
 * "Explaining prediction models and individual predictions with feature contributions"); each order is walked forwards and
 * backwards (antithetic, Mitchell et al. 2022). Interventional: a feature is left out as if it were independent of the others.
 */
export async function sampledShapley(question: SampledQuestion): Promise<SampledParts> {
  const { row, background, draws, random, score } = question;
  const width = row.length;
  const places = Float64Array.from(row.keys());
  const sums = new Float64Array(width);
  const squares = new Float64Array(width);
  let base = 0;
  const together = Math.max(1, Math.floor(mostCells / (2 * width * width)));
  for (let done = 0; done < draws; done += together) {
    const walks = Array.from({ length: Math.min(together, draws - done) }, () => ({
      from: background[Math.floor(random() * background.length)] ?? row,
      order: shuffled(places, random),
    }));
    const answers = await score(rowsOnTheWay(walks, row), walks.length * 2 * width);
    for (const [place, { order }] of walks.entries()) {
      const own = answers.subarray(place * 2 * width, (place + 1) * 2 * width);
      const at = (step: number) => own[step % own.length] ?? Number.NaN;
      base += at(0) / draws;
      for (const [step, feature] of order.entries()) {
        const part = (at(step + 1) - at(step) + at(width + step) - at(width + step + 1)) / 2;
        sums[feature] = (sums[feature] ?? 0) + part;
        squares[feature] = (squares[feature] ?? 0) + part * part;
      }
    }
  }
  return {
    base,
    parts: sums.map((sum) => sum / draws),
    errors: squares.map((square, feature) => {
      const mean = (sums[feature] ?? 0) / draws;
      return Math.sqrt(Math.max(0, square / draws - mean * mean) / Math.max(1, draws - 1));
    }),
  };
}

interface Walk {
  readonly from: Float64Array;
  /** The features' places, drawn. */
  readonly order: Float64Array;
}

/** From each background row to the explained row, feature by feature, and back in the same order: 2 x width rows a walk. */
function rowsOnTheWay(walks: readonly Walk[], row: Float64Array): Float64Array {
  const width = row.length;
  const values = new Float64Array(walks.length * 2 * width * width);
  let at = 0;
  for (const { from, order } of walks) {
    const current = Float64Array.from(from);
    for (const target of [row, from])
      for (const feature of order) {
        values.set(current, at);
        at += width;
        current[feature] = target[feature] ?? Number.NaN;
      }
  }
  return values;
}
