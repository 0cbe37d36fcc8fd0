import { describe, expect, test } from 'vitest';
import { cutWindows, parsePeriod, requireWeekApart, type WindowRule } from '../../../src/drift/index.ts';

const time = Date.parse;
const dayMs = 86_400_000;

function byPeriod(text: string, times: readonly string[], span?: readonly [string, string]) {
  const period = parsePeriod(text);
  if (period === undefined) throw new Error(`'${text}' is no period`);
  const rows = Float64Array.from(times, time);
  const windows = cutWindows(
    { kind: 'period', period },
    {
      rows: rows.length,
      times: rows,
      ...(span === undefined ? {} : { span: { from: time(span[0]), until: time(span[1]) } }),
    },
  );
  return windows.map(({ first, end, time: between, partial }) => [
    new Date(between?.from ?? Number.NaN).toISOString().slice(0, 16),
    new Date(between?.until ?? Number.NaN).toISOString().slice(0, 16),
    end - first,
    ...(partial ? ['partial'] : []),
  ]);
}

describe('by period', () => {
  test('days begin at midnight UTC before the first row, and a day without rows is one', () => {
    expect(
      byPeriod('1d', ['2026-08-03T01:00:00Z', '2026-08-03T23:59:59.999Z', '2026-08-05T23:00:00Z']),
    ).toEqual([
      ['2026-08-03T00:00', '2026-08-04T00:00', 2],
      ['2026-08-04T00:00', '2026-08-05T00:00', 0],
      ['2026-08-05T00:00', '2026-08-06T00:00', 1],
    ]);
  });

  test('weeks begin on Mondays, months on the first; what the data cover by less than nine tenths is partial', () => {
    expect(byPeriod('1w', ['2026-08-05T00:00:00Z', '2026-08-10T00:00:00Z', '2026-08-16T23:00:00Z'])).toEqual([
      ['2026-08-03T00:00', '2026-08-10T00:00', 1, 'partial'],
      ['2026-08-10T00:00', '2026-08-17T00:00', 2],
    ]);
    expect(
      byPeriod('month', ['2026-11-02T00:00:00Z', '2026-12-31T00:00:00Z', '2027-01-03T00:00:00Z']),
    ).toEqual([
      ['2026-11-01T00:00', '2026-12-01T00:00', 1],
      ['2026-12-01T00:00', '2027-01-01T00:00', 1],
      ['2027-01-01T00:00', '2027-02-01T00:00', 1, 'partial'],
    ]);
  });

  test('within a span they begin with it and go on to its end', () => {
    const span = ['2026-08-03T06:00:00Z', '2026-08-05T06:00:00Z'] as const;
    expect(byPeriod('1d', ['2026-08-03T07:00:00Z'], span)).toEqual([
      ['2026-08-03T06:00', '2026-08-04T06:00', 1],
      ['2026-08-04T06:00', '2026-08-05T06:00', 0],
    ]);
  });

  test.each(['0d', 'd', '7', '1y', '-1d', '1.5d', '2month', ''])("'%s' is no period", (text) => {
    expect(parsePeriod(text)).toBeUndefined();
  });

  test('more windows than can be looked at, and periods without times, are refused', () => {
    const rule: WindowRule = {
      kind: 'period',
      period: { unit: 'time', milliseconds: 60_000, fromMonday: false },
    };
    const times = Float64Array.of(0, 365 * dayMs);
    expect(() => cutWindows(rule, { rows: 2, times })).toThrow('these would be 525601 windows');
    expect(() => cutWindows(rule, { rows: 2, times: undefined })).toThrow('cannot be cut by period');
  });

  test.each([
    ['1d', true],
    ['12h', true],
    ['7d', true],
    ['1w', true],
    ['5d', false],
    ['2w', false],
    ['month', false],
  ])('a window of %s begins a week after another one: %s', (text, apart) => {
    const period = parsePeriod(text);
    const check = () => period && requireWeekApart({ kind: 'period', period });
    if (apart) expect(check).not.toThrow();
    else expect(check).toThrow('begins a week after');
  });
});

/** NannyML 0.13.1 fails at some numbers of chunks (NannyML/nannyml#88). */
test.each([1, 2, 7, 8, 9, 10, 99, 100])('100 rows in %i windows are all there, none empty', (count) => {
  const windows = cutWindows({ kind: 'count', count }, { rows: 100, times: undefined });
  expect(windows).toHaveLength(count);
  expect(windows[0]?.first).toBe(0);
  expect(windows.at(-1)?.end).toBe(100);
  for (const [index, { first }] of windows.slice(1).entries()) expect(first).toBe(windows[index]?.end);
  const sizes = windows.map(({ first, end }) => end - first);
  expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
});

test('more windows than rows are refused with what can be had', () => {
  expect(() => cutWindows({ kind: 'count', count: 11 }, { rows: 10, times: undefined })).toThrow(
    '10 rows cannot be cut into 11 windows',
  );
});

test('of windows of so many rows the last has what is left, and is partial where that is less', () => {
  const cut = (rows: number) =>
    cutWindows({ kind: 'rows', rows: 40 }, { rows, times: undefined }).map(({ first, end, partial }) => [
      first,
      end,
      partial,
    ]);
  expect(cut(100)).toEqual([
    [0, 40, false],
    [40, 80, false],
    [80, 100, true],
  ]);
  expect(cut(80).map(([, , partial]) => partial)).toEqual([false, false]);
});
