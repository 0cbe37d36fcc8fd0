import { describe, expect, test } from 'vitest';
import { openScorer, readTreeEnsemble, scoreTable } from '../../src/scoring/index.ts';
import {
  type BoostedTrees,
  encodeOnnx,
  estimatorParameters,
  type Model,
  predictProbabilities,
  trainModel,
  treesToContinue,
} from '../../src/training/index.ts';
import { trainerDefaults } from '../../src/workspace/index.ts';
import { grow, riskAndNoise, tableOf } from './labelled-numbers.ts';

const numbers = riskAndNoise(2000);

/** As a file has it: float32. */
function readBack(model: Model): BoostedTrees {
  const ensemble = readTreeEnsemble(encodeOnnx(model, 0.5));
  const trees = ensemble && treesToContinue(ensemble, model.features);
  if (trees === undefined) throw new Error('the model cannot be continued');
  return trees;
}

/** 4 codes, of which two are risky, and gaps among the risks. */
function coded(rows: number) {
  const { features, target } = riskAndNoise(rows);
  const code = Float64Array.from({ length: rows }, (_, row) => (row * 7) % 11);
  const outcome = target.map((value, row) => ((code[row] ?? 0) % 3 === 0 ? 1 - value : value));
  const columns = features.columns.map((column) =>
    column.kind === 'numeric'
      ? { ...column, values: column.values.map((value, row) => (row % 9 === 0 ? Number.NaN : value)) }
      : column,
  );
  return {
    features: { rows, columns: [...columns, ...tableOf({ code }).columns] },
    target: outcome,
  };
}

describe('trees that are read back from their file', () => {
  test('answer as before, categories and missing values too', async () => {
    const { features, target } = coded(2000);
    const model = await grow({ features, target }, { categories: ['code'] });
    expect(model.trees.flat().some(({ categories }) => (categories?.length ?? 0) > 1)).toBe(true);
    const again = predictProbabilities(readBack(model), features);
    for (const [row, answer] of predictProbabilities(model, features).entries())
      expect(Math.abs((again[row] ?? Number.NaN) - answer)).toBeLessThanOrEqual(1e-6);
  });

  test.each(['forest', 'logistic'] as const)('are none of the estimator %s', async (estimator) => {
    const parameters = estimatorParameters(estimator, { ...trainerDefaults, forest: { trees: 3 } });
    const signal = new AbortController().signal;
    const model = await trainModel({ ...numbers, seed: 1, signal }, parameters);
    const ensemble = readTreeEnsemble(encodeOnnx(model, 0.5));
    expect(ensemble && treesToContinue(ensemble, model.features)).toBeUndefined();
  });
});

describe('growth that continues', () => {
  test('begins with the log odds that the champion answers', async () => {
    const group = Float64Array.from({ length: 100 }, (_, row) => Number(row >= 40));
    const rows = {
      features: tableOf({ group }),
      target: Float64Array.from({ length: 100 }, (_, row) => Number(row < 10 || row >= 70)),
    };
    const oneTree = { maxTrees: 1, l2: 0, minRowsPerLeaf: 1, earlyStoppingShare: 0, featureShare: 1 };
    const champion = readBack(await grow(rows, { ...oneTree, learningRate: 0.3 }));
    const { trees } = await grow(rows, { ...oneTree, learningRate: 1 }, { continued: champion });
    expect(trees).toHaveLength(2);
    expect(trees[0]).toEqual(champion.trees[0]);
    const answers = predictProbabilities(champion, rows.features);
    const [low = 0, high = 0] = [answers[0], answers[99]];
    const [, left, right] = trees[1] ?? [];
    expect(left?.value).toBeCloseTo((10 - 40 * low) / (40 * low * (1 - low)), 10);
    expect(right?.value).toBeCloseTo((30 - 60 * high) / (60 * high * (1 - high)), 10);
  });

  test('gives a model that ONNX Runtime answers alike, and that fits the new rows better', async () => {
    const { features, target } = coded(3000);
    const turned = target.map((value, row) => ((features.rows + row) % 5 === 0 ? 1 - value : value));
    const champion = readBack(await grow({ features, target }, { categories: ['code'], maxTrees: 20 }));
    const model = await grow({ features, target: turned }, { categories: ['code'] }, { continued: champion });
    expect(model.trees.slice(0, champion.trees.length)).toEqual(champion.trees);
    const ours = predictProbabilities(model, features);
    const scorer = await openScorer(encodeOnnx(model, 0.5));
    const runtime = await scoreTable(scorer, features);
    await scorer.close();
    for (const [row, answer] of ours.entries())
      expect(Math.abs((runtime[row] ?? Number.NaN) - answer)).toBeLessThanOrEqual(1e-6);
    const loss = (answers: Float64Array) =>
      answers.reduce((sum, answer, row) => sum - Math.log(turned[row] === 1 ? answer : 1 - answer), 0);
    expect(loss(ours)).toBeLessThan(loss(predictProbabilities(champion, features)));
  });

  test('takes the features in the order of the champion', async () => {
    const champion = readBack(await grow(numbers, { maxTrees: 5 }));
    const turned = { rows: 2000, columns: numbers.features.columns.toReversed() };
    const one = await grow(numbers, { maxTrees: 5 }, { continued: champion });
    const other = await grow({ ...numbers, features: turned }, { maxTrees: 5 }, { continued: champion });
    expect(other).toEqual(one);
  });

  test.each([
    [
      'other features',
      tableOf({ risk: new Float64Array(2000) }),
      [],
      'the model to continue has other features',
    ],
    [
      'other categories',
      numbers.features,
      ['risk'],
      'risk is a number in the model to continue, and a category here',
    ],
  ])('with %s is refused', async (_, features, categories, message) => {
    const continued = readBack(await grow(numbers, { maxTrees: 5, featureShare: 1 }));
    await expect(grow({ ...numbers, features }, { categories }, { continued })).rejects.toThrow(message);
  });

  test('by another estimator is refused', async () => {
    const continued = readBack(await grow(numbers, { maxTrees: 5 }));
    const question = { ...numbers, seed: 1, signal: new AbortController().signal, continued };
    expect(() => trainModel(question, estimatorParameters('forest', trainerDefaults))).toThrow(
      'the estimator forest does not grow tree upon tree',
    );
  });
});

describe('an interruption', () => {
  const interrupted = (keepsBest: boolean) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('interrupted')), 20);
    const slow = { maxTrees: 100_000, learningRate: 1e-6, earlyStoppingRounds: 100_000 };
    return grow(numbers, slow, { keepsBest, signal: controller.signal });
  };

  test('ends the growth with the best trees so far where that was asked for', async () => {
    const { trees } = await interrupted(true);
    expect(trees.length).toBeGreaterThan(0);
    expect(trees.length).toBeLessThan(100_000);
  });

  test('else leaves nothing', async () => {
    await expect(interrupted(false)).rejects.toThrow('interrupted');
  });
});
