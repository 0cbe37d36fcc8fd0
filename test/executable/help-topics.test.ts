import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { exitCodes } from '../../src/platform/exit-codes.ts';
import { runMlops } from './run-mlops.ts';

describe('help', () => {
  test.each(['exit-codes', 'scripting', 'configuration', 'thresholds', 'drift-tests'])(
    'has the topic %s',
    async (topic) => {
      const { code, stdout, stderr } = await runMlops(['help', topic]);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout.split('\n')[0]).toBe(topic.toUpperCase().replace('-', ' '));
      expect(JSON.parse((await runMlops(['--json', 'help', topic])).stdout)).toEqual({
        topic,
        text: stdout.trimEnd(),
      });
    },
  );

  test('names every exit code', async () => {
    const { stdout } = await runMlops(['help', 'exit-codes']);
    for (const code of Object.values(exitCodes)) expect(stdout).toMatch(new RegExp(`^ +${code}  `, 'm'));
  });

  test("has the runbook's thresholds", async () => {
    const { stdout } = await runMlops(['help', 'thresholds']);
    expect(stdout).toMatch(/answering time +> 500 ms +> 2000 ms/);
    expect(stdout).toMatch(/predictions +< 50 an hour +< 10 an hour/);
    expect(stdout).toMatch(/drift share +> 30\.0 % +> 50\.0 %/);
    expect(stdout).toMatch(/disk in use +> 80\.0 % +> 95\.0 %/);
  });

  test('of a command is what its --help says, and without a word lists the topics', async () => {
    const [help, option] = [
      await runMlops(['help', 'gate', 'set']),
      await runMlops(['gate', 'set', '--help']),
    ];
    expect(help.stdout.trimEnd()).toBe(option.stdout.trimEnd());
    expect(help.stdout).toContain('EXIT STATUS');
    expect((await runMlops(['help'])).stdout).toMatch(/Usage: mlops[\s\S]*Topics[\s\S]*thresholds/);
  });

  test('on nothing known names what is near', async () => {
    const { code, stderr } = await runMlops(['help', 'tresholds']);
    expect([code, stderr]).toEqual([
      64,
      "error: there is no help on 'tresholds'\ntry: mlops help thresholds\n",
    ]);
  });
});

describe('a misspelt', () => {
  test.each([
    ['command', ['helth', '--no-network'], "unknown command 'helth'", 'mlops health --no-network'],
    ['subcommand', ['models', 'shw', '3'], "unknown command 'models shw'", 'mlops models show 3'],
    [
      'subcommand of a group',
      ['labels', 'ad', 'my file.csv'],
      "unknown command 'ad'",
      "mlops labels add 'my file.csv'",
    ],
    [
      'option',
      ['drift', '--referense=a.csv'],
      "unknown option '--referense'",
      'mlops drift --reference=a.csv',
    ],
    ['option of the program', ['--jsn', 'health'], "unknown option '--jsn'", 'mlops --json health'],
  ])('%s is answered with the line that was meant', async (_, line, error, remedy) => {
    const outcome = await runMlops(line);
    expect(outcome).toMatchObject({ code: 64, stdout: '', stderr: `error: ${error}\ntry: ${remedy}\n` });
  });

  test('word that is near nothing gets no guess', async () => {
    expect((await runMlops(['xyzzy'])).stderr).toContain('try: mlops --help');
  });
});

describe('man', () => {
  test('is roff that groff takes without a warning, with every command', async ({ skip }) => {
    const { stdout, code } = await runMlops(['man']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\.TH MLOPS 1 /);
    skip(spawnSync('groff', ['--version']).error !== undefined, 'needs groff');
    const page = spawnSync('groff', ['-man', '-Tutf8', '-ww', '-P-c', '-P-b', '-P-o', '-P-u'], {
      input: stdout,
      encoding: 'utf8',
    });
    expect([page.status, page.stderr]).toEqual([0, '']);
    const { stdout: help } = await runMlops(['--help']);
    const commands = [...help.matchAll(/^ {2}([a-z]+)(?: |$)/gm)].map(([, name]) => name);
    expect(commands.length).toBeGreaterThan(20);
    for (const name of commands) expect(page.stdout).toContain(`mlops ${name}`);
    expect(page.stdout).toContain('0 promote, with --look enough evidence · 1 reject');
  });

  test('can be read with man -l', async ({ skip }) => {
    skip(spawnSync('man', ['--version']).error !== undefined, 'needs man');
    const { stdout } = await runMlops(['man']);
    const page = spawnSync('man', ['-l', '-'], {
      input: stdout,
      encoding: 'utf8',
      env: { ...process.env, MANPAGER: 'cat' },
    });
    skip(
      page.status !== 0 && /not.*(installed|available)|minimized/i.test(page.stderr),
      'man is a stub here',
    );
    expect(page.stdout).toMatch(/SYNOPSIS/);
  });
});
