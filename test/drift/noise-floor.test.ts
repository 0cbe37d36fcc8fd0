import { describe, expect, it, test } from 'vitest';
import { jensenShannonFloor } from '../../src/drift/noise-floor/jensen-shannon-floor.ts';
import { stepsOfDistribution } from '../../src/drift/noise-floor/wasserstein-floor.ts';
import { measureCounts } from '../../src/drift/tests/index.ts';
import { robustWasserstein } from '../../src/drift/tests/robust-wasserstein.ts';
import { randomFrom } from '../../src/training/random.ts';

type Random = () => number;
const normal = (random: Random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

const draws = 2000;

/** Share of pairs of samples of one population whose p-value is at most each of the levels. */
function alarms(pValue: (random: Random) => number, levels: readonly number[]): readonly number[] {
  const random = randomFrom(7);
  const pValues = Array.from({ length: draws }, () => pValue(random));
  return levels.map((level) => pValues.filter((p) => p <= level).length / draws);
}

/** At most the level and three standard errors; at least so much of it that the floor hides nothing it need not. */
function expectLevel(shares: readonly number[], levels: readonly number[], least: number) {
  for (const [index, level] of levels.entries()) {
    const error = 3 * Math.sqrt((level * (1 - level)) / draws);
    expect(shares[index], `at ${level}`).toBeLessThanOrEqual(level + error);
    expect(shares[index], `at ${level}`).toBeGreaterThanOrEqual(level * least - error);
  }
}

describe('the noise floor of the robust Wasserstein distance', () => {
  const levels = [0.1, 0.05, 0.01];
  const populations: Readonly<Record<string, (random: Random) => number>> = {
    uniform: (random) => random(),
    normal,
    'two values, one rare': (random) => (random() < 0.03 ? 1 : 0),
    counts: (random) => Math.floor(-1.2 * Math.log(1 - random())),
    'a fifth of the rows far out': (random) => (random() < 0.2 ? 5000 * random() : random()),
    Cauchy: (random) => Math.tan(Math.PI * (random() - 0.5)),
  };
  const sample = (draw: (random: Random) => number, random: Random, rows: number) =>
    Float64Array.from({ length: rows }, () => draw(random)).sort();

  test.each(Object.entries(populations))('holds its level at 200 and 600 rows: %s', (_, draw) => {
    const shares = alarms((random) => {
      const { distance, floor } = robustWasserstein(sample(draw, random, 600), sample(draw, random, 200));
      return floor.chanceOf(distance);
    }, levels);
    expectLevel(shares, levels, 0.6);
  });

  it('is at most 6 % above the exact quantiles for the uniform distribution (Johnson and Killeen 1983)', () => {
    const steps = stepsOfDistribution();
    const cells = 10_000;
    for (let cell = 1; cell < cells; cell++) steps.add(cell / cells, 1 / cells);
    const floor = steps.floor(2, 2);
    for (const [chance, quantile] of [
      [0.1, 0.4993],
      [0.05, 0.5821],
      [0.01, 0.7518],
    ] as const) {
      expect(floor.exceededWith(chance) / quantile).toBeGreaterThanOrEqual(1);
      expect(floor.exceededWith(chance) / quantile).toBeLessThan(1.06);
      expect(floor.chanceOf(floor.exceededWith(chance))).toBeCloseTo(chance, 12);
    }
  });

  it('is exact for two values: the normal distribution of a difference of shares', () => {
    const steps = stepsOfDistribution();
    steps.add(0.9, 1);
    const deviation = Math.sqrt(0.9 * 0.1 * (1 / 300 + 1 / 100));
    expect(steps.floor(300, 100).chanceOf(1.959963984540054 * deviation)).toBeCloseTo(0.05, 12);
  });
});

describe('the noise floor of the Jensen-Shannon distance', () => {
  const levels = [0.1, 0.05, 0.01];
  const populations: Readonly<Record<string, readonly number[]>> = {
    'two values': [0.6, 0.4],
    'two values, one rare': [0.97, 0.03],
    'ten of them, ever rarer': Array.from({ length: 10 }, (_, index) => 0.5 ** index),
    'one frequent, fifty rare': [1, ...new Array<number>(50).fill(0.002)],
    'a thousand that hardly recur': new Array<number>(1000).fill(1),
  };

  test.each(Object.entries(populations))('holds its level at 200 and 600 rows: %s', (_, weights) => {
    const until = weights.map((_, index) => weights.slice(0, index + 1).reduce((sum, each) => sum + each, 0));
    const all = until.at(-1) ?? 1;
    const sample = (random: Random, rows: number) => {
      const counts = new Array<number>(weights.length).fill(0);
      for (let row = 0; row < rows; row++) {
        const value = bisect(until, random() * all);
        counts[value] = (counts[value] ?? 0) + 1;
      }
      return counts;
    };
    const shares = alarms((random) => {
      const [reference, current] = [sample(random, 600), sample(random, 200)];
      const seen = [...reference.keys()].filter(
        (value) => (reference[value] ?? 0) + (current[value] ?? 0) > 0,
      );
      const counts = {
        reference: seen.map((value) => reference[value] ?? 0),
        current: seen.map((value) => current[value] ?? 0),
      };
      return measureCounts(counts).pValue ?? Number.NaN;
    }, levels);
    expectLevel(shares, levels, 0.5);
  });

  it('tends to the chi-square limit where every value is frequent', () => {
    const counts = { reference: [40_000, 30_000, 30_000], current: [20_150, 14_900, 14_950] };
    // scipy.stats.chi2_contingency of the same counts.
    expect(Math.abs((measureCounts(counts).pValue ?? 1) / 0.5207947130464925 - 1)).toBeLessThan(1e-3);
  });

  it('inverts, and knows no chance in a single value', () => {
    const floor = jensenShannonFloor({ reference: [30, 50, 20], current: [10, 20, 3] });
    for (const chance of [0.5, 0.05, 1e-6])
      expect(floor.chanceOf(floor.exceededWith(chance)) / chance).toBeCloseTo(1, 8);
    expect(measureCounts({ reference: [30], current: [20] })).toMatchObject({ score: 0, pValue: 1 });
    expect(measureCounts({ reference: [30, 0], current: [20, 0] })).toMatchObject({ score: 0, pValue: 1 });
  });

  it('is not blinded by names that are many and new, nor alarmed by numbers of rows that never recur', () => {
    const zeros = (length: number) => new Array<number>(length).fill(0);
    const ones = (length: number) => new Array<number>(length).fill(1);
    const names = measureCounts({
      reference: [300, 300, 200, ...zeros(100_000)],
      current: [0, 0, 0, ...ones(100_000)],
    });
    expect(names.pValue).toBeLessThan(1e-60);
    expect(names.exceededWith?.(1e-6)).toBe(0);
    const rows = measureCounts({
      reference: [...ones(800), ...zeros(100_000)],
      current: [...zeros(800), ...ones(100_000)],
    });
    expect(rows.pValue).toBeGreaterThan(0.5);
  });
});

function bisect(until: readonly number[], value: number): number {
  let low = 0;
  let high = until.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((until[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
