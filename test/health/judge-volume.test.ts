import { describe, expect, test } from 'vitest';
import { judgeVolume, volumeFigures } from '../../src/health/judge-volume.ts';

const runbook = {
  expected_per_day: [100, 1000],
  warning_per_hour: 50,
  critical_per_hour: 10,
  unusual_per_hour: 10_000,
} as const;

const evenDay = (perDay: number) => volumeFigures(new Array<number>(24).fill(perDay / 24), 24);

describe('volume of a day', () => {
  test.each([
    ['the least that is expected', 100, 'OK'],
    ['the most that is expected, 42 an hour', 1000, 'OK'],
    ['more than expected', 5000, 'OK'],
    ['less than expected', 99, 'CRITICAL'],
    ['none', 0, 'CRITICAL'],
  ])('%s', (_, perDay, status) => {
    expect(judgeVolume(evenDay(perDay), runbook).status).toBe(status);
  });

  const busy = { ...runbook, expected_per_day: [5000, 20_000] } as const;

  test.each([
    [239, 'CRITICAL', 'critical_per_hour', 10],
    [240, 'WARNING', 'warning_per_hour', 50],
    [1199, 'WARNING', 'warning_per_hour', 50],
    [1200, 'OK', 'expected_per_day', 5000],
  ])(
    'where 5,000 are expected, %d is judged by the hourly limits: %s',
    (perDay, status, decidedBy, threshold) => {
      expect(judgeVolume(evenDay(perDay), busy)).toMatchObject({ status, decidedBy, threshold });
    },
  );

  test('one hour above the unusual is a warning, also on a day that is well otherwise', () => {
    const counts = [10_001, ...new Array<number>(23).fill(40)];
    expect(judgeVolume(volumeFigures(counts, 24), runbook)).toMatchObject({
      status: 'WARNING',
      decidedBy: 'unusual_per_hour',
      observed: 10_001,
      threshold: 10_000,
    });
    expect(judgeVolume(volumeFigures([10_000], 24), runbook).status).toBe('OK');
  });

  test('a service of two hours is judged by those two', () => {
    const figures = volumeFigures([20, 20], 2);
    expect(figures).toEqual({ perHour: 20, perDay: 480, busiestHour: 20 });
    expect(judgeVolume(figures, runbook).status).toBe('OK');
  });
});
