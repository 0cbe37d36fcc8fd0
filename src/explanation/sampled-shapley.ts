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

/**
 * Shapley values of any model's probability by sampling: features turn from a background row's values to the explained row's
 * one after another in a drawn order, and each is given the change that its turn makes (Strumbelj and Kononenko 2014,
 * "Explaining prediction models and individual predictions with feature contributions"); each order is walked forwards and
 * backwards (antithetic, Mitchell et al. 2022). Interventional: a feature is left out as if it were independent of the others.
 */
export async function sampledShapley(question: SampledQuestion): Promise<SampledParts> {
  const { row, background, draws, random, score } = question;
  const width = row.length;
  const steps = 2 * width;
  const values = new Float64Array(draws * steps * width);
  const orders: (readonly number[])[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const from = background[Math.floor(random() * background.length)] ?? row;
    const order = shuffled(width, random);
    orders.push(order);
    // Forwards from the background row to the row, then back from the row to the background row in the same order.
    const current = Float64Array.from(from);
    for (const [place, target] of [...order, ...order].entries()) {
      values.set(current, (draw * steps + place) * width);
      current[target] = (place < width ? row : from)[target] ?? Number.NaN;
    }
  }
  const answers = await score(values, draws * steps);
  const sums = new Float64Array(width);
  const squares = new Float64Array(width);
  let base = 0;
  for (const [draw, order] of orders.entries()) {
    const at = (place: number) => answers[draw * steps + (place % steps)] ?? Number.NaN;
    base += at(0) / draws;
    for (const [place, feature] of order.entries()) {
      const forwards = at(place + 1) - at(place);
      const backwards = at(width + place) - at(width + place + 1);
      const part = (forwards + backwards) / 2;
      sums[feature] = (sums[feature] ?? 0) + part;
      squares[feature] = (squares[feature] ?? 0) + part * part;
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

/** Fisher and Yates. */
function shuffled(count: number, random: () => number): readonly number[] {
  const order = Array.from({ length: count }, (_, place) => place);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
  return order;
}
