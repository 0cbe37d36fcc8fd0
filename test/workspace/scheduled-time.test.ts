import { expect, test } from 'vitest';
import { parseScheduledTime, periodMs } from '../../src/workspace/index.ts';

test.each([
  ['hourly', { every: 'hour', minute: 0 }, 3_600_000],
  ['hourly at :15', { every: 'hour', minute: 15 }, 3_600_000],
  ['daily 06:05', { every: 'day', hour: 6, minute: 5 }, 86_400_000],
  ['friday 23:59', { every: 'week', weekday: 'friday', hour: 23, minute: 59 }, 604_800_000],
])('%s', (text, time, period) => {
  const parsed = parseScheduledTime(text);
  expect(parsed).toEqual(time);
  expect(parsed && periodMs(parsed)).toBe(period);
});

test.each(['never', '', 'daily', 'daily 24:00', 'daily 6:00', 'Friday 06:00', 'hourly at :60', '0 6 * * *'])(
  '%j is no time of a schedule',
  (text) => {
    expect(parseScheduledTime(text)).toBeUndefined();
  },
);
