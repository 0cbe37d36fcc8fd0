import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import { calm, copyOf, loopWorkspace, runAt, shifted } from './loop-workspace.ts';
import { runMlops } from './run-mlops.ts';

let original: string;
beforeAll(async () => {
  original = await loopWorkspace();
  const file = join(original, 'mlops.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('lookback: 24h', 'lookback: 7d'));
});

interface Check {
  readonly name: string;
  readonly status: string;
}
const statusOf = (checks: readonly Check[], name: string) =>
  checks.find((each) => each.name === name)?.status;

describe('monitor', () => {
  test('is OK on a calm week, and its JSON is what schemas/ promises', async () => {
    const { code, json } = await runAt(copyOf(original), calm, 'monitor');
    expect(code).toBe(0);
    expect(json).toMatchObject({ status: 'OK', rows: 1000, model_version: '1', run_id: '1' });
    expect(json.drift.features_drifted).toBe(0);
    const schema = join(import.meta.dirname, '..', '..', 'schemas', 'monitor.schema.json');
    const validate = new Ajv2020().compile(JSON.parse(readFileSync(schema, 'utf8')));
    expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
  });

  test('is CRITICAL once the population has moved, names the features, and finds no fault of the data', async () => {
    const workspace = copyOf(original);
    const { code, json } = await runAt(workspace, shifted, 'monitor');
    expect(code).toBe(2);
    expect(json.drift.features.filter((each: { drifted: boolean }) => each.drifted)).toHaveLength(6);
    expect(statusOf(json.checks, 'data_issues')).toBe('OK');
    const store = new Database(join(workspace, '.mlops', 'store.db'), { readonly: true });
    expect(store.prepare('SELECT status, features_drifted FROM monitoring_run').all()).toEqual([
      { status: 'CRITICAL', features_drifted: 6 },
    ]);
    expect(store.prepare('SELECT count(*) AS n FROM drift_result').get()).toEqual({ n: 7 });
    expect(store.prepare('SELECT name, severity FROM alert WHERE closed_at IS NULL').all()).toContainEqual({
      name: 'drift',
      severity: 'CRITICAL',
    });
    store.close();
  });

  test('an alert is opened once, and closed by the first later run that finds all well', async () => {
    const workspace = copyOf(original);
    await runAt(workspace, shifted, 'monitor');
    await runAt(workspace, shifted, 'monitor');
    const file = join(workspace, 'mlops.yaml');
    const lenient = readFileSync(file, 'utf8').replace('critical_share: 0.5', 'critical_share: 1');
    writeFileSync(file, lenient.replace('warning_share: 0.3', 'warning_share: 1'));
    await runAt(workspace, shifted, 'monitor');
    const store = new Database(join(workspace, '.mlops', 'store.db'), { readonly: true });
    expect(store.prepare("SELECT closed_at IS NULL AS open FROM alert WHERE name = 'drift'").all()).toEqual([
      { open: 0 },
    ]);
    store.close();
  });

  test('writes a report of one file that fetches nothing and runs its own script alone', async () => {
    const { json } = await runAt(copyOf(original), shifted, 'monitor');
    const page = readFileSync(json.report, 'utf8');
    expect(page).toContain('<svg');
    expect(page).not.toMatch(/https?:|<link|@import|url\(|<script[^>]+src/);
    const [, script = '', ...further] = page.split(/<script[^>]*>|<\/script>/);
    expect(further).toHaveLength(1);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1];
    const hash = createHash('sha256').update(script).digest('base64');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src 'sha256-${hash}'`);
    expect(policy).not.toContain('unsafe');
    expect(page.length).toBeLessThan(400_000);
  });

  test('fewer predictions than the minimum are UNKNOWN, whatever they look like', async () => {
    const workspace = copyOf(original);
    const file = join(workspace, 'mlops.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('lookback: 7d', 'lookback: 24h'));
    const { code, json } = await runAt(workspace, shifted, 'monitor');
    expect(code).toBe(3);
    expect(statusOf(json.checks, 'drift')).toBe('UNKNOWN');
    expect(json.checks[0].summary).toMatch(/^1\d\d predictions in the window, fewer than the 200/);
  });

  test('a unit that changed upstream is a fault of the data, named', async () => {
    const workspace = copyOf(original);
    const store = new Database(join(workspace, '.mlops', 'store.db'));
    store.exec('UPDATE prediction SET monthly_income = monthly_income * 1000');
    store.close();
    const { code, json } = await runAt(workspace, calm, 'monitor');
    expect(code).toBe(2);
    expect(json.issues).toMatchObject([{ kind: 'unit_change', feature: 'monthly_income' }]);
    expect(json.issues[0].sentence).toContain('1000');
  });

  test('an empty window is UNKNOWN and reports no drift', async () => {
    const { code, json } = await runAt(copyOf(original), '2026-11-20T00:00:00Z', 'monitor');
    expect(json).toMatchObject({ rows: 0, drift: null });
    expect(statusOf(json.checks, 'drift')).toBe('UNKNOWN');
    // No traffic at all is an alarm of its own.
    expect(statusOf(json.checks, 'volume')).toBe('CRITICAL');
    expect(code).toBe(2);
  });

  test('with nothing to compare with drift is UNKNOWN and says what to do; the rest is looked at all the same', async () => {
    const workspace = copyOf(original);
    const store = new Database(join(workspace, '.mlops', 'store.db'));
    store.exec('UPDATE model_version SET reference_sha256 = NULL');
    store.close();
    const { code, json } = await runAt(workspace, calm, 'monitor');
    expect(code).toBe(3);
    expect(statusOf(json.checks, 'drift')).toBe('UNKNOWN');
    expect(json.checks[0].summary).toContain('set monitoring.reference');
    expect(statusOf(json.checks, 'volume')).toBe('OK');
  });

  test('a replay of the past leaves the alerts of today alone, and two runs of one moment both keep their report', async () => {
    const workspace = copyOf(original);
    const first = await runAt(workspace, shifted, 'monitor');
    const again = await runAt(workspace, shifted, 'monitor');
    await runAt(workspace, calm, 'monitor');
    expect(again.json.report).not.toBe(first.json.report);
    const store = new Database(join(workspace, '.mlops', 'store.db'), { readonly: true });
    expect(store.prepare("SELECT closed_at FROM alert WHERE name = 'drift'").all()).toEqual([
      { closed_at: null },
    ]);
    store.close();
  });

  test('a replay looks with the version that was in Production then', async () => {
    const workspace = copyOf(original);
    await runAt(workspace, shifted, 'train', '--from-store');
    await runAt(workspace, shifted, 'promote', '2');
    expect((await runAt(workspace, calm, 'monitor')).json.model_version).toBe('1');
  });
});

describe('drift in a workspace', () => {
  test('compares the window of the store, and stores nothing', async () => {
    const workspace = copyOf(original);
    const { code, json } = await runAt(workspace, shifted, 'drift', '--last', '14d');
    expect(code).toBe(2);
    expect(json).toMatchObject({ current: { rows: 2000 }, features_drifted: 6, report: null });
    expect((await runAt(workspace, shifted, 'verify')).json).toMatchObject({ events: 4 });
  });

  test('one file alone is a usage error', async () => {
    const outcome = await runMlops(['-C', original, 'drift', '--current', 'week.csv']);
    expect(outcome.code).toBe(64);
    expect(outcome.stderr).toContain('--reference and --current go together');
  });
});
