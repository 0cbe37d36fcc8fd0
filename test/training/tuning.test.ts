import { describe, expect, it, test } from 'vitest';
import { randomFrom } from '../../src/training/random.ts';
import type { Dimension } from '../../src/training/tuning/dimension.ts';
import { draw, logDensity, parzenEstimator } from '../../src/training/tuning/parzen-estimator.ts';
import { randomValues, type ScoredValues, suggestValues } from '../../src/training/tuning/suggest.ts';
import { timeFolds } from '../../src/training/tuning/time-folds.ts';

const forty = [
  0.512, 0.95, 0.144, 0.949, 0.312, 0.423, 0.828, 0.409, 0.55, 0.028, 0.754, 0.538, 0.33, 0.788, 0.303, 0.453,
  0.134, 0.403, 0.203, 0.262, 0.75, 0.28, 0.485, 0.981, 0.962, 0.725, 0.541, 0.277, 0.161, 0.97, 0.516, 0.116,
  0.623, 0.777, 0.613, 0.917, 0.04, 0.529, 0.459, 0.062,
];

describe('the density of what was observed is that of Optuna 4.5, `_ParzenEstimator.log_pdf`', () => {
  test.each([
    [
      'one value',
      [0.6],
      0.3,
      1,
      [0.3, 0.62, 0.99],
      [0.08888302917710866, 0.5520306878788938, -0.09652599054890665],
    ],
    [
      'three values',
      [0.6, 0.65, 0.9],
      0.3,
      1,
      [0.3, 0.62, 0.99],
      [-0.7599246265325916, 0.7533781120803802, -0.03960175514569031],
    ],
    [
      'more than 25, the older of less weight',
      forty,
      0,
      1,
      [0, 0.25, 0.7],
      [-0.7101107300149496, 0.0406375867741231, -0.7807243768365464],
    ],
    [
      'logarithms, one of them twice',
      [0.05, 0.02, 0.21, 0.05].map(Math.log),
      Math.log(0.01),
      Math.log(0.3),
      [0.01, 0.04, 0.1, 0.3].map(Math.log),
      [-1.779565997178475, -0.8834470312485634, -1.1804310715151158, -1.790496350702347],
    ],
    [
      'whole numbers by their logarithms',
      [12, 30, 5, 8, 8].map(Math.log),
      Math.log(3.5),
      Math.log(64.5),
      [4, 12, 40, 64].map(Math.log),
      [-1.1594720994397258, -0.6910472183260237, -1.82486479371009, -2.174099882265661],
    ],
  ])('%s', (_, observed, low, high, asked, expected) => {
    const estimator = parzenEstimator(observed, low, high);
    for (const [place, value] of asked.entries())
      expect(logDensity(estimator, value)).toBeCloseTo(expected[place] ?? Number.NaN, 10);
  });

  it('is drawn from: shares of draws are those of the density', () => {
    const estimator = parzenEstimator([0.2, 0.25, 0.8], 0, 1);
    const random = randomFrom(4);
    const draws = Array.from({ length: 10_000 }, () => draw(estimator, random));
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...draws)).toBeLessThanOrEqual(1);
    const cells = 20;
    for (let cell = 0; cell < cells; cell++) {
      const share = draws.filter((value) => Math.floor(value * cells) === cell).length / draws.length;
      const expected = Math.exp(logDensity(estimator, (cell + 0.5) / cells)) / cells;
      expect(Math.abs(share - expected)).toBeLessThan(0.01);
    }
  });
});

const space: readonly Dimension[] = [
  { name: 'rate', low: 0.001, high: 1, logarithmic: true, whole: false },
  { name: 'leaves', low: 2, high: 200, logarithmic: true, whole: true },
  { name: 'share', low: 0, high: 1, logarithmic: false, whole: false },
];

/** Lowest at rate 0.02, leaves 12, share 0.7. */
function loss({ rate = 1, leaves = 1, share = 0 }: Readonly<Record<string, number>>): number {
  return Math.log(rate / 0.02) ** 2 + Math.log(leaves / 12) ** 2 + 9 * (share - 0.7) ** 2;
}

function search(seed: number, guided: boolean): readonly ScoredValues[] {
  const random = randomFrom(seed);
  const trials: ScoredValues[] = [];
  while (trials.length < 40) {
    const values =
      guided && trials.length >= 10 ? suggestValues(space, trials, random) : randomValues(space, random);
    trials.push({ values, score: loss(values) });
  }
  return trials;
}

const best = (trials: readonly ScoredValues[]) => Math.min(...trials.map(({ score }) => score));

describe('the search', () => {
  it('keeps to the bounds, and to whole numbers', () => {
    for (const { values } of search(1, true)) {
      for (const { name, low, high, whole } of space) {
        expect(values[name]).toBeGreaterThanOrEqual(low);
        expect(values[name]).toBeLessThanOrEqual(high);
        if (whole) expect(Number.isInteger(values[name])).toBe(true);
      }
    }
  });

  it('finds better parameters than as many random ones, over 8 seeds', () => {
    const mean = (guided: boolean) =>
      Array.from({ length: 8 }, (_, seed) => best(search(seed, guided))).reduce(
        (sum, each) => sum + each / 8,
        0,
      );
    expect(mean(true)).toBeLessThan(mean(false) / 2);
  });

  it('is the same for the same seed', () => {
    expect(search(3, true)).toEqual(search(3, true));
    expect(search(3, true)).not.toEqual(search(4, true));
  });
});

test.each([
  // scikit-learn 1.9, TimeSeriesSplit(n_splits=3, test_size=20) and (3, test_size=1).
  [103, [43, 63, 83], [63, 83, 103]],
  [8, [5, 6, 7], [6, 7, 8]],
])('folds of %d rows are those of TimeSeriesSplit', (rows, learned, end) => {
  const folds = timeFolds(rows, 3);
  expect(folds.map((fold) => fold.learned)).toEqual(learned);
  expect(folds.map((fold) => fold.end)).toEqual(end);
});
