import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { judgeLoad } from '../../src/health/check-load.ts';
import { judgeMemory } from '../../src/health/check-memory.ts';
import { isThisMachine, portHolders } from '../../src/health/machine/listeners.ts';
import { measureUse } from '../../src/health/machine/process-use.ts';
import { judgeCommand } from '../../src/health/services/check-command.ts';
import { hostAndPort } from '../../src/health/services/check-tcp.ts';
import { judgeUse } from '../../src/health/services/judge-use.ts';

describe('the load of the machine', () => {
  const memory = { memory_warning: 0.8, memory_critical: 0.95 };

  test('is shown, and without limits calls nobody', () => {
    expect(judgeLoad(64, 2, memory)).toMatchObject({
      status: 'OK',
      observed: 32,
      threshold: null,
      remedy: null,
    });
  });

  test.each([
    [4, 'OK', 2],
    [4.1, 'WARNING', 2],
    [8, 'WARNING', 2],
    [8.1, 'CRITICAL', 4],
  ])('%d on two cores is %s', (load, status, threshold) => {
    const limits = { ...memory, load_warning: 2, load_critical: 4 };
    expect(judgeLoad(load, 2, limits)).toMatchObject({ status, threshold, unit: 'per_core' });
  });

  test.each([
    [0.2, 'OK'],
    [0.19, 'WARNING'],
    [0.05, 'WARNING'],
    [0.049, 'CRITICAL'],
  ])('of memory with a share of %d available is %s', (available, status) => {
    expect(judgeMemory(available * 1024, 1024, memory).status).toBe(status);
  });
});

describe('a running process against its limits', () => {
  const use = { cpu: 1.5, memory: 300e6, uptime: 7_200_000 };

  test.each([
    [{}, 'OK', ''],
    [{ cpu_warning: 1.5 }, 'OK', ''],
    [{ cpu_warning: 1.4 }, 'WARNING', '; CPU above 1.4'],
    [{ cpu_warning: 1, cpu_critical: 1.2 }, 'CRITICAL', '; CPU above 1.2'],
    [{ memory_warning_megabytes: 299 }, 'WARNING', '; memory above 299.0 MB'],
    [{ cpu_warning: 1, memory_critical_megabytes: 200 }, 'CRITICAL', '; CPU above 1; memory above 200.0 MB'],
  ])('%j', (limits, status, over) => {
    expect(judgeUse(limits, 'process 7 runs', use)).toMatchObject({
      status,
      summary: `process 7 runs for 2 h, 150.0 % of a core, 300.0 MB of memory${over}`,
    });
  });

  test('is measured: a busy one uses its core, and this one has run for as long as it says', async () => {
    const measured = measureUse([process.pid], new AbortController().signal);
    for (const until = performance.now() + 250; performance.now() < until; );
    const found = await measured;
    expect(found?.cpu).toBeGreaterThan(0.1);
    expect(found?.memory).toBeGreaterThan(10e6);
    expect(Math.abs((found?.uptime ?? 0) - process.uptime() * 1000)).toBeLessThan(5000);
    expect(await measureUse([4_194_304], new AbortController().signal)).toBeUndefined();
  });
});

test('the verdict of a command is its exit code', () => {
  const service = {
    name: 'plugin',
    command: 'check',
    timeout_ms: 5000,
    restart_timeout_ms: 60_000,
    contact: 'api_down',
  } as const;
  const of = (code: number, output = '') => judgeCommand(service, { kind: 'exited', code, output, ms: 1 });
  expect([0, 1, 2, 3, 4, 255].map((code) => of(code).status)).toEqual([
    'OK',
    'WARNING',
    'CRITICAL',
    'UNKNOWN',
    'UNKNOWN',
    'UNKNOWN',
  ]);
  expect(of(0, 'DISK OK - free | /=3GB;4;5\nmore').summary).toBe('DISK OK - free');
  expect(of(1).summary).toBe('exit 1');
  expect(judgeCommand(service, { kind: 'timeout', output: '', ms: 5000 })).toMatchObject({
    status: 'CRITICAL',
  });
  expect(judgeCommand(service, { kind: 'killed', by: 'SIGSEGV', output: '', ms: 1 }).summary).toBe(
    'killed by SIGSEGV',
  );
});

describe('ports of this machine', () => {
  test('are told with who holds them', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect(portHolders(port)).toEqual([{ pid: process.pid, command: expect.stringContaining('node') }]);
    await new Promise((resolve) => server.close(resolve));
    expect(portHolders(port)).toEqual([]);
  });

  test.each([
    ['localhost', true],
    ['127.0.0.1', true],
    ['::1', true],
    ['[::1]', true],
    ['192.0.2.1', false],
    ['api.example', false],
  ])('%s is this machine: %s', (host, own) => {
    expect(isThisMachine(host)).toBe(own);
  });

  test('an address is host and port', () => {
    expect(hostAndPort('[::1]:5432')).toEqual({ host: '::1', port: 5432 });
    expect(hostAndPort('db.example:5432')).toEqual({ host: 'db.example', port: 5432 });
  });
});
