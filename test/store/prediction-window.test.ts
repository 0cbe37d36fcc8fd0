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
