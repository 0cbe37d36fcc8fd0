import { expect, test } from 'vitest';
import { orderByTime, requireNumeric, type Table, type TextColumn } from '../../src/data/index.ts';

function tableOf(texts: readonly (string | null)[]): Table {
  const dictionary = [...new Set(texts.filter((text) => text !== null))];
  const at: TextColumn = {
    kind: 'text',
    name: 'at',
    type: 'string',
    codes: Int32Array.from(texts, (text) => (text === null ? -1 : dictionary.indexOf(text))),
    dictionary,
  };
  const values = Float64Array.from(texts, (_, row) => row);
  return { rows: texts.length, columns: [at, { kind: 'numeric', name: 'row', type: 'integer', values }] };
}

test('rows come in order of time, those of one time as they stood, and those without one are told', () => {
  const { table, times, notes } = orderByTime(
    tableOf(['2026-08-03T02:00:00+02:00', null, '2026-08-02T00:00:00Z', '2026-08-03T00:00:00Z', 'soon']),
    'at',
  );
  expect([...requireNumeric(table, 'row').values]).toEqual([2, 0, 3]);
  expect(times[1]).toBe(times[2]);
  expect(notes).toEqual(['left out, without a time in at: 2 of 5 rows']);
});

test('a date or a time without a zone is UTC', () => {
  const { times, notes } = orderByTime(
    tableOf(['2026-08-03', '2026-08-03 06:30', '2026-08-03T07:00:00.5']),
    'at',
  );
  expect([...times].map((time) => new Date(time).toISOString())).toEqual([
    '2026-08-03T00:00:00.000Z',
    '2026-08-03T06:30:00.000Z',
    '2026-08-03T07:00:00.500Z',
  ]);
  expect(notes).toEqual(['times of at without a zone are taken as UTC']);
});

test('a column that is missing, of numbers or without a time is refused', () => {
  const table = tableOf(['yesterday', '2026-02-30']);
  expect(() => orderByTime(table, 'when')).toThrow("column 'when' is missing");
  expect(() => orderByTime(table, 'row')).toThrow("column 'row' holds numbers, not times");
  expect(() => orderByTime(table, 'at')).toThrow("column 'at' holds no time");
});
