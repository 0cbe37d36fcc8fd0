import { describe, expect, test } from 'vitest';
import { findColumn, requireNumeric, type Table } from '../../../src/data/index.ts';
import {
  cutWindows,
  defaultRules,
  featureTypes,
  measureWindows,
  type WindowRule,
  type WindowsQuestion,
} from '../../../src/drift/index.ts';
import { gmscPresent, gmscTable, gmscTitle } from '../gmsc.ts';
import {
  dayMs,
  firstDay,
  normalFrom,
  numbers,
  referenceOf,
  streamOf,
  type ValueAt,
} from '../onset/synthetic.ts';

const week: WindowRule = {
  kind: 'period',
  period: { unit: 'time', milliseconds: 7 * dayMs, fromMonday: true },
};
const day: WindowRule = { kind: 'period', period: { unit: 'time', milliseconds: dayMs, fromMonday: false } };
const limits = { warningShare: 0.3, criticalShare: 0.5, minimumRows: 50 };
// So rare that no window differs by chance.
const rules = { ...defaultRules, falseAlarms: 0.001 };

function compare(
  rule: WindowRule,
  valueAt: ValueAt,
  against: WindowsQuestion['against']['kind'],
  minimumRows = limits.minimumRows,
) {
  const { times, current: column } = streamOf(7, valueAt);
  const current: Table = { rows: times.length, columns: [column] };
  const reference: Table = { rows: 10_000, columns: [referenceOf(8)] };
  return measureWindows({
    current,
    times,
    windows: cutWindows(rule, { rows: times.length, times }),
    against: against === 'reference' ? { kind: against, reference } : { kind: against },
    features: [{ name: 'x', type: 'numerical' }],
    ...limits,
    minimumRows,
    rules,
  });
}

const statuses = ({ windows }: ReturnType<typeof compare>) => windows.map(({ status }) => status);
const began = firstDay + 28 * dayMs;

describe('against the reference', () => {
  test('each window is judged by itself, the last one gives the verdict, and the onset is told', () => {
    const result = compare(week, (at, z) => z + (at >= began ? 1 : 0), 'reference');
    expect(statuses(result)).toEqual([...Array(4).fill('OK'), ...Array(4).fill('CRITICAL')]);
    expect(result).toMatchObject({ status: 'CRITICAL', reference: { rows: 10_000 }, rows: 5_600 });
    expect(result.features).toMatchObject([
      { name: 'x', judged_windows: 8, drifted_windows: 4, onset: { shape: 'sudden' } },
    ]);
    expect(result.windows[4]).toMatchObject({
      from: '2026-08-31T00:00:00.000Z',
      until: '2026-09-07T00:00:00.000Z',
      partial: false,
      features: [{ name: 'x', drifted: true }],
    });
    expect(result.windows[4]?.features[0]?.level).toBeGreaterThan(1);
  });

  test('drift that went again leaves the verdict to the last window', () => {
    const result = compare(week, (at, z) => z + (at < firstDay + 14 * dayMs ? 1 : 0), 'reference');
    expect(statuses(result).slice(0, 2)).toEqual(['CRITICAL', 'CRITICAL']);
    expect(result.status).toBe('OK');
  });

  test('a window with fewer rows than the minimum is UNKNOWN, says why and names no feature', () => {
    const result = compare(day, (_, z) => z + 3, 'reference', 200);
    expect(new Set(statuses(result))).toEqual(new Set(['UNKNOWN']));
    expect(result.status).toBe('UNKNOWN');
    expect(result.windows[0]).toMatchObject({ features: [], features_drifted: 0 });
    expect(result.windows[0]?.note).toMatch(/^\d+ rows, fewer than the 200 that a verdict needs$/);
    expect(result.features).toMatchObject([{ judged_windows: 0, drifted_windows: 0 }]);
  });
});

test('against the window before, a step is one window that differs', () => {
  const result = compare(week, (at, z) => z + (at >= began ? 1 : 0), 'previous');
  expect(statuses(result)).toEqual(['UNKNOWN', 'OK', 'OK', 'OK', 'CRITICAL', 'OK', 'OK', 'OK']);
  expect(result.windows[0]?.note).toBe('no window before it');
  expect(result.reference).toBeNull();
  expect(result.features[0]?.onset).toBeUndefined();
});

test('against the week before, what repeats with the week is no drift', () => {
  const weekend: ValueAt = (at, z) => z + ([0, 6].includes(new Date(at).getUTCDay()) ? 2 : 0);
  const count = (against: 'previous' | 'week_before') =>
    statuses(compare(day, weekend, against)).filter((status) => status === 'CRITICAL').length;
  expect(count('previous')).toBeGreaterThanOrEqual(14);
  expect(count('week_before')).toBeLessThanOrEqual(4);
  const first = compare(day, weekend, 'week_before').windows.slice(0, 8);
  expect(first.map(({ note }) => note)).toEqual([...Array(7).fill('no window a week before it'), undefined]);
});

test('rows without times are told by their numbers', () => {
  const normal = normalFrom(2);
  const column = numbers(Float64Array.from({ length: 1_000 }, (_, row) => normal() + (row < 500 ? 0 : 2)));
  const result = measureWindows({
    current: { rows: 1_000, columns: [column] },
    times: undefined,
    windows: cutWindows({ kind: 'count', count: 4 }, { rows: 1_000, times: undefined }),
    against: { kind: 'reference', reference: { rows: 10_000, columns: [referenceOf(8)] } },
    features: [{ name: 'x', type: 'numerical' }],
    ...limits,
    rules,
  });
  expect(result.windows.map(({ from, until, status }) => [from, until, status])).toEqual([
    ['1', '250', 'OK'],
    ['251', '500', 'OK'],
    ['501', '750', 'CRITICAL'],
    ['751', '1000', 'CRITICAL'],
  ]);
  expect(result.features[0]?.onset?.sentence).toMatch(/^since row (49\d|50\d|51\d), ± \d+ rows?$/);
});

test.skipIf(!gmscPresent)(
  gmscTitle('of the real stream week 5 and those after it differ, since the beginning of week 5'),
  async () => {
    const reference = await gmscTable('reference.csv');
    const current = await gmscTable('stream.csv');
    const times = requireNumeric(current, 'timestamp').values;
    const features = featureTypes(reference, current).filter(({ name }) => findColumn(current, name));
    const result = measureWindows({
      current,
      times,
      windows: cutWindows(week, { rows: current.rows, times }),
      against: { kind: 'reference', reference },
      features,
      ...limits,
      rules,
    });
    expect(result.windows.map(({ features_drifted }) => features_drifted > 0)).toEqual([
      ...Array(4).fill(false),
      ...Array(4).fill(true),
    ]);
    for (const name of ['age', 'RevolvingUtilizationOfUnsecuredLines']) {
      const { onset } = result.features.find((feature) => feature.name === name) ?? {};
      expect(Date.parse(onset?.from ?? '')).toBeLessThanOrEqual(began);
      expect(Date.parse(onset?.until ?? '')).toBeGreaterThanOrEqual(began);
    }
  },
);
