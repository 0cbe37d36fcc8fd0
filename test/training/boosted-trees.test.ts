import { describe, expect, test } from 'vitest';
import { type BoostedTrees, predictProbabilities, type Tree } from '../../src/training/index.ts';
import { grow, riskAndNoise, tableOf } from './labelled-numbers.ts';

const numbers = riskAndNoise(2000);

/** One tree on rows of the values 0 and 1, with 10 of 40 and 30 of 60 positive, shrunk by nothing and starting at the mean. */
const twoGroups = {
  features: tableOf({ group: Float64Array.from({ length: 100 }, (_, row) => Number(row >= 40)) }),
  target: Float64Array.from({ length: 100 }, (_, row) => Number(row < 10 || row >= 70)),
};
const oneTree = {
  maxTrees: 1,
  learningRate: 1,
  l2: 0,
  minRowsPerLeaf: 1,
  earlyStoppingShare: 0,
  featureShare: 1,
};
const base = Math.log(40.5 / 60.5);
const mean = 1 / (1 + Math.exp(-base));

function leafValues(tree: Tree | undefined): readonly number[] {
  return (tree ?? []).filter((node) => node.feature < 0).map((node) => node.value - base);
}

describe('a leaf is worth', () => {
  test('minus the gradient over the hessian', async () => {
    const { trees } = await grow(twoGroups, oneTree);
    const [low = 0, high = 0] = leafValues(trees[0]);
    expect(low).toBeCloseTo((10 - 40 * mean) / (40 * mean * (1 - mean)), 12);
    expect(high).toBeCloseTo((30 - 60 * mean) / (60 * mean * (1 - mean)), 12);
  });

  test('less with L1 and L2', async () => {
    const { trees } = await grow(twoGroups, { ...oneTree, l1: 2, l2: 3 });
    const [low = 0, high = 0] = leafValues(trees[0]);
    expect(low).toBeCloseTo((12 - 40 * mean) / (40 * mean * (1 - mean) + 3), 12);
    expect(high).toBeCloseTo((28 - 60 * mean) / (60 * mean * (1 - mean) + 3), 12);
  });
});

describe('a leaf is not split', () => {
  const gain =
    (10 - 40 * mean) ** 2 / (40 * mean * (1 - mean)) +
    (30 - 60 * mean) ** 2 / (60 * mean * (1 - mean)) -
    (40 - 100 * mean) ** 2 / (100 * mean * (1 - mean));

  test.each([
    ['for less than the least gain', { minGain: gain * 1.001 }, 1],
    ['unless the gain is more', { minGain: gain * 0.999 }, 2],
    ['into fewer rows than allowed', { minRowsPerLeaf: 41 }, 1],
    ['unless both sides have the rows', { minRowsPerLeaf: 40 }, 2],
    ['into less hessian than allowed', { minChildWeight: 40 * mean * (1 - mean) + 0.01 }, 1],
    ['unless both sides have the hessian', { minChildWeight: 40 * mean * (1 - mean) - 0.01 }, 2],
  ])('%s', async (_, parameters, leaves) => {
    const { trees } = await grow(twoGroups, { ...oneTree, ...parameters });
    expect(leafValues(trees[0])).toHaveLength(leaves);
  });

  test('below the deepest level', async () => {
    const { trees } = await grow(numbers, { maxDepth: 2, maxLeaves: 31 });
    expect(Math.max(...trees.map(depthOf))).toBe(2);
  });
});

function depthOf(tree: Tree, place = 0): number {
  const node = tree[place];
  if (node === undefined || node.feature < 0) return 0;
  return 1 + Math.max(depthOf(tree, node.left), depthOf(tree, node.right));
}

function answersAlong(model: BoostedTrees): Float64Array {
  const risk = Float64Array.from({ length: 400 }, (_, step) => step / 400);
  return predictProbabilities(model, tableOf({ risk, noise: risk.map(() => 0.5) }));
}

test('a monotone feature only raises the answer, or only lowers it; unbound it does both', async () => {
  const overfit = { maxTrees: 60, maxLeaves: 31, minRowsPerLeaf: 5, l2: 0, earlyStoppingShare: 0 };
  const rises = (model: BoostedTrees) =>
    answersAlong(model).filter((answer, step, all) => step > 0 && answer > (all[step - 1] ?? 1)).length;
  const falls = (model: BoostedTrees) =>
    answersAlong(model).filter((answer, step, all) => step > 0 && answer < (all[step - 1] ?? 0)).length;
  const free = await grow(numbers, overfit);
  expect(falls(free)).toBeGreaterThan(0);
  const increasing = await grow(numbers, { ...overfit, monotone: { risk: 'increasing' } });
  expect(falls(increasing)).toBe(0);
  expect(rises(increasing)).toBeGreaterThan(10);
  const decreasing = await grow(numbers, { ...overfit, monotone: { risk: 'decreasing' } });
  expect(rises(decreasing)).toBe(0);
});

