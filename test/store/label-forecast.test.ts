import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { labelForecast } from '../../src/loop/keeping/label-forecast.ts';
import { openStore } from '../../src/store/index.ts';

const dayMs = 86_400_000;
// A Tuesday.
const now = Date.parse('2026-11-24T12:00:00Z');

function storeWithLabels(perDay: number) {
  const store = openStore(join(mkdtempSync(join(tmpdir(), 'mlops-test-')), 'store.db'), { create: true });
  const predict = store.connection.prepare(
    'INSERT INTO prediction (prediction_id, predicted_at) VALUES (?, 0)',
  );
  const label = store.connection.prepare("INSERT INTO label VALUES (?, 1, ?, 'core')");
  for (let index = 0; index < perDay * 7; index++) {
    predict.run(`p${index}`);
    label.run(`p${index}`, now - (index % 7) * dayMs);
  }
  return store;
}

test.each([
  [7, 137, 200, "needs 63 more labels (137 of 200); at last week's rate (7 a day) Thursday 3 December"],
  [100, 199, 200, "needs 1 more label (199 of 200); at last week's rate (100 a day) Wednesday 25 November"],
  [0, 10, 200, 'needs 190 more labels (10 of 200); none came in the last week, so that no day can be named'],
  [7, 200, 200, 'there are enough labels now: 200 of 200'],
])('%i labels a day, %i of %i', (perDay, had, needed, said) => {
  using store = storeWithLabels(perDay);
  expect(labelForecast(store, had, needed, now)).toBe(said);
});
