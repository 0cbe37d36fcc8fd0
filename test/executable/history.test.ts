import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
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
