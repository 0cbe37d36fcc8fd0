import { nextTurn } from '../platform/next-turn.ts';
import { baseLogOdds, meanLogLoss } from './fit/boosted-odds.ts';
import type { Fit } from './fit/fit.ts';
import { growTree, type LeafRows, type TreeLimits } from './grow-tree.ts';
import type { TrainingParameters } from './parameters.ts';
import { chooseShare, randomFrom } from './random.ts';
import { sampleRows } from './sample-rows.ts';
import type { Tree } from './tree.ts';

export interface Boosting {
  /** Its memory holds target and weights of every row. */
  readonly fit: Fit;
  readonly parameters: TrainingParameters;
  readonly seed: number;
  /** What the answers to each row begin with, in log odds; undefined for the mean of those learned from. */
  readonly initial?: Float64Array | undefined;
  /** Whether the trees so far are the answer once `signal` is aborted. */
  readonly keepsBest?: boolean | undefined;
  /** Looked at before each tree. */
  readonly signal: AbortSignal;
}

/**
 * Grows trees on the first `learned` rows, until the log loss of the others no longer improves where there are any.
 * @returns the trees up to the lowest such loss, at least one; the mean is part of the first, what they begin with is not
 */
export async function boost(
  boosting: Boosting,
  learned: number,
  mostTrees: number,
): Promise<readonly Tree[]> {
  const { parameters, signal, initial, keepsBest = false } = boosting;
  const { boosted } = boosting.fit.memory;
  const base = initial === undefined ? baseLogOdds(boosted, learned) : 0;
  if (initial === undefined) boosted.odds.fill(Math.exp(base));
  else for (let row = 0; row < initial.length; row++) boosted.odds[row] = Math.exp(initial[row] ?? 0);
  const isMeasured = learned < boosted.odds.length;
  const grow = treeGrower(boosting, learned);
  const trees: Tree[] = [];
  let best = { loss: meanLogLoss(boosted, learned), trees: 0 };
  while (trees.length < mostTrees) {
    if (isMeasured && trees.length - best.trees >= parameters.earlyStoppingRounds) break;
    await nextTurn(keepsBest ? undefined : signal);
    if (signal.aborted && trees.length > 0) break;
    trees.push(grow());
    const loss = meanLogLoss(boosted, learned);
    if (loss < best.loss) best = { loss, trees: trees.length };
  }
  return withBase(isMeasured ? trees.slice(0, Math.max(1, best.trees)) : trees, base);
}

/** Grows the next tree on the first rows, raises the odds of all by its answers, and returns it. */
function treeGrower({ fit, parameters, seed }: Boosting, learned: number) {
  const { memory, runner, features } = fit;
  const random = randomFrom(seed);
  const directions = features.map(({ name }) => directionOf(parameters.monotone[name]));
  const places = [...features.keys()];
  const limits: TreeLimits = { ...parameters, featureShareOfSplit: 1 };
  const rows = memory.rows.length;
  return (): Tree => {
    runner.run('derive', 0, learned);
    const drawn = sampleRows(memory.rows.subarray(0, learned), parameters.rowShare, random);
    for (let row = learned; row < rows; row++) memory.rows[row] = row;
    const candidates = chooseShare(places, parameters.featureShare, random);
    const grown = growTree({ fit, directions, candidates, learned: drawn, rows, limits, random });
    const tree = grown.tree.map((node) => ({ ...node, value: node.value * parameters.learningRate }));
    raiseByLeaves(fit, grown.leaves, tree);
    return tree;
  };
}

function directionOf(monotone: 'increasing' | 'decreasing' | undefined): number {
  if (monotone === undefined) return 0;
  return monotone === 'increasing' ? 1 : -1;
}

function raiseByLeaves({ memory, runner }: Fit, leaves: readonly LeafRows[], tree: Tree): void {
  const ranges = leaves
    .flatMap(({ node, learned, others }) => [learned, others].map((range) => ({ ...range, node })))
    .filter(({ from, until }) => from < until)
    .toSorted((a, b) => a.until - b.until);
  for (const [index, { until, node }] of ranges.entries()) {
    memory.boosted.leafEnds[index] = until;
    memory.boosted.leafFactors[index] = Math.exp(tree[node]?.value ?? 0);
  }
  runner.run('raise', 0, memory.rows.length);
}

function withBase(trees: readonly Tree[], base: number): readonly Tree[] {
  return trees.map((tree, index) =>
    index > 0 ? tree : tree.map((node) => (node.feature < 0 ? { ...node, value: node.value + base } : node)),
  );
}
