import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { gateDecisionDefinition, gateSetDefinition } from '../../src/data/results/gate.ts';
import { readConfiguration } from '../../src/workspace/index.ts';
import { allLabelled, copyOf, loopWorkspace, runAt } from './loop-workspace.ts';
import { runMlops } from './run-mlops.ts';

const later = '2026-11-16T00:00:00Z';
let judged = '';

beforeAll(async () => {
  judged = await loopWorkspace();
  await runAt(judged, '2026-10-01T00:00:00Z', 'train', '--from-store');
  expect((await runAt(judged, allLabelled, 'gate')).json.decision).toBe('promote');
  await runAt(judged, allLabelled, 'gate', '--preset', 'aggressive');
});

const configurationOf = (workspace: string) => readFileSync(join(workspace, 'mlops.yaml'), 'utf8');
const changesOf = (workspace: string) => join(workspace, 'runbook', 'gate-changes.md');
const set = (workspace: string, ...rest: string[]) => runAt(workspace, later, 'gate', 'set', ...rest);

describe('gate set', () => {
  test('changes one place of mlops.yaml, the runbook page and the audit, and the next decision asks for it', async () => {
    const workspace = copyOf(judged);
    chmodSync(join(workspace, 'mlops.yaml'), 0o600);
    const before = configurationOf(workspace);
    const { code, json } = await set(workspace, 'minimum_f1_improvement', '0.5', '--reason', 'too | lax');
    expect(code).toBe(0);
    expect(gateSetDefinition.parse(json)).toMatchObject({ from: 0.02, to: 0.5, changed: true, notes: [] });
    expect(configurationOf(workspace)).toBe(
      before.replace('overrides: {}', 'overrides: { minimum_f1_improvement: 0.5 }'),
    );
    expect(statSync(join(workspace, 'mlops.yaml')).mode & 0o777).toBe(0o600);
    expect(readFileSync(changesOf(workspace), 'utf8')).toMatch(
      /^\| 2026-11-16T00:00:00\.000Z \| \S+ \| minimum_f1_improvement \| 0\.02 \| 0\.5 \| too \\\| lax \|$/m,
    );
    expect((await runAt(workspace, later, 'gate')).json.decision).toBe('reject');
    expect((await runAt(workspace, later, 'verify')).json.status).toBe('OK');
    await set(workspace, 'gate.overrides.minimum_f1_improvement', 'default', '--reason', 'back');
    expect(configurationOf(workspace)).toBe(before);
    expect(readFileSync(changesOf(workspace), 'utf8').trimEnd().split('\n').at(-1)).toContain('| back |');
  });

  test('says what the last decisions would have become, also where it cannot be told', async () => {
    const dry = (...rest: string[]) => set(copyOf(judged), ...rest, '--reason', 'x', '--dry-run');
    const decisions = async (...rest: string[]) =>
      (await dry(...rest)).json.decisions.map((each: { would_be: string }) => each.would_be);
    expect(await decisions('minimum_rows', '100')).toEqual(['promote', 'promote']);
    expect(await decisions('minimum_rows', '1000000')).toEqual(['reject', 'reject']);
    // The newest was judged with the aggressive preset, which compares no segments.
    expect(await decisions('maximum_segment_loss', '0.9')).toEqual(['unknown', 'promote']);
  });

  test('a dry run, and the value that holds already, change nothing', async () => {
    const workspace = copyOf(judged);
    const before = configurationOf(workspace);
    expect((await set(workspace, 'minimum_days', '3', '--reason', 'x', '--dry-run')).json.changed).toBe(
      false,
    );
    expect((await set(workspace, 'preset', 'production', '--reason', 'x')).json.changed).toBe(false);
    expect(configurationOf(workspace)).toBe(before);
    expect(existsSync(changesOf(workspace))).toBe(false);
  });

  test.each([
    [
      'an unknown key',
      ['min_f1_improvement_pct', '3', '--reason', 'x'],
      {
        error: "the gate has no 'min_f1_improvement_pct'",
        try: expect.stringContaining('gate set minimum_f1_improvement'),
      },
    ],
    [
      'a value of the wrong type',
      ['minimum_rows', 'many', '--reason', 'x'],
      {
        error: "'many' is no value for gate.overrides.minimum_rows",
        cause: 'expected a whole number from 0',
      },
    ],
    [
      'a share above 1',
      ['minimum_coverage', '30', '--reason', 'x'],
      { cause: 'expected a number from 0 to 1' },
    ],
    [
      'an unknown preset',
      ['preset', 'lax', '--reason', 'x'],
      { cause: expect.stringContaining('aggressive') },
    ],
    ['an empty reason', ['minimum_rows', '3', '--reason', ' '], { error: '--reason is empty' }],
    ['no reason', ['minimum_rows', '3'], { error: expect.stringContaining('--reason') }],
  ])('%s is a usage error and changes nothing', async (_, rest, said) => {
    const before = configurationOf(judged);
    const { code, json } = await set(judged, ...rest);
    expect([code, configurationOf(judged)]).toEqual([64, before]);
    expect(json).toMatchObject(said);
  });

  test('a configuration that is wrong already is named by its line', async () => {
    const workspace = copyOf(judged);
    writeFileSync(join(workspace, 'mlops.yaml'), `${configurationOf(workspace)}nonsense: 1\n`);
    const { code, json } = await set(workspace, 'minimum_rows', '3', '--reason', 'x');
    expect([code, json.error]).toEqual([78, expect.stringMatching(/line \d+.*nonsense/)]);
  });

  test('a clock that was set back is said, and the change is made', async () => {
    const { json } = await runAt(
      copyOf(judged),
      '2026-11-01T00:00:00Z',
      'gate',
      'set',
      'minimum_days',
      '3',
      '--reason',
      'x',
    );
    expect([json.changed, json.notes]).toEqual([true, [expect.stringContaining('2026-11-15T00:00:00.000Z')]]);
  });

  test('several at once: each is set whole or refused with 75, and none takes another back', async () => {
    const workspace = copyOf(judged);
    const wanted = ['minimum_rows', 'minimum_days', 'minimum_coverage', 'minimum_f1_improvement'];
    const outcomes = await Promise.all(wanted.map((key) => set(workspace, key, '0.0', '--reason', 'x')));
    const done = wanted.filter((_, index) => outcomes[index]?.code === 0);
    expect(done.length).toBeGreaterThan(0);
    expect(outcomes.filter(({ code }) => code !== 0 && code !== 75)).toEqual([]);
    const { overrides } = readConfiguration(join(workspace, 'mlops.yaml')).gate;
    expect(Object.keys(overrides).sort()).toEqual(done.toSorted());
    expect(readFileSync(changesOf(workspace), 'utf8').match(/^\| 20/gm)).toHaveLength(done.length);
  });

  test('a workspace that cannot be written to stays as it was', async ({ skip }) => {
    const workspace = copyOf(judged);
    const before = configurationOf(workspace);
    const bound = spawnSync('mount', ['--bind', workspace, workspace]).status === 0;
    const mounted = bound && spawnSync('mount', ['-o', 'remount,bind,ro', workspace]).status === 0;
    if (!mounted && bound) spawnSync('umount', [workspace]);
    skip(!mounted, 'making a folder read-only for everybody takes root');
    try {
      const { code } = await set(workspace, 'minimum_days', '3', '--reason', 'x');
      expect([code, configurationOf(workspace)]).toEqual([74, before]);
    } finally {
      spawnSync('umount', [workspace]);
    }
  });

  test('what cannot be noted is not set, and leaves no audit row', async () => {
    const workspace = copyOf(judged);
    const before = configurationOf(workspace);
    writeFileSync(join(workspace, 'runbook'), 'a file in the way');
    const events = (await runAt(workspace, later, 'verify')).json.events;
    const { code } = await set(workspace, 'minimum_days', '3', '--reason', 'x');
    expect([code, configurationOf(workspace)]).toEqual([74, before]);
    expect((await runAt(workspace, later, 'verify')).json.events).toBe(events);
  });
});

describe('gate show', () => {
  test('shows a stored decision as it was, the newest without a number', async () => {
    const newest = await runAt(judged, later, 'gate', 'show');
    expect(gateDecisionDefinition.parse(newest.json)).toMatchObject({
      decision_id: '2',
      preset: 'aggressive',
    });
    const { stdout } = await runMlops(['-C', judged, 'gate', 'show', '1']);
    expect(stdout).toMatch(
      /^decision 1, 2026-11-15T00:00:00\.000Z, asked by \S+, preset production\n\nModel version 2 may replace version 1/,
    );
  });

  test.each([
    ['9', 66],
    ['nine', 64],
  ])('%s is exit %i', async (number, code) => {
    expect((await runAt(judged, later, 'gate', 'show', number)).code).toBe(code);
  });
});
