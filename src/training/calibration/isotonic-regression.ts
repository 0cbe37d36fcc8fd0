/** Values nearer together are one, as scikit-learn has it for 64-bit numbers (`_isotonic.pyx`, `_make_unique`). */
const resolution = 1e-15;

export interface LabelledScores {
  /** One a row. */
  readonly scores: Float64Array;
  /** 0 or 1, one a row. */
  readonly labels: Float64Array;
  /** How much each row counts; all the same where undefined. */
  readonly weights?: Float64Array | undefined;
}

/** Points of the fitted line: scores rise, values never fall. */
export interface IsotonicPoints {
  readonly scores: readonly number[];
  readonly values: readonly number[];
}

interface Block {
  /** Weighted mean of its labels. */
  readonly value: number;
  readonly weight: number;
  /** First and last place among the distinct scores. */
  readonly first: number;
  readonly last: number;
}

/**
 * The weighted least squares fit of labels that never falls with the score, by pool adjacent violators (Barlow et al. 1972;
 * Busing 2022, Journal of Statistical Software 102), as scikit-learn 1.9 `IsotonicRegression`: rows of weight 0 are left out,
 * equal scores count as one, and of a run of equal values only the ends are kept. O(rows log rows).
 */
export function isotonicRegression({ scores, labels, weights }: LabelledScores): IsotonicPoints {
  const distinct = distinctScores({ scores, labels, weights });
  const blocks: Block[] = [];
  for (const [place, { value, weight }] of distinct.entries()) {
    let block: Block = { value, weight, first: place, last: place };
    for (
      let before = blocks.at(-1);
      before !== undefined && before.value >= block.value;
      before = blocks.at(-1)
    ) {
      blocks.pop();
      block = pooled(before, block);
    }
    blocks.push(block);
  }
  const ends = blocks.flatMap(({ value, first, last }) =>
    (first === last ? [first] : [first, last]).map((place) => ({
      score: distinct[place]?.score ?? 0,
      value,
    })),
  );
  return { scores: ends.map(({ score }) => score), values: ends.map(({ value }) => value) };
}

function pooled(before: Block, after: Block): Block {
  const weight = before.weight + after.weight;
  const value = (before.value * before.weight + after.value * after.weight) / weight;
  return { value, weight, first: before.first, last: after.last };
}

/** The distinct scores in rising order, each with the mean label and the weight of its rows. */
function distinctScores({ scores, labels, weights }: LabelledScores) {
  const weightOf = (row: number) => (weights === undefined ? 1 : (weights[row] ?? 0));
  const rows = Uint32Array.from(scores.keys()).filter((row) => weightOf(row) > 0);
  rows.sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0) || (labels[a] ?? 0) - (labels[b] ?? 0));
  const distinct: { readonly score: number; value: number; weight: number }[] = [];
  for (const row of rows) {
    const [score, label, weight] = [scores[row] ?? 0, labels[row] ?? 0, weightOf(row)];
    const last = distinct.at(-1);
    if (last === undefined || score - last.score >= resolution) {
      distinct.push({ score, value: label, weight });
      continue;
    }
    last.value = (last.value * last.weight + label * weight) / (last.weight + weight);
    last.weight += weight;
  }
  return distinct;
}
