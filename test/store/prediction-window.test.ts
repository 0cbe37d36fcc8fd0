import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { requireNumeric } from '../../src/data/index.ts';
import { openStore, predictionSpool, readWindow } from '../../src/store/index.ts';

test('the newest of a window are its last rows, still in order of time', () => {
  using store = openStore(join(mkdtempSync(join(tmpdir(), 'mlops-test-')), 'store.db'), { create: true });
  const spool = predictionSpool(store, [{ name: 'number', type: 'REAL' }]);
  for (let row = 1; row <= 9; row++)
    spool.add({
      prediction_id: `p${row}`,
      predicted_at: row * 1_000,
      model_version: '1',
      probability: row / 10,
      outcome: 0,
      features: [row],
    });
  store.change(() => spool.record());
  const window = readWindow(store, { from: 2_000, until: 8_000, newest: 3 });
  expect(window.rows).toBe(3);
  expect([...window.times]).toEqual([6_000, 7_000, 8_000]);
  expect([...window.probabilities]).toEqual([0.6, 0.7, 0.8]);
  expect([...requireNumeric(window.features, 'number').values]).toEqual([6, 7, 8]);
  expect(readWindow(store, { from: 2_000, until: 8_000, newest: 30 }).rows).toBe(7);
});

test('more predictions than are read at once come in order of time, also many of the same time', () => {
  using store = openStore(join(mkdtempSync(join(tmpdir(), 'mlops-test-')), 'store.db'), { create: true });
  const spool = predictionSpool(store, [{ name: 'number', type: 'REAL' }]);
  /** 1,500 of one time each, then 2,500 of one time together, then 1,500 again; put in from the last to the first. */
  const timeOf = (row: number) => (row < 1_500 ? row : Math.max(1_500, row - 2_500));
  for (let row = 5_499; row >= 0; row--)
    spool.add({
      prediction_id: `p${row}`,
      predicted_at: timeOf(row),
      model_version: row % 2 === 0 ? '1' : null,
      probability: null,
      outcome: null,
      features: [row],
    });
  store.change(() => spool.record());
  const window = readWindow(store, { from: 0, until: 2_999 });
  expect(window.rows).toBe(5_500);
  expect([...window.times]).toEqual(Array.from({ length: 5_500 }, (_, row) => timeOf(row)));
  const numbers = requireNumeric(window.features, 'number').values;
  expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 5_500 }, (_, row) => row));
  expect([...numbers.subarray(0, 1_500)]).toEqual(Array.from({ length: 1_500 }, (_, row) => row));
  const newest = readWindow(store, { from: 0, until: 2_999, newest: 2_000 });
  expect(newest.rows).toBe(2_000);
  expect([...requireNumeric(newest.features, 'number').values]).toEqual([...numbers.subarray(3_500)]);
  expect(readWindow(store, { from: 1_500, until: 1_500 }).rows).toBe(2_501);
});
