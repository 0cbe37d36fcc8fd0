import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { driftCompareDefinition } from '../../src/data/results/drift-compare.ts';
import { driftExplainDefinition } from '../../src/data/results/drift-explain.ts';
import { driftHistoryDefinition, reportsDefinition } from '../../src/data/results/drift-history.ts';
import { copyOf, loopWorkspace, runAt } from './loop-workspace.ts';
import { runMlops } from './run-mlops.ts';

const weeks = ['2026-08-17', '2026-08-24', '2026-08-31', '2026-09-14', '2026-09-21', '2026-09-28'].map(
  (day) => `${day}T00:00:00Z`,
);
const [last = ''] = weeks.slice(-1);

let shared = '';
beforeAll(async () => {
  shared = await loopWorkspace();
  const path = join(shared, 'mlops.yaml');
  writeFileSync(path, readFileSync(path, 'utf8').replace('lookback: 24h', 'lookback: 7d'));
  for (const week of weeks) await runAt(shared, week, 'monitor');
});

describe('drift history', () => {
  test('follows every feature over the runs', async () => {
    const outcome = await runAt(shared, last, 'drift', 'history');
    const history = driftHistoryDefinition.parse(outcome.json);
    expect(history.runs.map(({ at }) => at.slice(0, 10))).toEqual(weeks.map((week) => week.slice(0, 10)));
    for (const feature of history.features) expect(feature.levels).toHaveLength(weeks.length);
    const [most] = history.features;
    expect(most?.drifted_runs).toBeGreaterThan(0);
    expect(outcome.code).toBe(history.findings.length > 0 ? 1 : 0);
    const { stdout } = await runMlops(['-C', shared, '--as-of', last, 'drift', 'history']);
    expect(stdout).toMatch(/^(OK|WARNING) - 6 runs from 2026-07-30 to 2026-09-28\nshare {2}[▁▂▃▄▅▆▇█]{6} /);
  });

  test('looks back no further than asked, and misses the runs of the last week', async () => {
    const { json } = await runAt(shared, last, 'drift', 'history', '--days', '8');
    expect(json.runs).toHaveLength(2);
    const later = await runAt(shared, '2026-10-20T00:00:00Z', 'drift', 'history');
    expect(later.code).toBe(1);
    expect(later.json.findings[0]).toMatchObject({
      finding: 'no_runs',
      summary: 'monitoring has not run for 22 days',
    });
  });

  test('leaves drift of two files as it was', async () => {
    const refused = await runAt(shared, last, 'drift', '--reference', 'a.csv');
    expect([refused.code, refused.json.error]).toEqual([64, '--reference and --current go together']);
    expect((await runAt(shared, last, 'drift', 'history', '--days', 'x')).code).toBe(64);
  });
});

describe('drift compare', () => {
  test('says what drifted newly between two runs, with both scores', async () => {
    const outcome = await runAt(shared, last, 'drift', 'compare', '1', '6');
    const { before, after, features, sentence } = driftCompareDefinition.parse(outcome.json);
    expect([outcome.code, before.run_id, after.run_id]).toEqual([0, '1', '6']);
    expect(after.features_drifted).toBeGreaterThan(before.features_drifted);
    const [first] = features;
    expect(first).toMatchObject({
      change: 'newly_drifted',
      before: { drifted: false },
      after: { drifted: true },
    });
    expect(sentence).toContain(`newly drifted: ${first?.name}`);
    const { stdout } = await runMlops(['-C', shared, '--as-of', last, 'drift', 'compare', '1', '6']);
    expect(stdout).toMatch(/^run 1, 2026-08-17.*\nrun 6, 2026-09-28.*\n\nnewly drifted\n {2}/);
  });

  test('a run that was never made is no input, and the newest are named', async () => {
    const { code, json } = await runAt(shared, last, 'drift', 'compare', '1', '99');
    expect([code, json.error, json.cause]).toEqual([
      66,
      'there is no monitoring run 99',
      'the newest are 6, 5, 4, 3, 2',
    ]);
    expect((await runAt(shared, last, 'drift', 'compare', '1', 'x')).code).toBe(64);
  });
});

