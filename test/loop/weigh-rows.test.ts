import { expect, test } from 'vitest';
import type { LearningRows } from '../../src/loop/training/learn.ts';
import { weighRows } from '../../src/loop/training/weigh-rows.ts';
import { tableOf } from '../training/labelled-numbers.ts';

const numbers = (rows: number, from: number) =>
  Float64Array.from({ length: rows }, (_, row) => from + (row % 97));

function rowsOf(values: Float64Array, weights?: Float64Array): LearningRows {
  const target = values.map((_, row) => row % 2);
  return { features: tableOf({ x: values }), target, weights, times: undefined, notes: [] };
}

test('older rows are weighed with the others, and what a row weighed before is a factor', async () => {
  const signal = new AbortController().signal;
  const rows = rowsOf(numbers(300, 40), new Float64Array(300).fill(2));
  const older = rowsOf(numbers(300, 0));
  const current = { features: tableOf({ x: numbers(300, 60) }), name: 'newer ones' };
  const weighed = await weighRows(rows, older, current, 1, signal);
  const sum = (values: Float64Array | undefined) =>
    values?.reduce((all, each) => all + each, 0) ?? Number.NaN;
  expect(weighed.importance).toMatchObject({ current: 'newer ones', rows: 600, weighted: true });
  expect(sum(weighed.rows.weights) / 2 + sum(weighed.older?.weights)).toBeCloseTo(600, 6);
  expect(sum(weighed.rows.weights) / 2).toBeGreaterThan(2 * sum(weighed.older?.weights));
});

test('too few current rows leave all weights as they were, and a note says so', async () => {
  const rows = rowsOf(numbers(300, 0));
  const current = { features: tableOf({ x: numbers(199, 60) }), name: 'newer ones' };
  const weighed = await weighRows(rows, undefined, current, 1, new AbortController().signal);
  expect(weighed.importance).toBeNull();
  expect(weighed.rows.weights).toBeUndefined();
  expect(weighed.rows.notes).toEqual(['not weighted towards newer ones: 199 rows, at least 200 are needed']);
});
