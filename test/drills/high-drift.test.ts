import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { calm, copyOf, loopWorkspace, shifted } from '../executable/loop-workspace.ts';
import { executable, runMlops } from '../executable/run-mlops.ts';
import { configure, operatorOf } from './operator.ts';

const drifted = ['age', 'monthly_income', 'debt_ratio', 'utilization', 'open_credit_lines', 'late_payments'];
const weekLater = '2026-09-07T00:00:00Z';

let moved: string;
let broken: string;
beforeAll(async () => {
  [moved, broken] = await Promise.all([loopWorkspace(), loopWorkspace(streamWithIncomeInCents())]);
  for (const workspace of [moved, broken]) configure(workspace, 'lookback: 24h', 'lookback: 7d');
});

/** For the last week of August the pipeline writes cents for whole units. */
function streamWithIncomeInCents(): string {
  const [head = '', ...rows] = readFileSync(
    join(executable, '..', '..', 'fixtures', 'stream.csv'),
    'utf8',
  ).split('\n');
  const income = head.split(',').indexOf('monthly_income');
  const inCents = (row: string) => row.split(',').map((cell, place) => cents(cell, place === income));
  const atFault = (row: string) => {
    const day = row.split(',')[1] ?? '';
    return day >= '2026-08-24' && day < '2026-08-31';
  };
  const file = join(mkdtempSync(join(tmpdir(), 'mlops-test-')), 'stream.csv');
  writeFileSync(file, [head, ...rows.map((row) => (atFault(row) ? inCents(row).join(',') : row))].join('\n'));
  return file;
}

function cents(cell: string, isIncome: boolean): string {
  return isIncome && cell !== '' ? String(Number(cell) * 100) : cell;
}

interface Drift {
  readonly features: readonly {
    readonly name: string;
    readonly drifted: boolean;
    readonly summary: Readonly<Record<'reference' | 'current', { readonly median: number }>>;
  }[];
}

describe('a population that has moved', () => {
  test('is CRITICAL; the report shows each drifted feature before and after', async () => {
    const { code, json } = await operatorOf(copyOf(moved), shifted).run('monitor');
    expect([code, json.status]).toEqual([2, 'CRITICAL']);
    const { features }: Drift = json.drift;
    expect(features.filter((each) => each.drifted).map(({ name }) => name)).toEqual(drifted);
    expect(features.find(({ name }) => name === 'age')?.summary).toMatchObject({
      reference: { median: 50 },
      current: { median: 41 },
    });
    const report = readFileSync(json.report, 'utf8');
    expect(report).toContain('median 50 → 41');
    for (const feature of drifted) expect(report).toContain(`<title>Distribution of ${feature}</title>`);
  });

  test('the page stops where a person has to judge, with the verdict and its evidence', async () => {
    const workspace = copyOf(moved);
    const { code, stdout } = await runMlops(
      ['-C', workspace, '--as-of', shifted, 'runbook', 'run', 'high-drift'],
      { env: { MLOPS_USER: 'ada' } },
    );
    expect(code).toBe(1);
    expect(stdout).toContain(
      'CRITICAL Drift          6 of 7 features drifted: age (since Mon 7 Sep, ± 1 day), monthly_income (since ',
    );
    expect(stdout).toContain(
      `triage  genuine_drift: 6 of 7 features drifted (CRITICAL); moved by more than sampling explains: ${drifted.join(', ')}`,
    );
    expect(stdout).toContain('a person has to say: Did the data pipeline change?');
    expect(stdout).toContain(
      `go on with: mlops -C ${workspace} --as-of ${shifted} runbook resume 1 --answer TEXT`,
    );
    const { resume, openIncidents } = operatorOf(workspace, shifted);
    const decision = await resume('--answer', 'no; the campaign began in September');
    expect(decision.json.summary).toBe(
      "a person has to decide 'Decide':\n  1 the data are at fault\n  2 the drift is genuine\n  3 you are unsure",
    );
    expect(await openIncidents()).toEqual(['High drift']);
  });

  test('genuine: retraining is handed the incident and brings the challenger into Production', async () => {
    const workspace = copyOf(moved);
    const { walk, resume, run, openIncidents, closedIncidents } = operatorOf(workspace, shifted);
    await walk('high-drift', '--answer', 'a new market');
    const { code, json } = await resume('--answer', 'the drift is genuine');
    expect(code).toBe(1);
    expect(json).toMatchObject({
      state: 'handed_over',
      next: `mlops -C ${workspace} --as-of ${shifted} runbook run retrain --incident 1`,
    });
    const retrained = await walk('retrain', '--incident', '1', '--answer', 'the verdict is genuine_drift');
    expect(retrained.json.summary).toBe(
      'a person has to say: Do you want the new version in Production now?',
    );
    expect(await openIncidents()).toEqual(['High drift']);
    const promoted = await resume('--answer', 'yes');
    expect([promoted.code, promoted.json.state]).toEqual([0, 'done']);
    expect(await openIncidents()).toEqual([]);
    expect(await closedIncidents()).toEqual(['High drift']);
    const { versions } = (await run('models')).json;
    expect(versions.map((each: { stage: string }) => each.stage)).toEqual(['Archived', 'Production']);
  });

  test('unsure: a bundle is written, the Data Science Lead is asked, and who took it over is kept', async () => {
    const workspace = copyOf(moved);
    const { walk, resume, run, openIncidents, closedIncidents } = operatorOf(workspace, shifted);
    await walk('high-drift', '--answer', 'nobody knows');
    const asked = await resume('--answer', 'you are unsure');
    expect([asked.code, asked.json.summary]).toEqual([1, 'a person has to say: Who has taken it over?']);
    const done = await resume('--answer', 'Grace');
    expect([done.code, done.json.state]).toEqual([0, 'done']);
    const { steps } = done.json;
    expect(steps.map(({ step }: { step: string }) => step).slice(-3)).toEqual([
      'escalate',
      'escalate',
      'escalate',
    ]);
    expect(await closedIncidents()).toEqual(['High drift']);
    // Theirs to close: they were asked, and nobody acknowledged yet.
    expect(await openIncidents()).toEqual(['High Drift Alert: High Drift Alert']);
    const postMortem = await runMlops(['-C', workspace, 'incidents', 'show', '1', '--markdown']);
    for (const said of [' bundle`', ' escalate high_drift`', 'Grace', '6 of 7 features drifted'])
      expect(postMortem.stdout).toContain(said);
    expect((await run('models')).json.versions).toHaveLength(1);
  });
});