describe('drift explain', () => {
  test('tells of the newest run, of a run that is named, and of two files', async () => {
    const newest = await runAt(shared, last, 'drift', 'explain', 'age');
    const told = driftExplainDefinition.parse(newest.json);
    expect(newest.code).toBe(0);
    expect(told).toMatchObject({ feature: { name: 'age', drifted: true }, at: '2026-09-28T00:00:00.000Z' });
    expect(told.runs.map(({ run_id }) => run_id)).toEqual(['1', '2', '3', '4', '5', '6']);
    const first = driftExplainDefinition.parse(
      (await runAt(shared, last, 'drift', 'explain', 'age', '--run', '1')).json,
    );
    expect([first.feature.drifted, first.runs.length]).toEqual([false, 1]);
    const reference = join(import.meta.dirname, '..', '..', 'fixtures', 'reference.csv');
    const words = ['drift', 'explain', 'age', '--reference', reference, '--current', reference];
    expect((await runMlops(words)).stdout).toMatch(
      /^age - not drifted[\s\S]*\ntest\n[\s\S]*\nmissing values\n/,
    );
  });

  test('of a misspelt feature the nearest is named; without a store there is nothing to tell', async () => {
    const { code, json } = await runAt(shared, last, 'drift', 'explain', 'agge');
    expect([code, json.try]).toEqual([66, 'did you mean age?']);
    const empty = copyOf(shared);
    for (const end of ['', '-wal', '-shm']) rmSync(join(empty, '.mlops', `store.db${end}`), { force: true });
    expect((await runAt(empty, last, 'drift', 'explain', 'age')).code).toBe(66);
  });
});

describe('drift --run', () => {
  test('gives a stored run in every form, with the score over the runs before it', async () => {
    const folder = copyOf(shared);
    const files = ['html', 'md', 'xml', 'prom', 'json'].map((extension) => join(folder, `run.${extension}`));
    const outcome = await runAt(
      shared,
      last,
      'drift',
      '--run',
      '6',
      ...files.flatMap((file) => ['--report', file]),
    );
    expect(outcome.code).toBe({ OK: 0, WARNING: 1, CRITICAL: 2 }[String(outcome.json.status)]);
    const [html = '', markdown = '', junit = '', prometheus = '', json = ''] = files.map((file) =>
      readFileSync(file, 'utf8'),
    );
    expect(html).toContain('Over the last 6 runs');
    expect(markdown).toMatch(/^### \S+ Drift /);
    expect(junit).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites /);
    expect(prometheus).toContain('mlops_drift_feature_drifted{feature="age"} 1\n');
    expect(JSON.parse(json)).toEqual({ ...outcome.json });
    const { stdout } = await runMlops(['-C', shared, 'drift', '--run', '6', '--print', 'markdown']);
    expect(stdout).toBe(markdown);
  });

  test('is measured already, and may not be asked for with files', async () => {
    const refused = await runAt(shared, last, 'drift', '--run', '6', '--last', '7d');
    expect([refused.code, refused.json.error]).toEqual([64, '--run stands alone']);
    expect((await runAt(shared, last, 'drift', '--run', '77')).code).toBe(66);
  });
});

describe('reports', () => {
  test('lists them newest first; latest prints a path that is there', async () => {
    const workspace = copyOf(shared);
    const { reports } = reportsDefinition.parse((await runAt(workspace, last, 'reports', '-n', '3')).json);
    expect(reports.map(({ at }) => at.slice(0, 10))).toEqual(['2026-09-28', '2026-09-21', '2026-09-14']);
    const { stdout } = await runMlops(['-C', workspace, '--as-of', last, 'reports', 'latest']);
    expect(readFileSync(stdout.trim(), 'utf8')).toContain('<!doctype html>');
  });

  test('open uses $BROWSER, and without any browser prints the path', async () => {
    const path = (await runAt(shared, last, 'reports', 'latest')).json.path;
    const without = await runMlops(['-C', shared, '--as-of', last, 'reports', 'open'], {
      env: { BROWSER: '', DISPLAY: '', WAYLAND_DISPLAY: '' },
    });
    expect([without.code, without.stdout]).toEqual([0, `${path}\n`]);
    expect(without.stderr).toContain('set BROWSER');
    const opened = await runMlops(['-C', shared, '--json', '--as-of', last, 'reports', 'open'], {
      env: { BROWSER: 'true' },
    });
    expect(JSON.parse(opened.stdout)).toMatchObject({ path, opened: true });
  });

  test('a report that is gone is said to be, and the one before it is the latest', async () => {
    const workspace = copyOf(shared);
    const list = async () => reportsDefinition.parse((await runAt(workspace, last, 'reports')).json).reports;
    const [newest, before] = await list();
    expect(newest?.path.startsWith(workspace)).toBe(true);
    rmSync(newest?.path ?? '');
    expect((await list())[0]?.present).toBe(false);
    expect((await runAt(workspace, last, 'reports', 'latest')).json.path).toBe(before?.path);
    for (const { path } of await list()) rmSync(path, { force: true });
    expect((await runAt(workspace, last, 'reports', 'latest')).code).toBe(66);
  });
});
