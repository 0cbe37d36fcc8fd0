import { describe, expect, test } from 'vitest';
import { examineFeatures } from '../../src/training/index.ts';
import { randomFrom } from '../../src/training/random.ts';
import { tableOf } from './labelled-numbers.ts';

const rows = 1000;
const order = Uint32Array.from({ length: rows }, (_, row) => row);

/** One row in ten has outcome 1; columns are made from a row's outcome, its number and a random number. */
function examine(
  columns: Readonly<Record<string, (outcome: number, row: number, random: () => number) => number>>,
  categories: readonly string[] = [],
) {
  const random = randomFrom(4);
  const target = Float64Array.from(order, () => Number(random() < 0.1));
  const features = tableOf(
    Object.fromEntries(
      Object.entries(columns).map(([name, value]) => [
        name,
        target.map((outcome, row) => value(outcome, row, random)),
      ]),
    ),
  );
  return examineFeatures({ features, target, order, categories });
}

describe('a leak is', () => {
  const names = (columns: Parameters<typeof examine>[0], categories?: readonly string[]) =>
    examine(columns, categories).leaks.map(({ name }) => name);

  test('the outcome under another name, upright or turned over, coarse or among noise', () => {
    expect(
      names({
        copy: (outcome) => outcome,
        turned: (outcome) => 1 - outcome,
        loss: (outcome, _, random) => outcome * (1000 + 500 * random()),
        noisy: (outcome, _, random) => outcome + 0.6 * random(),
      }),
    ).toEqual(['copy', 'turned', 'loss', 'noisy']);
  });

  test('a value that is missing for one outcome only', () => {
    expect(names({ closed: (outcome, _, random) => (outcome === 1 ? random() : Number.NaN) })).toEqual([
      'closed',
    ]);
  });

  test('numbers in the middle for outcome 1 and at both ends for 0, which no order tells', () => {
    expect(
      names({
        middle: (outcome, _, random) =>
          outcome === 1 ? 0.45 + 0.1 * random() : random() < 0.5 ? random() * 0.4 : 0.6 + 0.4 * random(),
      }),
    ).toEqual(['middle']);
  });

  test('a category whose codes each have one outcome', () => {
    const code = (outcome: number, row: number) => 2 * (row % 20) + outcome;
    expect(names({ code }, ['code'])).toEqual(['code']);
  });

  test('not a strong feature, nor noise, nor a category with a value a row', () => {
    expect(
      names(
        {
          strong: (outcome, _, random) => outcome + 1.3 * random(),
          noise: (_, __, random) => random(),
          each: (_, row) => row,
        },
        ['each'],
      ),
    ).toEqual([]);
    expect(examine({ each: (_, row) => row }, ['each']).wide).toEqual([{ name: 'each', values: rows }]);
  });
});

test('the area is the share of pairs in order', () => {
  // One row of outcome 1 stands below one of outcome 0, of 11 x 89 pairs.
  const target = Float64Array.from({ length: 100 }, (_, row) => Number(row >= 90 || row === 88));
  const score = Float64Array.from({ length: 100 }, (_, row) => row);
  const [leak] = examineFeatures({
    features: tableOf({ score }),
    target,
    order: Uint32Array.from(score),
    categories: [],
  }).leaks;
  expect(leak?.rocAuc).toBeCloseTo(1 - 1 / (11 * 89), 12);
});

test('constant columns, equal columns and keys are named', () => {
  const faults = examine({
    one: () => 7,
    none: () => Number.NaN,
    amount: (_, __, random) => random(),
    number: (_, row) => 1000 + 3 * row,
    shuffled: (_, row) => (row * 7) % rows,
    clock: (_, row, random) => 1.7e12 + 1e6 * row + 9e5 * random(),
    age: (_, __, random) => Math.floor(20 + 50 * random()),
  });
  expect(faults.constant).toEqual(['one', 'none']);
  expect(faults.keys).toEqual(['number', 'shuffled', 'clock']);
  const twice = examineFeatures({
    features: tableOf({
      a: Float64Array.from(order, (row) => (row % 3 === 0 ? Number.NaN : row % 17)),
      b: Float64Array.from(order, (row) => (row % 3 === 0 ? Number.NaN : row % 17)),
      c: Float64Array.from(order, (row) => (row % 3 === 0 ? Number.NaN : row % 17) + Number(row === 901)),
    }),
    target: Float64Array.from(order, (row) => row % 2),
    order,
    categories: [],
  });
  expect(twice.duplicates).toEqual([{ name: 'b', of: 'a' }]);
});
