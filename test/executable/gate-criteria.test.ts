import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { gateResultDefinition, gateWhatIfDefinition } from '../../src/data/results/gate.ts';
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

describe('a file of criteria', () => {
  test('stands in place of gate in mlops.yaml for this once', async () => {
    const file = join(trained, 'review.yaml');
    writeFileSync(file, 'preset: aggressive\noverrides: { minimum_rows: 1000000 }\n');
    const workspace = copyOf(trained);
    const { code, json } = await runAt(workspace, allLabelled, 'gate', '--criteria', file);
    expect(code).toBe(1);
    expect(json).toMatchObject({ preset: 'aggressive', decision: 'reject', segments: null });
    expect((await runAt(workspace, allLabelled, 'gate')).json.preset).toBe('production');
  });

  test.each([
    ['that is no YAML', 'preset: [', 78, 'line 1, column 10: not YAML'],
    ['with a key that there is not', 'segmets: {}', 78, "line 1, column 1: unknown key 'segmets'"],
    [
      'with a cost of the wrong kind',
      'costs: { false_positive: x, false_negative: 1 }',
      78,
      'a number from 0',
    ],
    ['that is not there', undefined, 66, 'cannot be read: no such file'],
  ])('%s is refused', async (name, content, expected, told) => {
    const file = join(trained, `${name}.yaml`);
    if (content !== undefined) writeFileSync(file, content);
    const { code, stderr } = await failureOf(trained, '--criteria', file);
    expect([code, stderr]).toEqual([expected, expect.stringContaining(told)]);
  });
});

describe('criteria by command', () => {
  const command = (name: string, text: string) =>
    `  - { name: ${name}, command: ${JSON.stringify(text)}, time_limit: 10s }`;

  test('get the rows in a file, and say passed or not; what fails, hangs or prints nonsense has not passed', async () => {
    const read = join(trained, 'read.mjs');
    writeFileSync(
      read,
      `import { readFileSync } from 'node:fs';
       const { rows, labels, champion, challenger, features, prediction_ids } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
       const whole = [labels, champion.probabilities, challenger.probabilities, features.age, prediction_ids].every((each) => each.length === rows);
       console.error('secret to nobody');
       console.log(JSON.stringify({ passed: whole && challenger.version === '2', observed: rows, required: 1, detail: 'read' }));`,
    );
    const workspace = configured(
      'commands:',
      command('reads', `echo first a remark; ${process.execPath} ${read} "$1"`),
      '  - { name: hangs, command: "sleep 60", time_limit: 1s }',
      command('nonsense', 'echo lovely'),
      command('no-verdict', `echo '{"passed": "yes"}'`),
      command('fails', `echo '{"passed": true}'; exit 3`),
      command('missing', './is-not-there'),
    );
    const { code, json } = await runAt(workspace, allLabelled, 'gate');
    const result = gateResultDefinition.parse(json);
    const own = result.criteria.filter(({ name }) => name.startsWith('command:'));
    expect(code).toBe(1);
    expect(own.map(({ name, passed }) => [name, passed])).toEqual([
      ['command:reads', true],
      ...['hangs', 'nonsense', 'no-verdict', 'fails', 'missing'].map((name) => [`command:${name}`, false]),
    ]);
    expect(own[0]).toMatchObject({
      observed: result.rows,
      required: 1,
      detail: "The command 'reads' says: read",
    });
    expect(own.slice(1).map(({ detail }) => detail)).toEqual([
      "The command 'hangs' did not end within 1s and was stopped.",
      expect.stringContaining("The command 'nonsense' said nothing that can be read"),
      expect.stringContaining("The command 'no-verdict' said nothing that can be read"),
      "The command 'fails' ended with exit code 3.",
      "The command 'missing' ended with exit code 127.",
    ]);
    // Made again, what the commands said is taken as it was: they are not asked again.
    writeFileSync(read, 'process.exit(1)');
    expect((await runAt(workspace, allLabelled, 'gate', 'replay')).json.status).toBe('OK');
  });
});

describe('what if', () => {
  test('says what would be decided under other criteria, and stores nothing', async () => {
    const workspace = copyOf(trained);
    const ask = ['--what-if', 'minimum_f1_improvement=0.9', '--what-if', 'preset=aggressive'];
    const { code, json } = await runAt(workspace, allLabelled, 'gate', ...ask);
    expect(code).toBe(1);
    expect(gateWhatIfDefinition.parse(json)).toMatchObject({
      decision: 'reject',
      as_configured: 'promote',
      preset: 'aggressive',
      changes: [
        { key: 'minimum_f1_improvement', from: 0.02, to: 0.9 },
        { key: 'preset', from: 'production', to: 'aggressive' },
      ],
    });
    expect((await runMlops(['-C', workspace, 'gate', 'show'])).code).toBe(66);
    expect(readFileSync(join(workspace, 'mlops.yaml'))).toEqual(readFileSync(join(trained, 'mlops.yaml')));
  });

  test.each([
    ['minimum_f1=3', "the gate has no 'minimum_f1'"],
    ['minimum_rows=many', "'many' is no value for gate.overrides.minimum_rows"],
    ['minimum_rows', '--what-if minimum_rows sets nothing'],
  ])('%s is a usage error', async (setting, told) => {
    const { code, stderr } = await failureOf(trained, '--what-if', setting);
    expect([code, stderr]).toEqual([64, expect.stringContaining(told)]);
  });
});
