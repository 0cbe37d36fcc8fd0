import { describe, expect, it, test } from 'vitest';
import { linearShap, sampledShapley } from '../../src/explanation/index.ts';
import { openScorer, readLinearModel } from '../../src/scoring/index.ts';
import {
  encodeOnnx,
  estimatorParameters,
  predictProbabilities,
  trainModel,
} from '../../src/training/index.ts';
import { randomFrom } from '../../src/training/random.ts';
import { trainerDefaults } from '../../src/workspace/index.ts';
import { foreignModels, readModel } from '../scoring/foreign-models.ts';
import { tableOf } from '../training/labelled-numbers.ts';

const sum = (values: Float64Array, from: number) => values.reduce((total, value) => total + value, from);

async function logisticWithCategory() {
  const random = randomFrom(4);
  const income = Float64Array.from({ length: 400 }, (_, row) =>
    row % 9 === 0 ? Number.NaN : random() * 100,
  );
  const region = Float64Array.from({ length: 400 }, () => Math.floor(random() * 4));
  const target = income.map((value, row) =>
    Number(random() < 1 / (1 + Math.exp(-(value || 50) / 25 + (region[row] ?? 0)))),
  );
  const features = tableOf({ income, region });
  const parameters = estimatorParameters('logistic', { ...trainerDefaults, categories: ['region'] });
  const model = await trainModel(
    { features, target, seed: 1, signal: new AbortController().signal },
    parameters,
  );
  const rows = Array.from(income, (value, row) => Float64Array.of(value, region[row] ?? 0));
  return { content: encodeOnnx(model, 0.5), rows, probabilities: predictProbabilities(model, features) };
}

describe('logistic regression', () => {
  it('is read from our ONNX file, with filled, scaled and compared columns, and answers as the model', async () => {
    const { content, rows, probabilities } = await logisticWithCategory();
    const model = readLinearModel(content, 2);
    if (model === undefined) throw new Error('not read');
    const shapley = linearShap(model, rows, 2);
    for (const [index, row] of rows.entries()) {
      const parts = shapley.parts(row);
      expect(1 / (1 + Math.exp(-sum(parts, shapley.base)))).toBeCloseTo(
        probabilities[index] ?? Number.NaN,
        6,
      );
    }
  });

  it('gives a feature its terms less their mean: a row of means is all base', () => {
    const model = {
      intercept: -1,
      terms: [
        { feature: 0, coefficient: 2, transformed: (value: number) => value },
        { feature: 1, coefficient: -3, transformed: (value: number) => Number(value === 1) },
        { feature: 1, coefficient: 5, transformed: (value: number) => Number(value === 2) },
      ],
    };
    const background = [
      [1, 1],
      [3, 2],
    ].map((row) => Float64Array.from(row));
    const { base, parts } = linearShap(model, background, 2);
    expect(base).toBe(-1 + 4 + 1);
    expect([...parts(Float64Array.of(2, 0))]).toEqual([0, -1]);
    expect([...parts(Float64Array.of(4, 2))]).toEqual([4, 4]);
  });

  test("scikit-learn's, by its ONNX file", () => {
    const found = foreignModels.find(({ file }) => file === 'sklearn_logistic.onnx');
    const rows = (found?.rows ?? []).map((row) => Float64Array.from(row, (value) => value ?? Number.NaN));
    const model = readLinearModel(readModel('sklearn_logistic.onnx'), rows[0]?.length ?? 0);
    if (model === undefined) throw new Error('not read');
    const { base, parts } = linearShap(model, rows, rows[0]?.length ?? 0);
    for (const [index, row] of rows.entries())
      expect(1 / (1 + Math.exp(-sum(parts(row), base)))).toBeCloseTo(found?.library[index] ?? Number.NaN, 6);
  });

  test.each(['lightgbm_tensor.onnx', 'sigmoid_one_column.onnx', 'sklearn_one_input_a_column.onnx'])(
    'no other graph is taken for one: %s',
    (file) => {
      expect(readLinearModel(readModel(file), 4)).toBeUndefined();
    },
  );
});

describe('any other model, by sampling', () => {
  /** 2 a b + c: of (1, 1, 1) against zeros, a and b share the product. */
  const score = async (values: Float64Array, rows: number) =>
    Float64Array.from({ length: rows }, (_, row) => {
      const [a = 0, b = 0, c = 0] = values.subarray(3 * row, 3 * row + 3);
      return 2 * a * b + c;
    });
  const question = { row: Float64Array.of(1, 1, 1), background: [new Float64Array(3)], score };

  it('is exact where an order there and back tells everything', async () => {
    const { base, parts } = await sampledShapley({ ...question, draws: 20, random: randomFrom(3) });
    expect(base).toBe(0);
    expect([...parts]).toEqual([1, 1, 1]);
  });

  it('adds up, and states how far each part may be off', async () => {
    const background = Array.from({ length: 50 }, (_, row) => Float64Array.of(row % 2, row % 3, row % 5));
    const asked = { ...question, background, draws: 400 };
    const { base, parts, errors } = await sampledShapley({ ...asked, random: randomFrom(5) });
    expect(sum(parts, base)).toBeCloseTo(3, 12);
    // Independent features with means 1/2, 24/25 and 2: of a (1 - 1/2)(1 + 24/25) and so on, by hand.
    for (const [feature, expected] of [0.98, (1 - 0.98) * 1.5, -1].entries()) {
      const error = errors[feature] ?? 0;
      expect(Math.abs((parts[feature] ?? 0) - expected)).toBeLessThan(5 * error);
      expect(error).toBeLessThan(0.1);
    }
    const again = await sampledShapley({ ...asked, random: randomFrom(5) });
    expect([...again.parts]).toEqual([...parts]);
  });

  it('explains a model of another program through ONNX Runtime', async () => {
    const found = foreignModels.find(({ file }) => file === 'sklearn_one_input_a_column.onnx');
    const scorer = await openScorer(readModel('sklearn_one_input_a_column.onnx'), found?.features);
    const rows = (found?.rows ?? []).map((row) => Float64Array.from(row, (value) => value ?? Number.NaN));
    const row = rows[0] ?? new Float64Array();
    const sampled = await sampledShapley({
      row,
      background: rows,
      draws: 32,
      random: randomFrom(1),
      score: scorer.score,
    });
    expect(sum(sampled.parts, sampled.base)).toBeCloseTo(found?.onnxruntime[0] ?? Number.NaN, 6);
    await scorer.close();
  });
});
