import { describe, expect, test } from 'vitest';
import type { Column, Table } from '../../src/data/index.ts';
import { featureTypes, measureDrift } from '../../src/drift/index.ts';
import { randomFrom } from '../../src/training/random.ts';
import { textColumn } from './loan-sample.ts';

const hourMs = 3_600_000;
const limits = { warningShare: 0.3, criticalShare: 0.5, minimumRows: 0, falseAlarms: 0.05 };

function compare(reference: Column, current: Column) {
  const tableOf = (column: Column): Table => ({
    rows: column.kind === 'text' ? column.codes.length : column.values.length,
    columns: [column],
  });
  const tables = { reference: tableOf(reference), current: tableOf(current) };
  const features = featureTypes(tables.reference, tables.current);
  const [feature] = measureDrift({ ...tables, features, ...limits }).features;
  return feature;
}

/** Visits from a day on, most of them by day, where `keep` has them. */
function visits(
  seed: number,
  from: string,
  days: number,
  keep: (hour: number) => boolean = () => true,
): Column {
  const random = randomFrom(seed);
  const begin = Date.parse(from);
  const times: number[] = [];
  while (times.length < 60 * days) {
    const time = begin + Math.floor(random() * days) * 24 * hourMs;
    const hour = Math.floor(24 * random());
    const busy = hour >= 8 && hour < 20 ? 1 : 0.3;
    if (random() < busy && keep(hour)) times.push(time + (hour + random()) * hourMs);
  }
  return { kind: 'numeric', name: 'visited', type: 'datetime', values: Float64Array.from(times) };
}

describe('times', () => {
  const reference = visits(1, '2026-08-01T00:00:00Z', 28);

  test('are alike where the current ones are merely later', () => {
    expect(compare(reference, visits(2, '2026-09-01T00:00:00Z', 21))).toMatchObject({
      type: 'time',
      test: 'jensenshannon',
      drifted: false,
      note: 'by hour of the week (UTC); 2026-08-01 to 2026-08-28 in the reference, 2026-09-01 to 2026-09-21 now',
    });
    expect(compare(reference, visits(3, '2026-09-05T00:00:00Z', 3))).toMatchObject({ drifted: false });
  });

  test('of another time zone have drifted, and so have those of missing nights', () => {
    const shifted = visits(2, '2026-09-01T00:00:00Z', 7);
    if (shifted.kind !== 'numeric') throw new Error('no times');
    const zone = { ...shifted, values: shifted.values.map((time) => time + 6 * hourMs) };
    expect(compare(reference, zone)).toMatchObject({ drifted: true });
    const byDay = visits(2, '2026-09-01T00:00:00Z', 7, (hour) => hour >= 7);
    expect(compare(reference, byDay)).toMatchObject({ drifted: true });
  });

  test('within a day have no pattern', () => {
    expect(compare(reference, visits(2, '2026-09-01T00:00:00Z', 1))).toMatchObject({
      drifted: false,
      score: null,
      note: expect.stringContaining('less than a day'),
    });
  });
});

const words =
  'the card was lost on a train and my new one has not come yet please help with the account'.split(' ');
const other = 'parcel courier door refund damaged box tracking number late delivery neighbour'.split(' ');

function letters(seed: number, rows: number, share = 0, length = 12): Column {
  const random = randomFrom(seed);
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? '';
  return textColumn(
    'letter',
    Array.from({ length: rows }, () =>
      Array.from({ length: length + Math.floor(4 * random()) }, () =>
        pick(random() < share ? other : words),
      ).join(' '),
    ),
  );
}

describe('free text', () => {
  test('about other things has drifted, told by length and unknown words', () => {
    const found = compare(letters(1, 800), letters(2, 400, 0.3));
    expect(found).toMatchObject({ type: 'text', test: 'text_domain', drifted: true });
    expect(found?.note).toMatch(/^median length \d+ → \d+; \d+ % of the words are unknown to the reference$/);
    expect(found?.p_value).toBeLessThan(1e-6);
  });

  test('that became longer has drifted, too', () => {
    expect(compare(letters(1, 800), letters(2, 400, 0, 30))).toMatchObject({ drifted: true });
  });

  test('of one population has not, in no more reports than stated', () => {
    const scores = Array.from({ length: 40 }, (_, pair) =>
      compare(letters(100 + pair, 300), letters(500 + pair, 150)),
    );
    expect(scores.filter((found) => found?.drifted).length).toBeLessThanOrEqual(5);
    // One-sided p-values of no change are even: a third of them lies under a third, give or take.
    const low = scores.filter((found) => (found?.p_value ?? 1) < 1 / 3).length;
    expect(low).toBeGreaterThan(3);
    expect(low).toBeLessThan(24);
  });

  test('gives the same score each time', () => {
    expect(compare(letters(1, 300), letters(2, 300))).toEqual(compare(letters(1, 300), letters(2, 300)));
  });

  test('of ids is not compared', () => {
    const ids = (from: number) =>
      textColumn(
        'id',
        Array.from({ length: 200 }, (_, row) => `pred_${from + row}`),
      );
    expect(compare(ids(0), ids(1_000))).toMatchObject({ drifted: false, score: null, test: 'none' });
  });
});

/** Unit normal vectors about a center, written as JSON Lines has them. */
function embeddings(seed: number, rows: number, center: number, width = 24): Column {
  const random = randomFrom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return textColumn(
    'embedding',
    Array.from({ length: rows }, () =>
      JSON.stringify(Array.from({ length: width }, (_, place) => normal() + (place === 0 ? center : 0))),
    ),
  );
}

describe('embeddings', () => {
  test('that point elsewhere have drifted', () => {
    expect(compare(embeddings(1, 600, 1), embeddings(2, 300, 2.5))).toMatchObject({
      type: 'embedding',
      test: 'cosine_mmd',
      drifted: true,
    });
  });

  test('of one population have not, in no more reports than stated, and their p-values are even', () => {
    const found = Array.from({ length: 60 }, (_, pair) =>
      compare(embeddings(100 + pair, 200, 1), embeddings(500 + pair, 100, 1)),
    );
    expect(found.filter((feature) => feature?.drifted).length).toBeLessThanOrEqual(8);
    const low = found.filter((feature) => (feature?.p_value ?? 1) < 1 / 2).length;
    // Half of 60, give or take four deviations.
    expect(low).toBeGreaterThan(14);
    expect(low).toBeLessThan(46);
  });

  test('of different lengths are refused, saying which', () => {
    expect(compare(embeddings(1, 100, 1), embeddings(2, 100, 1, 12))).toMatchObject({
      drifted: false,
      score: null,
      note: 'vectors of 24 and of 12 numbers cannot be compared',
    });
  });

  test('that are zero are left out', () => {
    const zero = textColumn(
      'embedding',
      Array.from({ length: 50 }, () => '[0, 0, 0]'),
    );
    expect(compare(zero, zero)).toMatchObject({ score: null, note: 'all vectors are zero' });
  });
});
