import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { explainResultDefinition } from '../../src/data/results/explain.ts';
import { gateCriterionName } from '../../src/data/results/gate.ts';
import { monitorCheckDefinition } from '../../src/data/results/monitor.ts';
import { allLabelled, copyOf, loopWorkspace, runAt, shifted } from './loop-workspace.ts';
import { runMlops } from './run-mlops.ts';

let workspace = '';
beforeAll(async () => {
  workspace = await loopWorkspace();
  const path = join(workspace, 'mlops.yaml');
  writeFileSync(path, readFileSync(path, 'utf8').replace('lookback: 24h', 'lookback: 7d'));
  await runAt(workspace, shifted, 'monitor');
  await runAt(workspace, '2026-10-01T00:00:00Z', 'train', '--from-store');
  await runAt(workspace, allLabelled, 'gate');
});

async function explained(...words: string[]) {
  const { code, json } = await runAt(workspace, shifted, 'explain', ...words);
  expect(code).toBe(0);
  return explainResultDefinition.parse(json).explanations;
}

describe('explain', () => {
  test.each([[[]], [['1']]])('a decision, the newest or by number, with every criterion', async (number) => {
    const [decision] = await explained('decision', ...number);
    expect(decision).toMatchObject({
      subject: 'decision 1',
      next: 'mlops promote 2',
      page: 'evaluation_gates',
    });
    expect(decision?.numbers).toHaveLength(8);
    expect(await explained('1')).toEqual([decision]);
  });

  test('a criterion by the workspace’s bound and the newest decision', async () => {
    const changed = copyOf(workspace);
    await runAt(changed, allLabelled, 'gate', 'set', 'minimum_f1_improvement', '0.5', '--reason', 'x');
    const { json } = await runAt(changed, allLabelled, 'explain', 'f1_improvement');
    expect(json.explanations[0].rule).toContain('at least 50 % better');
    expect(json.explanations[0].numbers[0]).toMatch(/^met in decision 1, .*: F1 rose from/);
  });

  test('drift with the features that drifted in the last run', async () => {
    const [drift] = await explained('drift');
    expect(drift?.rule).toContain('more than 30 % drifted is WARNING');
    const run = (await runAt(workspace, shifted, 'drift', '--last', '7d')).json;
    for (const { name, drifted } of run.features)
      expect(drift?.numbers.some((line) => line.startsWith(`${name}: `))).toBe(drifted);
  });

  test('a check of health with its figures, its limit and whom to call', async () => {
    const [check] = await explained('check', 'disk');
    expect(check).toMatchObject({
      kind: 'check',
      numbers: [expect.stringMatching(/^\w+: /), expect.stringMatching(/^observed .*limit/)],
    });
    expect((await explained('volume')).map(({ kind }) => kind)).toEqual(['check', 'monitoring']);
    expect((await explained('monitoring', 'volume')).map(({ kind }) => kind)).toEqual(['monitoring']);
  });

  test('an open alert by its name', async () => {
    const [alert] = await explained('alert', 'drift');
    expect(alert).toMatchObject({ kind: 'alert', next: 'mlops explain monitoring drift' });
    expect(alert?.numbers[1]).toBe(
      `open since ${shifted.replace('Z', '.000Z')}, last seen ${shifted.replace('Z', '.000Z')}`,
    );
  });

  test('every name that health, monitoring and the gate give out', async () => {
    const { json } = await runAt(workspace, shifted, 'health', '--no-network');
    const names = [
      ...json.checks.map(({ name }: { name: string }) => name),
      ...monitorCheckDefinition.shape.name.options,
      ...gateCriterionName.options,
    ];
    const { ruleNames } = await import('../../src/loop/explaining/rules.ts');
    expect(ruleNames().map(({ value }) => value)).toEqual(expect.arrayContaining(names));
  });

  test('an exit code and, without a workspace, the rule by its defaults', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'mlops-test-'));
    expect((await runMlops(['explain', 'exit', '75'], { cwd })).stdout).toContain('somebody else holds');
    expect((await runMlops(['explain', '75'], { cwd })).stdout).toContain('somebody else holds');
    expect((await runMlops(['explain', 'exit', '0'], { cwd })).code).toBe(0);
    const { code, stdout } = await runMlops(['explain', 'disk'], { cwd });
    expect([code, stdout]).toEqual([0, expect.stringContaining('above 95 % CRITICAL')]);
  });

  test.each([
    ['a misspelt name', ['jensenshanon'], 64, 'mlops explain jensenshannon'],
    ['a decision that is not there', ['decision', '99'], 66, 'mlops gate show'],
    ['an alert that is not open', ['alert', 'volume_high'], 66, 'mlops health'],
    ['an unknown exit code', ['exit', '9'], 64, 'mlops help exit-codes'],
  ])('%s', async (_, words, code, remedy) => {
    const outcome = await runAt(workspace, shifted, 'explain', ...words);
    expect([outcome.code, outcome.json.try]).toEqual([code, expect.stringContaining(remedy)]);
  });
});
