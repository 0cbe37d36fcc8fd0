import { expect, test } from 'vitest';
import type { NumericColumn } from '../../src/data/index.ts';
import { honestRows } from '../../src/loop/training/honest-rows.ts';
import type { LearningRows } from '../../src/loop/training/learn.ts';
import { randomFrom } from '../../src/training/random.ts';

const rows = 200;
const day = 86_400_000;
const start = Date.UTC(2026, 0, 1);

/** A row a day: its amount, and the day on which its account was opened or closed. */
function accounts(closed: (time: number, row: number) => number): LearningRows {
  const random = randomFrom(3);
  const times = Float64Array.from({ length: rows }, (_, row) => start + row * day);
  const column = (name: string, type: NumericColumn['type'], values: Float64Array): NumericColumn => ({
    kind: 'numeric',
    name,
    type,
    values,
  });
  return {
    features: {
      rows,
      columns: [
        column('amount', 'number', times.map(random)),
        column('closed_at', 'datetime', times.map(closed)),
      ],
    },
    target: times.map(() => Number(random() < 0.3)),
    times,
    notes: [],
  };
}

test('a time after the time of its own row is refused, with the first such row and how many there are', () => {
  const table = accounts((time, row) => (row % 50 === 7 ? time + 30 * day : time - row * day));
  expect(() => honestRows(table, {})).toThrow(
    "'closed_at' lies after the time of its own row in 4 rows, first in row 8",
  );
});

test('it may be left out or allowed by name, and times before the row, or missing, are no leak', () => {
  const late = accounts((time, row) => time + ((row * 37) % 11) * day);
  const names = (wishes: Parameters<typeof honestRows>[1]) =>
    honestRows(late, wishes).features.columns.map(({ name }) => name);
  expect(names({ leaveOut: ['closed_at'] })).toEqual(['amount']);
  expect(names({ allowLeaks: ['closed_at'] })).toEqual(['amount', 'closed_at']);
  const early = accounts((time, row) => (row % 3 === 0 ? Number.NaN : time - ((row * 37) % 11) * day));
  expect(honestRows(early, {}).features.columns).toHaveLength(2);
});

test('something has to be left to learn from', () => {
  const table = accounts((time) => time);
  expect(() => honestRows(table, { leaveOut: ['amount', 'closed_at'] })).toThrow(
    'there is nothing to learn from',
  );
});

test('a feature that is to be left out has to be there', () => {
  expect(() =>
    honestRows(
      accounts((time) => time),
      { leaveOut: ['opened_at'] },
    ),
  ).toThrow("'opened_at' of trainer.leave_out is no feature of the training data");
});
