import { spawnSync } from 'node:child_process';
import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loopWorkspace } from './loop-workspace.ts';
import { executable, runMlops } from './run-mlops.ts';

let workspace = '';
const programs = mkdtempSync(join(tmpdir(), 'mlops-test-'));
symlinkSync(executable, join(programs, 'mlops'));
const environment = { ...process.env, PATH: `${programs}${delimiter}${process.env.PATH}` };

beforeAll(async () => {
  workspace = await loopWorkspace();
});

async function candidates(...words: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await runMlops(['__complete', '--', String(words.length - 1), ...words]);
  expect([code, stderr]).toEqual([0, '']);
  return stdout.split('\n').flatMap((line) => (line === '' ? [] : [line.split('\t')[0] ?? '']));
}

const here = (...words: string[]) => candidates('mlops', '-C', workspace, ...words);

describe('what may come next', () => {
  test('are commands, then subcommands', async () => {
    expect(await candidates('mlops', 'pro')).toEqual(['promote']);
    expect(await candidates('mlops', 'gate', 's')).toEqual(['set', 'show', 'simulate']);
    expect(await candidates('mlops', 'help', 'exit')).toEqual(['exit-codes']);
  });

  test('are options of the command and of the program, each once', async () => {
    expect(await candidates('mlops', 'gate', '--')).toEqual(
      expect.arrayContaining(['--challenger', '--preset', '--json', '--help']),
    );
    expect(await candidates('mlops', 'gate', '--he')).toEqual(['--help']);
  });

  test('are the values of an option, also after =', async () => {
    expect(await candidates('mlops', 'gate', '--preset', '')).toEqual([
      'production',
      'conservative',
      'aggressive',
    ]);
    expect(await candidates('mlops', 'gate', '--preset=con')).toEqual(['--preset=conservative']);
  });

  test('are the versions, features and keys of the workspace', async () => {
    expect(await here('promote', '')).toEqual(['champion', 'challenger', '1']);
    expect(await here('gate', 'set', 'minimum_d')).toEqual(['minimum_days']);
    const [feature = ''] = await here('score', '--features', '');
    expect(await here('score', '--features', `${feature},`)).not.toContain(`${feature},${feature}`);
    expect(feature).toMatch(/^\w+$/);
  });

  test('are the pages of the workspace', async () => {
    await runMlops(['-C', workspace, 'gate', 'set', 'minimum_days', '3', '--reason', 'x']);
    const { namesOf } = { namesOf: (await import('../../src/commands/completing/values.ts')).valuesFor };
    expect((await namesOf('page', workspace)).map(({ value }) => value)).toContain('gate-changes');
  });

  test.each([
    ['a file is meant', ['train', '--data', '']],
    ['there is no such command', ['nonsense', '']],
    ['there is no workspace', ['-C', '/nowhere', 'gate', 'show', '']],
    ['an option of the program lacks its value', ['--json', 'gate', '--as-of', '']],
  ])('is nothing, without a failure, where %s', async (_, words) => {
    expect(await candidates('mlops', ...words)).toEqual([]);
  });

  test('is nothing where the store is damaged', async () => {
    const damaged = mkdtempSync(join(tmpdir(), 'mlops-test-'));
    await runMlops(['-C', damaged, 'init', '--model', 'm', '--schema', 's.json', '--yes']);
    writeFileSync(join(damaged, '.mlops', 'store.db'), 'no store');
    expect(await candidates('mlops', '-C', damaged, 'gate', 'show', '')).toEqual([]);
  });
});

function inShell(shell: string, script: string) {
  return spawnSync(shell, ['-c', script], { cwd: workspace, env: environment, encoding: 'utf8' });
}
const missing = (shell: string) => spawnSync(shell, ['--version']).error !== undefined;

test('bash completes commands, versions, lists and values after =', () => {
  const script = `source <(mlops completion bash)
    complete -p mlops
    try() { COMP_LINE="$1"; COMP_POINT=\${#1}; COMP_WORDS=($1); _mlops; echo "\${COMPREPLY[*]}"; }
    try 'mlops pro'; try 'mlops promote '; try 'mlops gate --preset=c'; try "mlops -C '${workspace}' models show ch"; try 'mlops train --data '; try "mlops 'open"`;
  expect(inShell('bash', script)).toMatchObject({
    stderr: '',
    stdout: [
      'complete -o default -o nosort -F _mlops mlops',
      'promote',
      'champion challenger 1',
      'conservative',
      'champion challenger',
      '',
      '',
      '',
    ].join('\n'),
  });
});

test('zsh describes what it offers, and completes files where nothing is offered', ({ skip }) => {
  skip(missing('zsh'), 'needs zsh');
  const script = `compdef() { : }; _files() { print FILES }; _describe() { print -l -- "\${candidates[@]}" }
    source <(mlops completion zsh)
    words=(mlops gate --preset con); CURRENT=4; _mlops
    words=(mlops promote cham); CURRENT=3; _mlops
    words=(mlops train --data ''); CURRENT=4; _mlops`;
  expect(inShell('zsh', script)).toMatchObject({
    stderr: '',
    stdout: 'conservative:\nchampion:the version in Production\nFILES\n',
  });
});

test('fish offers the same', ({ skip }) => {
  skip(missing('fish'), 'needs fish');
  const { stdout } = inShell('fish', `mlops completion fish | source; complete -C 'mlops promote cham'`);
  expect(stdout).toBe('champion\tthe version in Production\n');
});

test('another shell is a usage error that names the three', async () => {
  const { code, stderr } = await runMlops(['completion', 'tcsh']);
  expect(code).toBe(64);
  expect(stderr).toContain('bash, zsh, fish');
});
