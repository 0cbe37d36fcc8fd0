import { describe, expect, it } from 'vitest';
import { dependencePoints, partialDependence, permutationImportance } from '../../src/explanation/index.ts';
import { randomFrom } from '../../src/training/random.ts';

const random = randomFrom(2);
const rows = Array.from({ length: 2000 }, () => Float64Array.of(random(), random(), random()));
/** Rests on the first feature alone. */
const score = async (values: Float64Array, count: number) =>
  Float64Array.from({ length: count }, (_, row) => values[3 * row] ?? 0);
const labels = Float64Array.from(rows, ([first = 0]) => Number(random() < first));
const { signal } = new AbortController();

describe('permutation importance', () => {
  it('takes everything from a feature that tells it all, and nothing from one that the model does not look at', async () => {
    const question = { rows, labels, features: [0, 2], repeats: 5, score, signal };
    const [told, unseen] = await permutationImportance({ ...question, random: randomFrom(3) });
    // Labels of Bernoulli(u): ROC AUC of u is 5/6, of a permuted u 1/2.
    expect(told?.roc_auc?.mean).toBeGreaterThan(1 / 3 - 0.03);
    expect(told?.roc_auc?.mean).toBeLessThan(1 / 3 + 0.03);
    expect(told?.roc_auc?.deviation).toBeGreaterThan(0);
    expect(unseen).toEqual({ roc_auc: { mean: 0, deviation: 0 }, log_loss: { mean: 0, deviation: 0 } });
    expect((await permutationImportance({ ...question, random: randomFrom(3) }))[0]).toEqual(told);
  });

  it('says nothing of ROC AUC where there is one class', async () => {
    const one = new Float64Array(rows.length);
    const question = { rows, labels: one, features: [0], repeats: 2, score, signal };
    const [found] = await permutationImportance({ ...question, random: randomFrom(3) });
    expect(found?.roc_auc).toBeNull();
  });
});

describe('partial dependence', () => {
  it('is looked at in each of few values, and where they are missing', () => {
    const values = Float64Array.of(1, 1, 3, Number.NaN, 2, 1, 2, Number.NaN);
    expect(dependencePoints(values)).toEqual([
      { value: 1, share: 3 / 8 },
      { value: 2, share: 2 / 8 },
      { value: 3, share: 1 / 8 },
      { value: null, share: 2 / 8 },
    ]);
  });

  it('is looked at in quantiles of many values, which stand for all rows', () => {
    const points = dependencePoints(
      Float64Array.from({ length: 1001 }, (_, row) => (row === 1000 ? 1e9 : row)),
    );
    expect(points).toHaveLength(20);
    expect([points[0]?.value, points.at(-1)?.value]).toEqual([20, 980]);
    expect(points.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  it('is the mean answer with that value in every row, with the quantiles of the single ones', async () => {
    const few = Array.from({ length: 11 }, (_, row) => Float64Array.of(0, row / 10));
    const product = async (values: Float64Array, count: number) =>
      Float64Array.from({ length: count }, (_, row) => (values[2 * row] ?? 0) * (values[2 * row + 1] ?? 0));
    const points = [0.5, 1].map((value) => ({ value, share: 0.5 }));
    expect(await partialDependence({ feature: 0, points, rows: few, score: product })).toEqual([
      { value: 0.5, share: 0.5, mean: expect.closeTo(0.25, 12), low: 0.05, high: 0.45 },
      { value: 1, share: 0.5, mean: expect.closeTo(0.5, 12), low: 0.1, high: 0.9 },
    ]);
  });
});
