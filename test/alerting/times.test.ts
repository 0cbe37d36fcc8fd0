import { describe, expect, test } from 'vitest';
import { deadline } from '../../src/alerting/escalation/deadline.ts';
import { onCall } from '../../src/alerting/escalation/on-call.ts';
import { quietUntil } from '../../src/alerting/notifications/quiet-hours.ts';
import { retryDelay } from '../../src/alerting/outbox/retry-delay.ts';
import { parseResponse } from '../../src/workspace/index.ts';

const at = (text: string) => Date.parse(text);
const iso = (time: number | undefined) => (time === undefined ? undefined : new Date(time).toISOString());

describe('quiet hours', () => {
  const night = { from: '22:00', until: '07:00', zone: 'Europe/Vienna' };

  // Vienna is UTC+2 in summer and UTC+1 in winter.
  test.each([
    ['2026-07-01T19:59:59Z', undefined],
    ['2026-07-01T20:00:00Z', '2026-07-02T05:00:00.000Z'],
    ['2026-07-02T04:59:59Z', '2026-07-02T05:00:00.000Z'],
    ['2026-07-02T05:00:00Z', undefined],
    ['2026-12-01T21:00:00Z', '2026-12-02T06:00:00.000Z'],
    ['2026-12-01T20:59:59Z', undefined],
    // The night in which clocks go forward, 29 March 2026.
    ['2026-03-28T22:00:00Z', '2026-03-29T05:00:00.000Z'],
  ])('over midnight in Vienna: %s → %s', (now, until) => {
    expect(iso(quietUntil(night, at(now)))).toBe(until);
  });

  test.each([
    ['2026-07-01T12:00:00Z', '2026-07-01T13:00:00.000Z'],
    ['2026-07-01T13:00:00Z', undefined],
    ['2026-07-01T11:59:00Z', undefined],
  ])('within a day: %s → %s', (now, until) => {
    expect(iso(quietUntil({ from: '12:00', until: '13:00', zone: 'UTC' }, at(now)))).toBe(until);
  });

  test('without any nothing is quiet', () => {
    expect(quietUntil(undefined, 0)).toBeUndefined();
  });
});

describe('response times', () => {
  const calendar = {
    zone: 'Europe/Vienna',
    workdays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const,
    end: '17:00',
    holidays: ['2026-12-25'],
  };
  const deadlineOf = (response: string, now: string) => {
    const time = parseResponse(response);
    if (time === undefined) throw new Error(response);
    return iso(deadline(time, { ...calendar, workdays: [...calendar.workdays] }, at(now)));
  };

  test.each([
    ['Immediate', '2026-09-28T00:15:00.000Z'],
    ['2 hours', '2026-09-28T02:00:00.000Z'],
    ['4 hours', '2026-09-28T04:00:00.000Z'],
    ['30 minutes', '2026-09-28T00:30:00.000Z'],
    ['1 day', '2026-09-29T00:00:00.000Z'],
  ])('%s runs round the clock', (response, expected) => {
    expect(deadlineOf(response, '2026-09-28T00:00:00Z')).toBe(expected);
  });

  test.each([
    // Monday to Tuesday, Friday and Saturday to Monday; 17:00 in Vienna is 15:00 UTC in summer.
    ['2026-09-28T10:00:00Z', '2026-09-29T15:00:00.000Z'],
    ['2026-10-02T10:00:00Z', '2026-10-05T15:00:00.000Z'],
    ['2026-10-03T10:00:00Z', '2026-10-05T15:00:00.000Z'],
    // Christmas Day is a Friday; late on the 24th in UTC it is the 25th in Vienna.
    ['2026-12-24T10:00:00Z', '2026-12-28T16:00:00.000Z'],
    ['2026-09-28T22:30:00Z', '2026-09-30T15:00:00.000Z'],
  ])('next business day from %s is %s', (now, expected) => {
    expect(deadlineOf('Next business day', now)).toBe(expected);
  });

  test.each(['soon', '0 hours', '4', 'hours', '-1 hours'])('%s is none', (text) => {
    expect(parseResponse(text)).toBeUndefined();
  });
});

describe('the rota', () => {
  const calendar = { zone: 'UTC', workdays: ['monday' as const], end: '17:00', holidays: [] };
  const people = ['Ada', 'Grace', 'Joan'].map((name) => ({ name }));
  const who = (now: string, zone = 'UTC') =>
    onCall({ rota: { start: '2026-01-05', people } }, { ...calendar, zone }, at(now))?.name;

  test.each([
    ['2026-01-05T00:00:00Z', 'Ada'],
    ['2026-01-11T23:59:59Z', 'Ada'],
    ['2026-01-12T00:00:00Z', 'Grace'],
    ['2026-01-19T00:00:00Z', 'Joan'],
    ['2026-01-26T00:00:00Z', 'Ada'],
    ['2026-01-04T23:59:59Z', 'Joan'],
    ['2025-12-29T00:00:00Z', 'Joan'],
    ['2025-12-28T00:00:00Z', 'Grace'],
  ])('at %s %s has it', (now, name) => {
    expect(who(now)).toBe(name);
  });

  test('is handed over at midnight of its zone', () => {
    expect(who('2026-01-11T23:00:00Z', 'Europe/Vienna')).toBe('Grace');
  });

  test('there need be none', () => {
    expect(onCall({}, calendar, 0)).toBeUndefined();
  });
});

describe('the time until the next try', () => {
  const delivery = { first_retry: '30s', longest_retry: '1h', seed: 42 };
  const seconds = (attempts: number, key = 'k') => retryDelay(delivery, key, attempts) / 1000;

  test('doubles, within the upper half, up to the longest', () => {
    for (const [attempts, full] of [
      [1, 30],
      [2, 60],
      [3, 120],
      [7, 1920],
      [8, 3600],
      [1000, 3600],
    ] as const) {
      expect(seconds(attempts)).toBeGreaterThanOrEqual(full / 2);
      expect(seconds(attempts)).toBeLessThanOrEqual(full);
    }
  });

  test('is the same for the same message and spread over different ones', () => {
    expect(seconds(3)).toBe(seconds(3));
    expect(new Set(Array.from({ length: 50 }, (_, key) => seconds(3, `${key}`))).size).toBe(50);
  });

  test('is never shorter than what the receiver asked for', () => {
    expect(retryDelay(delivery, 'k', 1, 120_000)).toBe(120_000);
  });
});
