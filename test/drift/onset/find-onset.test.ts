import { describe, expect, test } from 'vitest';
import type { Column, TextColumn } from '../../../src/data/index.ts';
import type { DriftOnset } from '../../../src/data/results/drift.ts';
import { findOnset } from '../../../src/drift/index.ts';
import { randomFrom } from '../../../src/training/random.ts';
import { dayMs, firstDay, normalFrom, numbers, referenceOf, streamOf, type ValueAt } from './synthetic.ts';

const began = firstDay + 28.3 * dayMs;
const weekend = (at: number) => [0, 6].includes(new Date(at).getUTCDay());
const night = (at: number) => new Date(at).getUTCHours() < 6;

function onsetOf(valueAt: ValueAt, seed = 5): DriftOnset | undefined {
  return findOnset({ reference: referenceOf(seed + 1_000), ...streamOf(seed, valueAt) });
}

function holds(onset: DriftOnset | undefined, at: number): boolean {
  return onset !== undefined && Date.parse(onset.from) <= at && at <= Date.parse(onset.until);
}

describe('shape and interval of a known course, eight weeks of a hundred rows a day', () => {
  test.each<readonly [string, DriftOnset['shape'], ValueAt]>([
    ['up by half a deviation', 'sudden', (at, z) => z + (at >= began ? 0.5 : 0)],
    ['down by half a deviation', 'sudden', (at, z) => z - (at >= began ? 0.5 : 0)],
    ['up by three deviations', 'sudden', (at, z) => z + (at >= began ? 3 : 0)],
    ['wider, around the same middle', 'sudden', (at, z) => z * (at >= began ? 1.6 : 1)],
    ['a fifth of the values gone', 'sudden', (at, z) => (at >= began && z > 0.84 ? Number.NaN : z)],
    ['first up, then down', 'sudden', (at, z) => z + (at < began ? 0 : at < began + 14 * dayMs ? 0.9 : -0.9)],
    ['up over two weeks', 'gradual', (at, z) => z + Math.min(1, Math.max(0, (at - began) / (14 * dayMs)))],
    ['up until today', 'gradual', (at, z) => z + Math.max(0, (at - began) / (28 * dayMs))],
    ['up for six days', 'returning', (at, z) => z + (at >= began && at < began + 6 * dayMs ? 0.8 : 0)],
    ['up on weekends', 'seasonal', (at, z) => z + (at >= began && weekend(at) ? 0.8 : 0)],
    ['up at night', 'seasonal', (at, z) => z + (at >= began && night(at) ? 1 : 0)],
  ])('%s is %s', (_, shape, valueAt) => {
    const onset = onsetOf(valueAt);
    expect(onset).toMatchObject({ shape });
    expect([onset, holds(onset, began)]).toEqual([onset, true]);
  });

  test('the sentence names days, and what is seasonal its days or hours', () => {
    expect(onsetOf((at, z) => z + (at >= began ? 1 : 0))?.sentence).toBe('since Mon 31 Aug, ± 1 day');
    expect(onsetOf((at, z) => z + (weekend(at) ? 0.8 : 0))?.sentence).toBe(
      'since before Mon 3 Aug, on Sat, Sun',
    );
    expect(onsetOf((at, z) => z + (night(at) ? 1.2 : 0))?.sentence).toBe(
      'since before Mon 3 Aug, from 00:00 to 06:00 UTC',
    );
    expect(onsetOf((at, z) => z + (at >= began && at < began + 6 * dayMs ? 1 : 0))?.sentence).toBe(
      'since Mon 31 Aug, ± 1 day, until Sun 6 Sep',
    );
  });
});

/** Of 40 intervals that hold the truth with chance 0.95 fewer than 34 do so once in 300 (binomial). */
test.each<readonly [string, ValueAt]>([
  ['a step of a third of a deviation', (at, z) => z + (at >= began ? 0.35 : 0)],
  ['a step of one deviation', (at, z) => z + (at >= began ? 1 : 0)],
  ['a change of scale', (at, z) => z * (at >= began ? 1.6 : 1)],
  ['a ramp', (at, z) => z + Math.min(1, Math.max(0, (at - began) / (14 * dayMs)))],
])('%s: the interval holds the true beginning in at least 34 of 40 streams', (_, valueAt) => {
  const held = Array.from({ length: 40 }, (_, index) => holds(onsetOf(valueAt, index * 10), began));
  expect(held.filter(Boolean).length).toBeGreaterThanOrEqual(34);
});

