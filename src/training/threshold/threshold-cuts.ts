import type { ConfusionCounts, Labels } from '../../data/classification-metrics.ts';

/** A threshold, and what `probability >= threshold` decides about the rows. */
export interface Cut extends ConfusionCounts {
  readonly threshold: number;
}

/**
 * Every way to part the rows by a threshold, the highest first; the first takes none where the probabilities leave room above
 * them. A threshold lies halfway to the next lower probability, so that a difference of rounding between two scorers does not
 * move a row across it. May be walked more than once; O(rows log rows) before the first.
 * @param probabilities of outcome 1, one a row, 0..1
 */
export function thresholdCuts(probabilities: Float64Array, labels: Labels): Iterable<Cut> {
  const order = Uint32Array.from(probabilities, (_, row) => row);
  order.sort((a, b) => (probabilities[a] ?? 0) - (probabilities[b] ?? 0));
  let positives = 0;
  for (const row of order) if (labels[row] === 1) positives++;
  return { [Symbol.iterator]: () => cutsDownwards(probabilities, labels, order, positives) };
}

function* cutsDownwards(
  probabilities: Float64Array,
  labels: Labels,
  order: Uint32Array,
  positives: number,
): Generator<Cut> {
  const at = (place: number) => probabilities[order[place] ?? 0] ?? 0;
  let [truePositives, falsePositives] = [0, 0];
  const cut = (threshold: number): Cut => ({
    threshold,
    truePositives,
    falsePositives,
    falseNegatives: positives - truePositives,
    trueNegatives: order.length - positives - falsePositives,
  });
  const highest = order.length === 0 ? 1 : at(order.length - 1);
  if (highest < 1) yield cut((highest + 1) / 2);
  for (let place = order.length - 1; place >= 0; place--) {
    labels[order[place] ?? 0] === 1 ? truePositives++ : falsePositives++;
    const value = at(place);
    const lower = place === 0 ? 0 : at(place - 1);
    if (place > 0 && lower === value) continue;
    const middle = (lower + value) / 2;
    yield cut(middle > lower ? middle : value);
  }
}
