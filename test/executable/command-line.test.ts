import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { executable, runMlops } from './run-mlops.ts';

test('--version prints the version of package.json and nothing else', async () => {
  const { default: manifest } = await import('../../package.json', { with: { type: 'json' } });
  const outcome = await runMlops(['--version']);
  expect(outcome).toMatchObject({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
});

test('the executable stays within 200 MB', () => {
  expect(statSync(executable).size).toBeLessThanOrEqual(200e6);
});

test('--help goes to standard output with examples and the exit codes', async () => {
  const outcome = await runMlops(['--help']);
  expect(outcome.code).toBe(0);
  expect(outcome.stdout).toContain('Examples:');
  expect(outcome.stdout).toContain('EXIT STATUS');
  expect(outcome.stderr).toBe('');
});

test('no command at all shows the help on standard error and is a usage error', async () => {
  const outcome = await runMlops([]);
  expect(outcome.code).toBe(64);
  expect(outcome.stdout).toBe('');
  expect(outcome.stderr).toContain('Usage: mlops');
});

test('an unknown option is a usage error that says what to do, on standard error only', async () => {
  const outcome = await runMlops(['--nonsense']);
  expect(outcome.code).toBe(64);
  expect(outcome.stdout).toBe('');
  expect(outcome.stderr).toMatch(/^error: unknown option '--nonsense'\ntry: /);
});

test('with --json a failure is one document on standard output', async () => {
  const outcome = await runMlops(['--json', '--nonsense']);
  expect(outcome.code).toBe(64);
  expect(JSON.parse(outcome.stdout)).toMatchObject({ error: "unknown option '--nonsense'", exit_code: 64 });
});

test('a result larger than a pipe holds reaches a reader that is slow to take it, whole', async () => {
  const names = Array.from({ length: 900 }, (_, column) => `column_number_${column}`);
  const file = join(mkdtempSync(join(tmpdir(), 'mlops-test-')), 'wide.csv');
  writeFileSync(file, `${names.join(',')}\n${names.map((_, column) => column).join(',')}\n`);
  const child = spawn(executable, ['schema', 'infer', file]);
  const ended = once(child, 'close');
  await once(child.stdout, 'readable');
  let text = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    text += chunk;
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await ended).toEqual([0, null]);
  expect(text.length).toBeGreaterThan(100_000);
  expect(JSON.parse(text).fields).toHaveLength(900);
});