test('missing values go where they lower the loss; without any to learn from, with the larger part', async () => {
  const group = Float64Array.from({ length: 100 }, (_, row) => (row < 40 ? Number.NaN : Number(row >= 70)));
  const target = Float64Array.from({ length: 100 }, (_, row) => Number(row < 40 || row >= 70));
  const { trees } = await grow({ features: tableOf({ group }), target }, oneTree);
  expect(trees[0]?.[0]).toMatchObject({ threshold: 0.5, missingLeft: false });
  const { trees: without } = await grow(twoGroups, oneTree);
  expect(without[0]?.[0]).toMatchObject({ threshold: 0.5, missingLeft: false });
  const mirrored = { ...twoGroups, features: tableOf({ group: group.map((_, row) => Number(row < 40)) }) };
  expect((await grow(mirrored, oneTree)).trees[0]?.[0]).toMatchObject({ threshold: 0.5, missingLeft: true });
});

describe('rows count', () => {
  test('twice with a weight of 2', async () => {
    const { features, target } = riskAndNoise(200);
    const twice = (values: Float64Array) => Float64Array.from([...values, ...values]);
    const doubled = {
      features: {
        rows: 400,
        columns: features.columns.map((column) =>
          column.kind === 'numeric' ? { ...column, values: twice(column.values) } : column,
        ),
      },
      target: twice(target),
    };
    const parameters = { maxTrees: 10, earlyStoppingShare: 0, minRowsPerLeaf: 1 };
    const weights = new Float64Array(200).fill(2);
    const weighted = answersAlong(await grow({ features, target }, parameters, { weights }));
    const repeated = answersAlong(await grow(doubled, parameters));
    for (const [step, answer] of weighted.entries()) expect(answer).toBeCloseTo(repeated[step] ?? 0, 10);
  });

  test('more by their outcome', async () => {
    const mostly = {
      ...numbers,
      target: numbers.target.map((outcome, row) => (row % 4 === 0 ? outcome : 0)),
    };
    const average = async (positiveWeight: number | 'balanced') => {
      const answers = predictProbabilities(await grow(mostly, { positiveWeight }), mostly.features);
      return answers.reduce((sum, answer) => sum + answer, 0) / answers.length;
    };
    const positives = mostly.target.reduce((sum, outcome) => sum + outcome, 0) / 2000;
    expect(await average(1)).toBeCloseTo(positives, 2);
    expect(await average('balanced')).toBeCloseTo(0.5, 1);
    expect(await average(3)).toBeGreaterThan(1.8 * positives);
  });

  test.each([
    ['negative', -1, 'the weight is -1 in row 3'],
    ['missing', Number.NaN, 'the weight is missing in row 3'],
  ])('a %s weight is refused', async (_, weight, message) => {
    const weights = new Float64Array(2000).fill(1).fill(weight, 2, 3);
    await expect(grow(numbers, {}, { weights })).rejects.toThrow(message);
  });

  test('both outcomes must weigh something', async () => {
    const weights = numbers.target.map((outcome) => 1 - outcome);
    await expect(grow(numbers, {}, { weights })).rejects.toThrow('all rows with target 1 weigh nothing');
  });
});

describe('the seed decides', () => {
  const sampled = { rowShare: 0.6, featureShare: 0.5, maxTrees: 20 };

  test('which rows and features a tree sees: the same seed gives the same trees, another gives others', async () => {
    const first = await grow(numbers, sampled);
    expect(await grow(numbers, sampled)).toEqual(first);
    expect(await grow(numbers, sampled, { seed: 6 })).not.toEqual(first);
  });
});

test('a feature has no more cuts than its bins allow', async () => {
  const { trees } = await grow(numbers, { maxBins: 8, maxBinsOf: { risk: 3 } });
  const cutsOf = (feature: number) =>
    new Set(trees.flat().flatMap((node) => (node.feature === feature ? [node.threshold] : [])));
  expect(cutsOf(0).size).toBe(2);
  expect(cutsOf(1).size).toBeLessThanOrEqual(7);
});

test.each([
  [{ categories: ['region'] }, "'region' of trainer.categories is no feature of the training data"],
  [
    { monotone: { age: 'increasing' } as const },
    "'age' of trainer.monotone is no feature of the training data",
  ],
  [{ maxBinsOf: { age: 3 } }, "'age' of trainer.bins_of is no feature of the training data"],
  [
    { categories: ['risk'], monotone: { risk: 'increasing' } as const },
    "'risk' is both a category and monotone",
  ],
])('%o is refused', async (parameters, message) => {
  await expect(grow(numbers, parameters)).rejects.toThrow(message);
});
