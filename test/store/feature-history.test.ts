import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { requireColumn, requireNumeric, textAt } from '../../src/data/index.ts';
import { openStore, predictionSpool, readFeatureHistory, type Store } from '../../src/store/index.ts';

/** One prediction a second from 1,000 ms on, with its number and a word. */
function storeOf(rows: number): Store {
  const store = openStore(join(mkdtempSync(join(tmpdir(), 'mlops-test-')), 'store.db'), { create: true });
  const spool = predictionSpool(store, [
    { name: 'number', type: 'REAL' },
    { name: 'word', type: 'TEXT' },
    { name: 'other', type: 'REAL' },
  ]);
  for (let row = 1; row <= rows; row++) {
    spool.add({
      prediction_id: `p${row}`,
      predicted_at: row * 1_000,
      model_version: null,
      probability: null,
      outcome: null,
      features: [row, row % 2 === 0 ? 'even' : null, 0],
    });
  }
  store.change(() => spool.record());
  return store;
}

test('the features asked for of the predictions of that time, in order', () => {
  using store = storeOf(10);
  const question = { from: 3_000, until: 6_000, features: ['word', 'number', 'unknown'], mostRows: 2_000 };
  const { times, features } = readFeatureHistory(store, question);
  expect([...times]).toEqual([3_000, 4_000, 5_000, 6_000]);
  expect(features.columns.map(({ name }) => name)).toEqual(['number', 'word']);
  expect([...requireNumeric(features, 'number').values]).toEqual([3, 4, 5, 6]);
  const word = requireColumn(features, 'word');
  expect(word.kind === 'text' && [0, 1, 2, 3].map((row) => textAt(word, row))).toEqual([
    undefined,
    'even',
    undefined,
    'even',
  ]);
});

test('of more predictions than that so many are taken, spread evenly over the time', () => {
  using store = storeOf(12_000);
  const question = { from: 1_000, until: 12_000_000, features: ['number'], mostRows: 4_000 };
  const { times } = readFeatureHistory(store, question);
  expect(times).toHaveLength(4_000);
  expect(times).toEqual(times.toSorted());
  const byQuarter = [0, 1, 2, 3].map(
    (quarter) => times.filter((time) => Math.floor((time - 1_000) / 3_000_000) === quarter).length,
  );
  expect(byQuarter).toEqual([1_000, 1_000, 1_000, 1_000]);
});

test('a time without predictions has none', () => {
  using store = storeOf(3);
  const question = { from: 9_000, until: 9_999, features: ['number'], mostRows: 10 };
  expect(readFeatureHistory(store, question).features.rows).toBe(0);
});
