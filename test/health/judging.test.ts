import { describe, expect, test } from 'vitest';
import { judgeBrier } from '../../src/health/check-brier.ts';
import { judgeDisk } from '../../src/health/check-disk.ts';
import { judgeF1 } from '../../src/health/check-f1.ts';
import { judgeRun } from '../../src/health/check-monitoring.ts';
import { judgeLastPrediction } from '../../src/health/check-predictions.ts';
import { judgeAnswer } from '../../src/health/services/check-url.ts';

const hour = 3_600_000;
const measured = { rows: 200, positives: 20, brier: 0.1, f1: 0.5 };

describe('F1 against the baseline', () => {
  const drops = { f1_warning_drop: 0.05, f1_critical_drop: 0.1 };
  const judge = (f1: number | null, baseline: number | null, rows = 200) =>
    judgeF1({ ...measured, rows, f1 }, baseline, 200, drops);

  test.each([
    [0.6, 'OK', 0.475],
    [0.475, 'OK', 0.475],
    [0.4749, 'WARNING', 0.475],
    [0.45, 'WARNING', 0.475],
    [0.4499, 'CRITICAL', 0.45],
  ])('%d of 0.5 is %s', (f1, status, threshold) => {
    expect(judge(f1, 0.5)).toMatchObject({ status, observed: f1, threshold });
  });

  test('without a baseline it is not known', () => {
    expect(judge(0.5, null)).toMatchObject({ status: 'UNKNOWN', observed: 0.5, threshold: null });
  });

  test('too few labelled rows measure nothing and call nobody', () => {
    expect(judge(0.01, 0.4, 199)).toMatchObject({ status: 'OK', observed: null, remedy: null });
    expect(judgeF1(undefined, null, 200, drops)).toMatchObject({ status: 'OK', observed: null });
  });

  test('without any outcome of 1 it is not defined', () => {
    expect(judge(null, 0.4)).toMatchObject({ status: 'OK', observed: null });
  });

  test('a baseline of 0 cannot be fallen short of', () => {
    expect(judge(0, 0)).toMatchObject({ status: 'OK', observed: 0 });
  });
});

test.each([
  [0.2, 'OK'],
  [0.2001, 'WARNING'],
])('a Brier score of %d is %s', (brier, status) => {
  expect(judgeBrier({ ...measured, brier }, 200, 0.2)).toMatchObject({
    status,
    observed: brier,
    threshold: 0.2,
  });
});

test.each([
  [0.8, 'OK', 0.8],
  [0.801, 'WARNING', 0.8],
  [0.95, 'WARNING', 0.8],
  [0.951, 'CRITICAL', 0.95],
])('a disk with %d in use is %s', (share, status, threshold) => {
  const limits = { warning: 0.8, critical: 0.95 };
  expect(judgeDisk({ share, freeBytes: 1e9 }, limits)).toMatchObject({ status, observed: share, threshold });
});

describe('the last monitoring run', () => {
  const result = (name: string, status: string) =>
    JSON.stringify({ checks: [{ name, status, summary: `${name} is ${status}` }] });
  const run = { run_id: 7, rows: 300, report: null, result: result('drift', 'CRITICAL') } as const;
  const limit = 48 * hour;

  test.each(['OK', 'WARNING', 'CRITICAL', 'UNKNOWN'] as const)('passes its verdict on: %s', (status) => {
    expect(judgeRun({ ...run, status }, hour, limit)).toMatchObject({ status, observed: 1, threshold: 48 });
  });

  test('is a warning when it is older than twice the lookback', () => {
    expect(judgeRun({ ...run, status: 'OK' }, limit, limit).status).toBe('OK');
    expect(judgeRun({ ...run, status: 'OK' }, limit + 1, limit)).toMatchObject({
      status: 'WARNING',
      remedy: expect.stringContaining('mlops monitor'),
    });
  });

  test('stays critical when it has grown old: that is no all-clear', () => {
    expect(judgeRun({ ...run, status: 'CRITICAL' }, limit + 1, limit).status).toBe('CRITICAL');
  });

  test('names the check that was the cause, and whom it concerns', () => {
    const worse = { ...run, status: 'CRITICAL', result: result('performance', 'CRITICAL') } as const;
    expect(judgeRun(worse, hour, limit)).toMatchObject({
      contact: 'model_performance',
      summary: expect.stringContaining('performance is CRITICAL'),
    });
  });

  test('of drift concerns whom drift concerns', () => {
    expect(judgeRun({ ...run, status: 'CRITICAL', report: 'r.html' }, hour, limit)).toMatchObject({
      contact: 'high_drift',
      remedy: expect.stringContaining('read r.html'),
    });
  });
});

describe('the newest prediction', () => {
  test.each([
    ['within the window', 24 * hour, undefined, 'OK'],
    ['older than the window', 24 * hour + 1, undefined, 'WARNING'],
    ['none, no version', undefined, undefined, 'OK'],
    ['none, a version as old as the window', undefined, 24 * hour, 'OK'],
    ['none, an older version', undefined, 24 * hour + 1, 'WARNING'],
  ])('%s', (_, age, production, status) => {
    expect(judgeLastPrediction(age, production, 24 * hour).status).toBe(status);
  });
});

describe('a service', () => {
  const service = {
    name: 'API',
    url: 'http://operator:secret@localhost:8000/health?token=secret',
    timeout_ms: 5000,
    restart_timeout_ms: 60_000,
    warning_ms: 500,
    critical_ms: 2000,
    contact: 'api_down',
    restart: 'docker-compose restart api',
    logs: 'docker-compose logs api',
  } as const;

  test.each([
    [200, 500, 'OK', 500],
    [200, 501, 'WARNING', 500],
    [200, 2000, 'WARNING', 500],
    [200, 2001, 'CRITICAL', 2000],
    [404, 10, 'WARNING', 500],
    [404, 2001, 'CRITICAL', 2000],
    [499, 10, 'WARNING', 500],
    [500, 10, 'CRITICAL', 500],
    [503, 10, 'CRITICAL', 500],
  ])('that answers %d in %d ms is %s', (status, ms, verdict, threshold) => {
    expect(judgeAnswer(service, { kind: 'answer', status, ms })).toMatchObject({
      status: verdict,
      observed: ms,
      threshold,
      unit: 'ms',
    });
  });

  test('that is silent is critical, and its own commands are the remedy', () => {
    const finding = judgeAnswer(service, { kind: 'silence', why: 'nothing listens there' });
    expect(finding).toMatchObject({
      status: 'CRITICAL',
      observed: null,
      remedy: 'read its log: docker-compose logs api; then restart it: docker-compose restart api',
    });
  });

  test('is named without what may be secret in its address', () => {
    const { summary } = judgeAnswer(service, { kind: 'answer', status: 200, ms: 1 });
    expect(summary).toBe('http://localhost:8000/health answered 200 in 1 ms');
  });
});
