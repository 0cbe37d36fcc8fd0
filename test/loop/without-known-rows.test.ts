import { expect, test } from 'vitest';
import type { LearningRows } from '../../src/loop/training/learn.ts';
import { withoutKnownRows } from '../../src/loop/training/without-known-rows.ts';
import { tableOf } from '../training/labelled-numbers.ts';

function rowsOf(cells: readonly (readonly [number, number, number])[]): LearningRows {
  const column = (place: 0 | 1 | 2) => Float64Array.from(cells, (row) => row[place]);
  return {
    features: tableOf({ a: column(0), b: column(1) }),
    target: column(2),
    times: undefined,
    notes: [],
  };
}

test('older rows that the store has too go, those that agree by chance or have another outcome stay', () => {
  const older = rowsOf([
    [1, 2, 0],
    [3, Number.NaN, 1],
    [5, 5, 0],
    [5, 5, 0],
    [7, 8, 1],
  ]);
  const newer = rowsOf([
    [3, Number.NaN, 1],
    [5, 5, 0],
    [7, 8, 0],
    [9, 9, 1],
  ]);
  const { features, target, notes } = withoutKnownRows(older, newer);
  expect(features.columns.map((column) => column.kind === 'numeric' && [...column.values])).toEqual([
    [1, 5, 5, 7],
    [2, 5, 5, 8],
  ]);
  expect([...target]).toEqual([0, 0, 0, 1]);
  expect(notes).toEqual(['1 older rows that are among the predictions too were left out']);
});
