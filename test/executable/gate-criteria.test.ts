import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { gateResultDefinition } from '../../src/data/results/gate.ts';
import { allLabelled, copyOf, loopWorkspace, runAt } from './loop-workspace.ts';
import { runMlops } from './run-mlops.ts';

let trained = '';

beforeAll(async () => {
  trained = await loopWorkspace();
  await runAt(trained, '2026-10-01T00:00:00Z', 'train', '--from-store');
});

/** A copy whose gate is configured further. */
function configured(...lines: string[]): string {
  const workspace = copyOf(trained);
  const path = join(workspace, 'mlops.yaml');
  const text = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    text.replace('  overrides: {}', ['overrides: {}', ...lines].map((each) => `  ${each}`).join('\n')),
  );
  return workspace;
}

async function failureOf(workspace: string, ...commandLine: string[]) {
  const { code, stderr } = await runMlops(['-C', workspace, '--as-of', allLabelled, 'gate', ...commandLine]);
  return { code, stderr };
}

describe('the gate as it is configured', () => {
  test('compares costs, the groups of protected columns and the segments that are named', async () => {
    const workspace = configured(
      'segments: { columns: [age], bins: 2 }',
      'protected: [age]',
      'costs: { false_positive: 1, false_negative: 5 }',
    );
    const { json } = await runAt(workspace, allLabelled, 'gate');
    const result = gateResultDefinition.parse(json);
    expect(result.costs).toMatchObject({ false_positive: 1, false_negative: 5 });
    expect(result.criteria.find(({ name }) => name === 'expected_cost')?.observed).toBe(
      result.costs?.difference,
    );
    expect(result.groups?.map(({ column, groups }) => [column, groups.length])).toEqual([['age', 2]]);
    const names = result.segments?.map(({ name }) => name) ?? [];
    expect(names.filter((name) => name.startsWith('age '))).toHaveLength(2);
    expect(names.filter((name) => !/^(?:age |worst slice: )/.test(name))).toEqual([]);
  });

  test.each([
    [
      'a segment column that is not there',
      'segments: { columns: [agee] }',
      "gate.segments.columns names 'agee'",
    ],
    ['a protected column that is not there', 'protected: [sex]', "gate.protected names 'sex'"],
    ['bins of a column that is not there', 'segments: { bins_of: { agee: 5 } }', "perhaps 'age' was meant"],
    ['a negative cost', 'costs: { false_positive: -1, false_negative: 5 }', 'gate.costs.false_positive'],
  ])('%s is refused, and no decision is stored', async (_, line, told) => {
    const workspace = configured(line);
    const { code, stderr } = await failureOf(workspace);
    expect(code).toBe(78);
    expect(stderr).toContain(told);
    expect(stderr).toContain('try: ');
    copyFileSync(join(trained, 'mlops.yaml'), join(workspace, 'mlops.yaml'));
    expect((await runMlops(['-C', workspace, 'gate', 'show'])).code).toBe(66);
  });
});
