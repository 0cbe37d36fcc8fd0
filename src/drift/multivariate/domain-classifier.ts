import { type NumericColumn, type Table, takeRows } from '../../data/table.ts';
import {
  type BoostedTrees,
  predictProbabilities,
  trainBoostedTrees,
  trainingParameters,
} from '../../training/index.ts';
import { randomFrom } from '../../training/random.ts';

/** What small trees say of rows that they did not learn from. */
export interface ToldSides {
  /** That a row is of the current side, one a row: those of the reference, then the current ones. */
  readonly probabilities: Float64Array;
  /** 1 for a current row. */
  readonly isCurrent: Float64Array;
  /** Sum of the gains of all splits on each column, by name. */
  readonly gains: ReadonlyMap<string, number>;
}

const folds = 5;
/** Of any two rows a fold must have, or there is no interval. */
const fewestRows = 2 * folds;

/** Small trees, stopped early: what tells two populations apart is found in few of them, and noise is not learned. */
const parameters = trainingParameters({
  learningRate: 0.1,
  trees: 60,
  leaves: 8,
  l2: 5,
  minimumRowsPerLeaf: 20,
  earlyStoppingRounds: 10,
});

/**
 * Trees learn which side a row is of, and are asked about rows that they did not see: five folds, stratified by side.
 * @param columns numeric, the same of both sides
 * @returns null where a side has fewer than ten rows, or there is no column
 */
export async function tellSidesApart(
  reference: readonly NumericColumn[],
  current: readonly NumericColumn[],
  seed: number,
  signal: AbortSignal,
): Promise<ToldSides | null> {
  const sizes = [reference[0]?.values.length ?? 0, current[0]?.values.length ?? 0] as const;
  if (Math.min(...sizes) < fewestRows) return null;
  const rows = sizes[0] + sizes[1];
  const columns = reference.map((column, index): NumericColumn => {
    const values = new Float64Array(rows);
    values.set(column.values);
    values.set(current[index]?.values ?? new Float64Array(), sizes[0]);
    return { ...column, values };
  });
  const table: Table = { rows, columns };
  const isCurrent = Float64Array.from({ length: rows }, (_, row) => Number(row >= sizes[0]));
  const foldOf = stratifiedFolds(sizes, seed);
  const order = foldOf.order;
  const probabilities = new Float64Array(rows);
  const gains = new Map<string, number>();
  for (let fold = 0; fold < folds; fold++) {
    const learned = order.filter((row) => foldOf.fold[row] !== fold);
    const judged = order.filter((row) => foldOf.fold[row] === fold);
    const model = await trainBoostedTrees({
      features: takeRows(table, learned),
      target: Float64Array.from(learned, (row) => isCurrent[row] ?? 0),
      parameters,
      seed: seed + fold,
      signal,
    });
    addGains(gains, model);
    for (const [index, probability] of predictProbabilities(model, takeRows(table, judged)).entries())
      probabilities[judged[index] ?? 0] = probability;
  }
  return { probabilities, isCurrent, gains };
}

/** Rows in a random order, and the fold of each; every fold has its part of either side. */
function stratifiedFolds([first, second]: readonly [number, number], seed: number) {
  const random = randomFrom(seed);
  const rank = Float64Array.from({ length: first + second }, random);
  const order = Uint32Array.from(rank.keys()).sort((a, b) => (rank[a] ?? 0) - (rank[b] ?? 0));
  const fold = new Uint8Array(order.length);
  const dealt = [0, 0];
  for (const row of order) {
    const side = Number(row >= first);
    const turn = dealt[side] ?? 0;
    fold[row] = turn % folds;
    dealt[side] = turn + 1;
  }
  return { order, fold };
}

function addGains(gains: Map<string, number>, { features, trees }: BoostedTrees): void {
  for (const tree of trees) {
    for (const { feature, gain } of tree) {
      const name = features[feature];
      if (name !== undefined) gains.set(name, (gains.get(name) ?? 0) + gain);
    }
  }
}
