import { describe, expect, test } from 'vitest';
import { parseLogLine, priorityLevel } from '../../src/loop/logs/parse-line.ts';
import { placeLines } from '../../src/loop/logs/read-logs.ts';

const now = Date.parse('2026-03-02T12:00:00Z');
const at = Date.parse('2026-03-01T10:20:30Z');
const local = Date.parse('2026-03-01T10:20:30');

describe('the time and level of a line', () => {
  test.each([
    ['2026-03-01T10:20:30Z INFO up', at, 'info'],
    ['2026-03-01T10:20:30.250Z up', at + 250, null],
    ['2026-03-01T12:20:30+02:00 WARN hot', at, 'warn'],
    ['2026-03-01T12:20:30+0200 [error] failed', at, 'error'],
    ['2026-03-01 10:20:30,123 - api - ERROR - failed', local + 123, 'error'],
    ['[2026-03-01 10:20:30 +0000] [7] [CRITICAL] worker died', at, 'critical'],
    ['Mar  1 10:20:30 host api[7]: started', local, null],
    ['Dec 31 10:20:30 host api[7]: last year', Date.parse('2025-12-31T10:20:30'), null],
    ['127.0.0.1 - - [01/Mar/2026:10:20:30 +0000] "GET / HTTP/1.1" 200', at, null],
    ['level=warning msg="disk is full"', null, 'warn'],
    ['INFO:     Uvicorn running on http://127.0.0.1:8000', null, 'info'],
    ['  File "api.py", line 3, in <module>', null, null],
    ['an error of yesterday', null, null],
  ])('%s', (line, time, level) => {
    expect(parseLogLine(line, now)).toEqual({ at: time, level, text: line.trimEnd() });
  });

  test.each([
    [{ time: at, level: 30, msg: 'pino' }, 'info', 'pino'],
    [{ ts: at / 1000, level: 'error', msg: 'zap' }, 'error', 'zap'],
    [{ '@timestamp': '2026-03-01T10:20:30Z', severity: 'WARNING', message: 'stack' }, 'warn', 'stack'],
    [{ timestamp: String(at / 1000), levelname: 'CRITICAL', event: 'python' }, 'critical', 'python'],
  ])('of JSON %j', (record, level, text) => {
    expect(parseLogLine(JSON.stringify(record), now)).toEqual({ at, level, text });
  });

  test('of our own log, with how the command ended', () => {
    const line = JSON.stringify({
      time: '2026-03-01T10:20:30.000Z',
      level: 'error',
      msg: 'the store is missing',
      command: 'labels add',
      exit_code: 66,
      duration_ms: 12,
      cause: 'no such file',
    });
    expect(parseLogLine(line, now).text).toBe(
      'the store is missing: no such file (labels add, exit 66, 12 ms)',
    );
  });

  test('colours are taken off, and a line without end is cut', () => {
    expect(parseLogLine('\u001b[31mERROR\u001b[0m red', now)).toEqual({
      at: null,
      level: 'error',
      text: 'ERROR red',
    });
    expect(parseLogLine('x'.repeat(100_000), now).text).toHaveLength(4000);
  });

  test('a broken JSON line is a line', () => {
    expect(parseLogLine('{"time": 3', now)).toEqual({ at: null, level: null, text: '{"time": 3' });
  });
});

test("journald's priorities", () => {
  expect([0, 2, 3, 4, 5, 6, 7].map(priorityLevel)).toEqual([
    'critical',
    'critical',
    'error',
    'warn',
    'info',
    'info',
    'debug',
  ]);
});

test('a line without a time stands after the one before it, and is of its level', () => {
  const lines = ['lead', '2026-03-01T10:20:30Z ERROR a', '  trace', '2026-03-01T10:20:31Z b', 'c'].map(
    (line) => parseLogLine(line, now),
  );
  expect(placeLines('api', lines, now).map(({ place, level }) => [place, level])).toEqual([
    [at, null],
    [at, 'error'],
    [at, 'error'],
    [at + 1000, null],
    [at + 1000, null],
  ]);
  expect(placeLines('api', lines.slice(0, 1), now)[0]?.place).toBe(now);
});