test('of forty streams in which nothing changes none has a beginning', () => {
  const found = Array.from({ length: 40 }, (_, index) => onsetOf((_, z) => z, index * 10));
  expect(found.filter((each) => each !== undefined)).toEqual([]);
});

test('what differs from the first row on began before the data, whatever its degree does later', () => {
  const before = {
    shape: null,
    from: expect.stringMatching(/^2026-08-03/),
    sentence: 'since before Mon 3 Aug',
  };
  expect(onsetOf((_, z) => z + 0.5)).toMatchObject(before);
  expect(onsetOf((at, z) => z + (at >= began ? 1 : 0.8))).toMatchObject(before);
});

test('data without times are told by the number of the row, and have no seasons', () => {
  const normal = normalFrom(3);
  const current = numbers(
    Float64Array.from({ length: 3_000 }, (_, row) => normal() + (row >= 2_000 ? 2 : 0)),
  );
  const onset = findOnset({ reference: referenceOf(4), current });
  expect(onset?.shape).toBe('sudden');
  expect(Number(onset?.from)).toBeLessThanOrEqual(2_001);
  expect(Number(onset?.until)).toBeGreaterThanOrEqual(2_001);
  expect(onset?.sentence).toMatch(/^since row (199\d|200\d|201\d), ± \d+ rows?$/);
});

test('a few days are told in hours', () => {
  const normal = normalFrom(8);
  const times = Float64Array.from({ length: 2_000 }, (_, row) => firstDay + row * 120_000);
  const at = firstDay + 20 * 3_600_000;
  const current = numbers(times.map((time) => normal() + (time >= at ? 2 : 0)));
  const onset = findOnset({ reference: referenceOf(9), current, times });
  expect(onset?.sentence).toMatch(/^since Mon 3 Aug (19|20):\d\d, ± 1 hour$/);
});

describe('categories', () => {
  const labels = ['a', 'b', 'c', 'new'];
  const texts = (codes: Int32Array): TextColumn => ({
    kind: 'text',
    name: 'x',
    type: 'string',
    codes,
    dictionary: labels,
  });
  const drawn = (seed: number, rows: number, codeOf: (row: number, u: number) => number): Column => {
    const random = randomFrom(seed);
    return texts(Int32Array.from({ length: rows }, (_, row) => codeOf(row, random())));
  };
  const usual = (u: number) => (u < 0.6 ? 0 : u < 0.9 ? 1 : 2);
  const reference = drawn(1, 5_000, (_, u) => usual(u));

  test.each<readonly [string, (u: number) => number]>([
    ['other shares', (u) => (u < 0.3 ? 0 : u < 0.9 ? 1 : 2)],
    ['a category that the reference never had', (u) => (u < 0.1 ? 3 : usual(u))],
    ['missing values', (u) => (u < 0.1 ? -1 : usual(u))],
  ])('%s', (_, after) => {
    const current = drawn(2, 4_000, (row, u) => (row < 1_500 ? usual(u) : after(u)));
    const onset = findOnset({ reference, current });
    expect(onset?.shape).toBe('sudden');
    expect(Number(onset?.from)).toBeLessThanOrEqual(1_501);
    expect(Number(onset?.until)).toBeGreaterThanOrEqual(1_501);
  });
});

test('a constant that moves, a column without values and a handful of rows are no trouble', () => {
  const constant = numbers(new Float64Array(500).fill(7));
  const moved = numbers(new Float64Array(500).fill(7).fill(8, 300));
  expect(findOnset({ reference: constant, current: moved })).toMatchObject({ at: '301', shape: 'sudden' });
  expect(findOnset({ reference: constant, current: constant })).toBeUndefined();
  const missing = numbers(new Float64Array(500).fill(Number.NaN));
  expect(findOnset({ reference: missing, current: missing })).toBeUndefined();
  expect(findOnset({ reference: constant, current: missing })).toMatchObject({ shape: null, at: '1' });
  expect(findOnset({ reference: constant, current: numbers(Float64Array.of(1, 2)) })).toBeUndefined();
  expect(findOnset({ reference: constant, current: numbers(new Float64Array()) })).toBeUndefined();
});
