import { expect, test } from 'vitest';
import type { HealthCheck } from '../../src/data/results/health.ts';
import { healthView } from '../../src/report/health-view.ts';

const check: HealthCheck = {
  name: 'store',
  status: 'OK',
  summary: 'opens',
  observed: 0,
  threshold: 0,
  unit: 'problems',
  limits: null,
  remedy: null,
  contact: { issue: 'Infrastructure', contact: 'DevOps Team', response: '2 hours' },
};
const view = (...checks: HealthCheck[]) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are escape sequences
  healthView({ status: 'OK', generated_at: '2026-11-24T00:00:00.000Z', checks }).replace(/\u001b\[\d+m/g, '');

test('a check that is well takes one line, one that is not says what to do and whom to call', () => {
  const bad = {
    ...check,
    name: 'disk',
    status: 'WARNING',
    summary: '81 % in use',
    remedy: 'du -sh',
  } as const;
  expect(view(check, bad).split('\n')).toEqual([
    'OK - 1 of 2 checks OK, 2026-11-24T00:00:00.000Z',
    'OK        store  opens',
    'WARNING   disk   81 % in use',
    '                 try: du -sh',
    '                 call: DevOps Team (2 hours)',
  ]);
});

test('fits 100 columns, whatever the length of names, sentences and paths', () => {
  const long = {
    ...check,
    name: `service:${'long'.repeat(20)}`,
    summary: `${'a sentence that goes on '.repeat(20)}/${'path/'.repeat(60)}`,
    remedy: 'x'.repeat(500),
  };
  const lines = view(long).split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBe(100);
  expect(lines.join('').replaceAll(' ', '')).toContain('x'.repeat(500));
});
