import { nextTurn } from '../platform/next-turn.ts';
import type { BinnedFeature } from './binned-feature.ts';
import { type GrownTree, growTree, type TreeLimits } from './grow-tree.ts';
import { HistogramBuilder } from './histogram.ts';
import { baseLogOdds, meanLogLoss, setDerivatives } from './logistic-loss.ts';
import type { TrainingParameters } from './parameters.ts';
import { chooseShare, randomFrom } from './random.ts';
import { sampleRows } from './sample-rows.ts';
import type { Tree } from './tree.ts';

export interface Boosting {
  readonly features: readonly BinnedFeature[];
  /** 0 or 1, one a row. */
  readonly target: Float64Array;
  /** How much each row counts. */
  readonly weights: Float64Array;
  readonly parameters: TrainingParameters;
  readonly seed: number;
  /** Looked at before each tree. */
  readonly signal: AbortSignal;
}

/**
 * Grows trees on the first `learned` rows, until the log loss of the others no longer improves where there are any.
 * @returns the trees up to the lowest such loss, at least one; the mean is part of the first
 */
export async function boost(
  boosting: Boosting,
  learned: number,
  mostTrees: number,
): Promise<readonly Tree[]> {
  const { target, weights, parameters, signal } = boosting;
  const base = baseLogOdds(target, weights, learned);
  const scores = new Float64Array(target.length).fill(base);
  const isMeasured = learned < target.length;
  const grow = treeGrower(boosting, learned);
  const trees: Tree[] = [];
  let best = { loss: meanLogLoss(scores, target, weights, learned), trees: 0 };
  while (trees.length < mostTrees) {
    if (isMeasured && trees.length - best.trees >= parameters.earlyStoppingRounds) break;
    await nextTurn(signal);
    trees.push(grow(scores));
    const loss = meanLogLoss(scores, target, weights, learned);
    if (loss < best.loss) best = { loss, trees: trees.length };
  }
  return withBase(isMeasured ? trees.slice(0, Math.max(1, best.trees)) : trees, base);
}

/** Grows the next tree on the first rows, adds its answers to the scores of all, and returns it. */
function treeGrower({ features, target, weights, parameters, seed }: Boosting, learned: number) {
  const random = randomFrom(seed);
  const derivatives = { gradient: new Float64Array(learned), hessian: new Float64Array(learned) };
  const histograms = new HistogramBuilder(features, derivatives);
  const directions = features.map(({ name }) => directionOf(parameters.monotone[name]));
  const places = [...features.keys()];
  const limits: TreeLimits = { ...parameters, featureShareOfSplit: 1 };
  return (scores: Float64Array): Tree => {
    setDerivatives(derivatives, scores, target, weights);
    const sample = sampleRows(learned, parameters.rowShare, random);
    const candidates = chooseShare(places, parameters.featureShare, random);
    const { taken: rows, left } = sample;
    const question = { features, directions, candidates, rows, histograms, limits, random };
    const grown = growTree(question);
    const tree = grown.tree.map((node) => ({ ...node, value: node.value * parameters.learningRate }));
    for (const leaf of grown.leaves) addToRows(scores, leaf.rows, tree[leaf.node]?.value ?? 0);
    const answer = answerByBins(features, { ...grown, tree });
    for (const row of left) scores[row] = (scores[row] ?? 0) + answer(row);
    for (let row = learned; row < scores.length; row++) scores[row] = (scores[row] ?? 0) + answer(row);
    return tree;
  };
}

function directionOf(monotone: 'increasing' | 'decreasing' | undefined): number {
  if (monotone === undefined) return 0;
  return monotone === 'increasing' ? 1 : -1;
}

function addToRows(scores: Float64Array, rows: Uint32Array, value: number): void {
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    scores[row] = (scores[row] ?? 0) + value;
  }
}

/** What a tree answers for a row of the binned features: a walk over bytes, which the values themselves would slow down. */
function answerByBins(features: readonly BinnedFeature[], { tree, goesLeft }: GrownTree) {
  return (row: number): number => {
    let place = 0;
    for (let sides = goesLeft[0]; sides !== undefined; sides = goesLeft[place]) {
      const node = tree[place];
      const bin = features[node?.feature ?? 0]?.bins[row] ?? 0;
      place = (sides[bin] === 1 ? node?.left : node?.right) ?? 0;
    }
    return tree[place]?.value ?? 0;
  };
}

function withBase(trees: readonly Tree[], base: number): readonly Tree[] {
  return trees.map((tree, index) =>
    index > 0 ? tree : tree.map((node) => (node.feature < 0 ? { ...node, value: node.value + base } : node)),
  );
}
