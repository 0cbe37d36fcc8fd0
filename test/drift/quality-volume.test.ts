import { describe, expect, it, test } from 'vitest';
import { requireNumeric } from '../../src/data/index.ts';
import { volumeResultDefinition } from '../../src/data/results/quality.ts';
import { type Traffic, volumeVerdict } from '../../src/drift/index.ts';
import { volumeDefaults } from '../../src/workspace/index.ts';
import { gmscPresent, gmscStart, gmscTable, gmscTitle } from './gmsc.ts';

const hourMs = 3_600_000;
const day = 24;
const verdict = (hourly: readonly number[]) =>
  volumeResultDefinition.parse(volumeVerdict(trafficOf(hourly), volumeDefaults));

/** Of predictions an hour, oldest first. */
function trafficOf(hourly: readonly number[]): Traffic {
  const before = hourly.slice(0, -1).toReversed();
  return { lastDay: hourly.slice(-day), sameHour: before.filter((_, ago) => (ago + 1) % day === 0) };
}
/** So many hours of the same traffic, the last ones as given. */
const traffic = (hours: number, each: number, ...last: readonly number[]) => [
  ...new Array<number>(hours - last.length).fill(each),
  ...last,
];

describe('volume of a busy service', () => {
  const busy = (last: number) => verdict(traffic(7 * day, 500, last));

  it('is OK at its normal traffic, also above the expected thousand a day', () => {
    expect(busy(500)).toMatchObject({ status: 'OK', normal_hour: 500, last_day: 12_000 });
    expect(busy(500).sentence).toContain('more than the 1000 a day');
  });

  it('is WARNING under 50 and CRITICAL under 10 in the last hour', () => {
    expect(busy(50).status).toBe('OK');
    expect(busy(49)).toMatchObject({ status: 'WARNING', last_hour: 49 });
    expect(busy(10).status).toBe('WARNING');
    expect(busy(9).status).toBe('CRITICAL');
  });

  it('is WARNING above 10,000 in an hour, also when that hour is over', () => {
    expect(busy(10_001)).toMatchObject({ status: 'WARNING', busiest_hour: 10_001 });
    expect(verdict(traffic(7 * day, 500, 20_000, 500)).status).toBe('WARNING');
    expect(verdict(traffic(7 * day, 500, 20_000, ...traffic(day, 500))).status).toBe('OK');
  });

  it('is OK in an hour of the night that is always quiet', () => {
    const nights = Array.from({ length: 7 * day }, (_, hour) => (hour % day < 18 ? 400 : 2));
    expect(verdict(nights)).toMatchObject({ status: 'OK', last_hour: 2, normal_hour: 2 });
  });

  it('does not take chance for a fall: 38 where 60 are normal is not improbable enough, 37 is (scipy poisson)', () => {
    expect(verdict(traffic(7 * day, 60, 38)).status).toBe('OK');
    expect(verdict(traffic(7 * day, 60, 37)).status).toBe('WARNING');
    expect(verdict(traffic(7 * day, 12, 3)).status).toBe('OK');
    expect(verdict(traffic(7 * day, 12, 2)).status).toBe('CRITICAL');
  });
});

describe('volume of a small service', () => {
  it('is OK at six an hour, where the hourly alerts of the runbook would never stop', () => {
    expect(verdict(traffic(14 * day, 6))).toMatchObject({ status: 'OK', last_day: 144, normal_hour: 6 });
    expect(verdict(traffic(14 * day, 6, 0, 0)).status).toBe('OK');
  });

  it('is WARNING under 100 a day, CRITICAL under 20', () => {
    expect(verdict(traffic(14 * day, 6, ...traffic(8, 0))).status).toBe('WARNING');
    expect(verdict(traffic(14 * day, 6, ...traffic(21, 0)))).toMatchObject({
      status: 'CRITICAL',
      last_day: 18,
    });
  });

  it('is CRITICAL after a day of nothing', () => {
    expect(verdict(traffic(14 * day, 6, ...traffic(day, 0)))).toMatchObject({
      status: 'CRITICAL',
      sentence: 'no prediction in the last 24 hours',
    });
  });

  it('is UNKNOWN with less than a day of history, or none', () => {
    expect(verdict(traffic(23, 6))).toMatchObject({ status: 'UNKNOWN', last_day: null, normal_hour: null });
    expect(verdict([])).toMatchObject({ status: 'UNKNOWN', last_hour: null, busiest_hour: null });
    expect(verdict(traffic(3, 11_000)).status).toBe('WARNING');
  });

  it('never compares with thresholds of nothing', () => {
    const none = {
      expectedPerDay: [0, 0],
      warningPerHour: 0,
      criticalPerHour: 0,
      unusualPerHour: 10,
    } as const;
    expect(volumeVerdict(trafficOf(traffic(7 * day, 0)), none).status).toBe('OK');
  });
});

/** Predictions in each whole hour from `from` to `now`, oldest first. */
function hourlyCounts(times: Float64Array, from: number, now: number): readonly number[] {
  const counts = new Array<number>(Math.max(0, Math.floor((now - from) / hourMs))).fill(0);
  for (const time of times) {
    const index = counts.length - 1 - Math.floor((now - time) / hourMs);
    if (index in counts) counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}

test.skipIf(!gmscPresent)(
  gmscTitle('no hour of eight weeks of 143 predictions a day raises an alert'),
  async () => {
    const times = requireNumeric(await gmscTable('stream.csv'), 'timestamp').values;
    const first = times.reduce((least, time) => Math.min(least, time));
    for (let hour = 1; hour <= 56 * day; hour++) {
      const now = gmscStart + hour * hourMs;
      const hourly = hourlyCounts(times, Math.max(first, now - 28 * day * hourMs), now);
      expect(verdict(hourly).status).toBe(hourly.length < day ? 'UNKNOWN' : 'OK');
    }
  },
);
