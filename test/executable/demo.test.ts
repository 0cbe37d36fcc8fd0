import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, expect, test } from 'vitest';
import { runMlops } from './run-mlops.ts';

interface Stage {
  readonly at: string;
  readonly stage: string;
  readonly found: string;
}

let stages: readonly Stage[];
let workspace: string;
let outcome: Awaited<ReturnType<typeof runMlops>>;
let json: {
  readonly workspace: string;
  readonly report: string;
  readonly export: string;
  readonly next: string;
};

beforeAll(async () => {
  workspace = join(mkdtempSync(join(tmpdir(), 'mlops-test-')), 'demo');
  outcome = await runMlops(['-C', workspace, '--json', 'demo']);
  json = JSON.parse(outcome.stdout);
  stages = JSON.parse(outcome.stdout).stages;
});

const found = (stage: string) => stages.filter((each) => each.stage === stage).map((each) => each.found);

test('it replays eight weeks with their labels into the store', () => {
  expect(outcome.code, outcome.stderr).toBe(0);
  const store = new Database(join(workspace, '.mlops', 'store.db'), { readonly: true });
  expect(store.prepare('SELECT count(*) AS n, count(probability) AS scored FROM prediction').get()).toEqual({
    n: 8000,
    scored: 8000,
  });
  expect(store.prepare('SELECT count(*) AS n FROM label').get()).toEqual({ n: 5617 });
  expect(store.prepare('SELECT count(*) AS n FROM monitoring_run').get()).toEqual({ n: 8 });
  store.close();
});

test('the drift verdict changes when the population moves, in the sixth week', () => {
  const verdicts = found('monitor').map((text) => text.split(',')[0]);
  expect(verdicts.slice(0, 5)).toEqual(Array(5).fill('OK'));
  expect(verdicts.slice(5)).toEqual(Array(3).fill('CRITICAL'));
  const triaged = found('triage').map((text) => text.split(':')[0]);
  expect(triaged.slice(5)).toEqual(Array(3).fill('genuine_drift'));
});

test('the last decision shows seven criteria, and a drill promotes and rolls back', () => {
  expect(found('gate').at(-1)).toMatch(/of 7 criteria met on \d+ labelled rows$/);
  expect(stages.filter((each) => each.stage === '')).toHaveLength(7);
  expect(found('promote').at(-1)).toMatch(/^drill: Production goes from version \d+ to version \d+$/);
  expect(found('rollback').at(-1)).toMatch(/^drill: back from version \d+ to version \d+ in \d+ ms/);
});

test('it ends with an export whose manifest verifies, verify OK and what to try next', async () => {
  expect(found('export').at(-1)).toMatch(/manifest OK$/);
  expect(found('verify').at(-1)).toMatch(/^OK, \d+ audit rows$/);
  expect((await runMlops(['export', 'verify', json.export])).code).toBe(0);
  expect(json.next).toBe(`mlops -C ${workspace} health`);
});

test('a folder that is a workspace already is left alone', async () => {
  const again = await runMlops(['-C', workspace, 'demo']);
  expect(again.code).toBe(64);
  expect(again.stderr).toContain('is a workspace already');
});
