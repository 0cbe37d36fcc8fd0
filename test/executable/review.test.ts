import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, expect, test } from 'vitest';
import { modelsReviewDefinition } from '../../src/data/results/models-review.ts';
import { copyOf, loopWorkspace, runAt, shifted } from './loop-workspace.ts';
import { runMlops } from './run-mlops.ts';

let shared = '';
beforeAll(async () => {
  shared = await loopWorkspace();
});

const review = async (workspace: string, asOf: string) => {
  const outcome = await runAt(workspace, asOf, 'models', 'review');
  return { code: outcome.code, review: modelsReviewDefinition.parse(outcome.json) };
};

/** Gives every prediction of the sample version 1's answer, by a rule, so that figures can be counted here. */
function answered(): string {
  const workspace = copyOf(shared);
  const store = new Database(join(workspace, '.mlops', 'store.db'));
  store.exec(`UPDATE prediction SET model_version = '1', probability = CASE WHEN late_payments > 0 THEN 0.7 ELSE 0.2 END,
    outcome = late_payments > 0`);
  store.close();
  return workspace;
}

function counted(workspace: string, sql: string): number {
  const store = new Database(join(workspace, '.mlops', 'store.db'), { readonly: true });
  const found = store.prepare(
    `SELECT ${sql} FROM prediction JOIN label USING (prediction_id) WHERE label_timestamp <= ?`,
  );
  const value = Number(found.pluck().get(Date.parse(shifted)));
  store.close();
  return value;
}

test('gives Production’s figures on its labelled predictions with intervals, and by week', async () => {
  const workspace = answered();
  const { review: found } = await review(workspace, shifted);
  const { live } = found.production;
  const rows = counted(workspace, 'count(*)');
  const hits = counted(workspace, 'total(outcome = 1 AND true_label = 1)');
  expect(live).toMatchObject({ rows, positives: counted(workspace, 'total(true_label)') });
  expect(live?.precision?.value).toBeCloseTo(hits / counted(workspace, 'total(outcome)'), 12);
  expect(live?.recall?.value).toBeCloseTo(hits / counted(workspace, 'total(true_label)'), 12);
  expect(live?.brier).toBeCloseTo(
    counted(workspace, 'avg((probability - true_label) * (probability - true_label))'),
    12,
  );
  for (const interval of [live?.precision, live?.recall, live?.roc_auc]) {
    expect(interval?.low).toBeLessThan(interval?.value ?? 0);
    expect(interval?.high).toBeGreaterThan(interval?.value ?? 1);
  }
  expect(found.weeks.reduce((sum, week) => sum + week.rows, 0)).toBe(rows);
  expect(found.weeks.every(({ week }) => new Date(week).getUTCDay() === 1)).toBe(true);
});

test('Production older than 30 days: consider retraining', async () => {
  const early = await review(shared, '2026-08-20T00:00:00Z');
  expect([early.code, early.review.findings]).toEqual([0, []]);
  const late = await review(shared, shifted);
  expect(late.code).toBe(1);
  expect(late.review.findings).toMatchObject([
    {
      summary: 'Production has been there for 56 days, longer than 30d',
      advice: 'consider retraining: mlops heal',
    },
  ]);
});

test('a version in Staging is compared, and the gate’s result reviewed', async () => {
  const workspace = answered();
  await runAt(workspace, shifted, 'train', '--from-store');
  const waiting = await review(workspace, shifted);
  expect(waiting.review.staging).toMatchObject({
    version: '2',
    live: null,
    registered: { f1: expect.any(Number) },
  });
  expect(waiting.review.findings.map(({ advice }) => advice)).toContain('ask the gate: mlops gate');
  const path = join(workspace, 'mlops.yaml');
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace('overrides: {}', 'overrides: { minimum_f1_improvement: 9 }'),
  );
  await runAt(workspace, shifted, 'gate');
  const judged = (await review(workspace, shifted)).review;
  expect(judged.gate).toMatchObject({ decision: 'reject', failed: [expect.stringContaining('F1')] });
  const { stdout } = await runMlops(['-C', workspace, '--as-of', shifted, 'models', 'review']);
  expect(stdout).toMatch(/^WARNING - version 1 in Production for 56 days; version 2 waits in Staging\n/);
});

test('three weeks of falling F1 are a finding', async () => {
  const workspace = answered();
  const store = new Database(join(workspace, '.mlops', 'store.db'));
  const week = 7 * 86_400_000;
  const monday = Date.parse('2026-08-31T00:00:00Z');
  store.exec(
    `UPDATE label SET label_timestamp = ${Date.parse(shifted) - 1}, true_label = (SELECT outcome FROM prediction WHERE prediction_id = label.prediction_id)`,
  );
  for (let index = 1; index < 4; index++)
    store.exec(
      `UPDATE prediction SET outcome = 1 - outcome WHERE predicted_at BETWEEN ${monday + index * week} AND ${monday + (index + 1) * week - 1} AND rowid % 10 < ${index * 2}`,
    );
  store.close();
  const { review: found } = await review(workspace, shifted);
  expect(found.findings.map(({ summary }) => summary)).toContainEqual(
    expect.stringMatching(/^F1 fell for 3 weeks in a row/),
  );
});

test('without Production says so', async () => {
  const folder = copyOf(shared);
  const store = new Database(join(folder, '.mlops', 'store.db'));
  store.exec("UPDATE model_version SET stage = 'Archived'");
  store.close();
  const outcome = await runAt(folder, shifted, 'models', 'review');
  expect([outcome.code, outcome.json.error]).toEqual([69, 'no version is in Production']);
});
