import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixedClock } from '../../src/platform/clock.ts';
import { LockedError } from '../../src/platform/errors.ts';
import { acquireLease } from '../../src/workspace/index.ts';

const clock = fixedClock(Date.UTC(2026, 0, 5, 6));
const newPath = () => join(mkdtempSync(join(tmpdir(), 'mlops-test-')), 'leases', 'heal.lease');
const note = (pid: number, rest: object = {}) =>
  JSON.stringify({ pid, host: hostname(), started: null, who: 'ada, heal', since: 'then', ...rest });

describe('acquireLease', () => {
  it('is had by one at a time, and again after release', () => {
    const path = newPath();
    const lease = acquireLease(path, { clock, who: 'ada, heal' });
    expect(() => acquireLease(path, { clock, who: 'bob, monitor' })).toThrow(LockedError);
    lease.release();
    lease.release();
    expect(existsSync(path)).toBe(false);
    acquireLease(path, { clock, who: 'bob, monitor' }).release();
  });

  it('says who holds it and since when', () => {
    const path = newPath();
    acquireLease(path, { clock, who: 'ada, heal' });
    try {
      acquireLease(path, { clock, who: 'bob' });
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ exitCode: 75 });
      expect(String(error)).toContain(`ada, heal (process ${process.pid} on ${hostname()})`);
      expect(error).toHaveProperty('why', `it holds ${path} since 2026-01-05T06:00:00.000Z`);
    }
  });

  it('is taken over from a process that is gone', () => {
    const path = newPath();
    acquireLease(path, { clock, who: 'first' }).release();
    const gone = spawnSync(process.execPath, ['-e', '0']).pid;
    writeFileSync(path, note(gone));
    acquireLease(path, { clock, who: 'bob' });
    expect(readFileSync(path, 'utf8')).toContain('"who":"bob"');
    expect(readdirSync(join(path, '..'))).toEqual(['heal.lease']);
  });

  it.runIf(process.platform === 'linux')('is not kept by a later process with the same id', () => {
    const path = newPath();
    acquireLease(path, { clock, who: 'first' }).release();
    writeFileSync(path, note(process.pid, { started: '1' }));
    acquireLease(path, { clock, who: 'bob' }).release();
  });

  it('stays with a live process and with another machine', () => {
    const path = newPath();
    acquireLease(path, { clock, who: 'first' }).release();
    writeFileSync(path, note(process.ppid));
    expect(() => acquireLease(path, { clock, who: 'bob' })).toThrow(LockedError);
    writeFileSync(path, note(2 ** 30, { host: 'elsewhere' }));
    expect(() => acquireLease(path, { clock, who: 'bob' })).toThrow(LockedError);
  });

  it('does not fall to the one that released it when another took it over', () => {
    const path = newPath();
    const lease = acquireLease(path, { clock, who: 'ada' });
    writeFileSync(path, note(process.ppid));
    lease.release();
    expect(existsSync(path)).toBe(true);
  });

  it('is won by exactly one of ten processes that take over from a dead one', async () => {
    const path = newPath();
    acquireLease(path, { clock, who: 'first' }).release();
    const gone = spawnSync(process.execPath, ['-e', '0']).pid;
    writeFileSync(path, note(gone));
    const lease = join(import.meta.dirname, '..', '..', 'src', 'workspace', 'lease.ts');
    const script = `import(${JSON.stringify(lease)}).then(({ acquireLease }) => {
      try { acquireLease(${JSON.stringify(path)}, { clock: { now: () => 0, elapsed: () => 0, replayed: true }, who: 'one of ten' }); console.log('won'); }
      catch (error) { console.log(error.name); }
      setTimeout(() => {}, 4000);
    });`;
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => firstLine(script)));
    expect(outcomes.filter((each) => each === 'won')).toHaveLength(1);
    expect(outcomes.filter((each) => each === 'LockedError')).toHaveLength(9);
  });
});

function firstLine(script: string): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.on('close', () => resolve(text.trim()));
  });
}
