import { requireNumeric, type Table } from '../data/table.ts';
import { DataError } from '../platform/errors.ts';
import { nextTurn } from '../platform/next-turn.ts';
import { binFeature } from './feature-bins.ts';
import { growTree } from './grow-tree.ts';
import type { TrainingParameters } from './parameters.ts';
import { logOdds } from './predict.ts';
import { randomFrom } from './random.ts';
import type { BoostedTrees, Tree } from './tree.ts';

export interface TrainingQuestion {
  /** Numeric columns, rows in order of time. */
  readonly features: Table;
  /** 0 or 1, one a row. */
  readonly target: Float64Array;
  readonly parameters: TrainingParameters;
  /** The same seed and data give the same trees. */
  readonly seed: number;
  /** Looked at before each tree. */
  readonly signal: AbortSignal;
}

/**
 * Gradient boosting of histogram trees for a binary target with logistic loss. The last rows are held out: growth stops
 * when their log loss no longer improves, and the trees up to its best are kept.
 * @throws DataError when the target has other values than 0 and 1, or only one of them.
 */
export async function trainBoostedTrees(question: TrainingQuestion): Promise<BoostedTrees> {
  const { features, target, parameters } = question;
  requireBinaryTarget(target);
  requireBothClasses(target);
  const names = features.columns.map((column) => column.name);
  const columns = names.map((name) => requireNumeric(features, name).values);
  const binned = names.map((name, index) =>
    binFeature(name, columns[index] ?? new Float64Array(), parameters.maxBins),
  );
  const rows = Uint32Array.from(target, (_, row) => row);
  const learned = rows.subarray(0, Math.ceil(rows.length * (1 - parameters.earlyStoppingShare)));
  const heldOut = rows.subarray(learned.length);
  const random = randomFrom(question.seed);
  const base = baseLogOdds(target, learned);
  const scores = new Float64Array(target.length).fill(base);
  const trees: Tree[] = [];
  let best = { loss: meanLogLoss(scores, target, heldOut), trees: 0 };
  while (trees.length < parameters.maxTrees && trees.length - best.trees < parameters.earlyStoppingRounds) {
    await nextTurn(question.signal);
    const chosen = chooseFeatures(names.length, parameters.featureShare, random);
    const tree = growTree(binned, chosen, learned, derivatives(scores, target), parameters);
    trees.push(tree);
    for (const row of rows) scores[row] = (scores[row] ?? 0) + logOdds([tree], columns, row);
    const loss = meanLogLoss(scores, target, heldOut);
    if (loss < best.loss) best = { loss, trees: trees.length };
  }
  const kept = heldOut.length === 0 ? trees : trees.slice(0, Math.max(1, best.trees));
  return { features: names, trees: withBase(kept, base) };
}

/** @throws DataError naming the first row whose target is not 0 or 1. */
export function requireBinaryTarget(target: Float64Array): void {
  const odd = target.findIndex((value) => value !== 0 && value !== 1);
  if (odd >= 0) {
    const found = target[odd];
    throw new DataError(`the target is ${Number.isNaN(found) ? 'missing' : found} in row ${odd + 1}`, {
      why: 'a binary target is 0 or 1 in every row',
      remedy: 'correct the target column, or name another with --target',
    });
  }
}

function requireBothClasses(target: Float64Array): void {
  for (const wanted of [0, 1]) {
    if (!target.includes(wanted)) {
      throw new DataError(`no training row has target ${wanted}`, { remedy: 'add rows of both outcomes' });
    }
  }
}

function baseLogOdds(target: Float64Array, rows: Uint32Array): number {
  let positives = 0.5;
  for (const row of rows) positives += target[row] ?? 0;
  return Math.log(positives / (rows.length + 1 - positives));
}

function derivatives(scores: Float64Array, target: Float64Array) {
  const probability = scores.map((score) => 1 / (1 + Math.exp(-score)));
  return {
    gradient: probability.map((p, row) => p - (target[row] ?? 0)),
    hessian: probability.map((p) => p * (1 - p)),
  };
}

function meanLogLoss(scores: Float64Array, target: Float64Array, rows: Uint32Array): number {
  let loss = 0;
  for (const row of rows) {
    const score = scores[row] ?? 0;
    loss += Math.log1p(Math.exp(-Math.abs(score))) + Math.max(score, 0) - score * (target[row] ?? 0);
  }
  return loss / Math.max(1, rows.length);
}

function chooseFeatures(count: number, share: number, random: () => number): readonly number[] {
  const order = Array.from({ length: count }, (_, index) => ({ index, rank: random() })).sort(
    (a, b) => a.rank - b.rank,
  );
  return order
    .slice(0, Math.max(1, Math.round(count * share)))
    .map(({ index }) => index)
    .sort((a, b) => a - b);
}

function withBase(trees: readonly Tree[], base: number): readonly Tree[] {
  return trees.map((tree, index) =>
    index > 0 ? tree : tree.map((node) => (node.feature < 0 ? { ...node, value: node.value + base } : node)),
  );
}
