import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { processStat } from '../../src/platform/processes.ts';
import { runCommand, streamCommand } from '../../src/platform/run-command.ts';

const cwd = mkdtempSync(join(tmpdir(), 'mlops-test-'));
const never = new AbortController().signal;
const patient = { cwd, limitMs: 60_000, signal: never };

function isAlive(pidFile: string): boolean {
  const state = processStat(Number(readFileSync(join(cwd, pidFile), 'utf8')))?.state;
  return state !== undefined && state !== 'Z' && state !== 'X';
}

test('gives exit code and output, of both streams', async () => {
  expect(await runCommand('echo out; echo err >&2; exit 3', patient)).toMatchObject({
    kind: 'exited',
    code: 3,
    output: expect.stringMatching(/^(out\nerr|err\nout)\n$/),
  });
});

test('keeps a bounded part of 100 MB: its end, or its begin', async () => {
  const flood = `echo first; head -c 100000000 /dev/zero | tr '\\0' x; echo; echo last`;
  const end = await runCommand(flood, { ...patient, keep: 100 });
  expect(end).toMatchObject({ kind: 'exited', code: 0, output: `${'x'.repeat(94)}\nlast\n` });
  const begin = await runCommand(flood, { ...patient, keep: 10, output: 'start' });
  expect(begin).toMatchObject({ output: 'first\nxxxx' });
});

test('a command that hangs is killed with its forks, also with those that left for a session of their own', async () => {
  const command =
    'sleep 1000 & echo $! > fork.pid; setsid sleep 1000 & echo $! > session.pid; echo begun; wait';
  expect(await runCommand(command, { ...patient, limitMs: 500 })).toMatchObject({
    kind: 'timeout',
    output: 'begun\n',
  });
  await expect.poll(() => isAlive('fork.pid') || isAlive('session.pid')).toBe(false);
});

test('a process that it leaves behind, with the output still open, does not hold it up', async () => {
  const outcome = await runCommand('sleep 1000 & echo $! > left.pid; echo done', patient);
  expect(outcome).toMatchObject({ kind: 'exited', code: 0, output: 'done\n' });
  expect(isAlive('left.pid')).toBe(true);
  process.kill(Number(readFileSync(join(cwd, 'left.pid'), 'utf8')));
});

test('an interruption ends it, and is thrown', async () => {
  const stop = new AbortController();
  const running = runCommand('echo $$ > stopped.pid; exec sleep 1000', { ...patient, signal: stop.signal });
  await expect
    .poll(() => existsSync(join(cwd, 'stopped.pid')) && readFileSync(join(cwd, 'stopped.pid'), 'utf8'))
    .toBeTruthy();
  stop.abort(new Error('stop'));
  await expect(running).rejects.toThrow('stop');
  await expect.poll(() => isAlive('stopped.pid')).toBe(false);
});

test('a program that is not installed is named', async () => {
  expect(await runCommand(['no-such-program'], patient)).toMatchObject({
    kind: 'not-started',
    why: expect.stringContaining('no-such-program is not installed'),
  });
});

test('a command that goes on printing is passed on line by line, until it is stopped', async () => {
  const stop = new AbortController();
  const lines: string[] = [];
  const line = (text: string) => {
    lines.push(text);
    if (lines.length === 3) stop.abort();
  };
  await streamCommand('i=0; while :; do i=$((i+1)); echo line $i; done', { cwd, signal: stop.signal, line });
  expect(lines.slice(0, 3)).toEqual(['line 1', 'line 2', 'line 3']);
});