describe('a column that changed its unit', () => {
  test('is a fault of the data, with feature, factor and both medians; nothing is retrained', async () => {
    const workspace = copyOf(broken);
    const { run, openIncidents } = operatorOf(workspace, calm);
    const monitored = await run('monitor');
    expect([monitored.code, monitored.json.status]).toEqual([2, 'CRITICAL']);
    expect(monitored.json.issues).toMatchObject([{ kind: 'unit_change', feature: 'monthly_income' }]);
    const sentence =
      'monthly_income looks 100 times too large (percent and shares, or cents and whole units): its median is 443000, 4510 in the reference';
    expect(monitored.json.issues[0].sentence).toBe(sentence);
    const healed = await run('heal', '--mode', 'act');
    expect([healed.code, healed.json.outcome]).toEqual([1, 'data_issue']);
    expect(healed.json.steps.at(-1).summary).toContain(`data_issue: ${sentence}`);
    expect((await run('models')).json.versions).toHaveLength(1);
    expect(await openIncidents()).toEqual([expect.stringContaining('monthly_income looks 100 times')]);
  });

  test('the pipeline is to be mended: its alerts are silent until then, and sound data close them', async () => {
    const workspace = copyOf(broken);
    const { walk, resume, run, openIncidents, closedIncidents } = operatorOf(workspace, calm);
    await walk('high-drift', '--answer', 'a release of the exporter on Monday');
    const stopped = await resume('--answer', 'the data are at fault');
    expect(stopped.json.summary).toBe("'Fix the pipeline' needs <time>");
    const mended = await resume(
      ...['--set', 'time=2026-09-04T18:00:00Z', '--set', 'reason=cents, mended by Friday'],
      ...['--answer', 'Ada, until Friday'],
    );
    expect([mended.code, mended.json.state]).toEqual([0, 'done']);
    expect(await closedIncidents()).toEqual(['High drift']);
    const alerts = (await run('alerts')).json.alerts as readonly { name: string; state: string }[];
    expect(alerts.filter(({ name }) => name === 'data_issues')).toMatchObject([{ state: 'silenced' }]);

    const after = operatorOf(workspace, weekLater);
    expect((await after.run('monitor')).json.issues).toEqual([]);
    const left = (await after.run('alerts')).json.alerts as readonly { name: string }[];
    expect(left.map(({ name }) => name)).not.toContain('data_issues');
    const [fault] = await openIncidents();
    expect(fault).toContain('data_issue: monthly_income looks 100 times');
    await after.run('incidents', 'close', '2', '--reason', 'exporter mended');
    expect(await openIncidents()).toEqual([]);
  });
});
