import { expect, test } from 'vitest';
import { figure, grouped } from '../../src/report/figures.ts';

test.each([0, 7, 999, 1000, 12_345, 999_999, 1_000_000, -1000, -123_456])(
  '%d is grouped as English does',
  (value) => {
    expect(grouped(value)).toBe(value.toLocaleString('en-US'));
  },
);

test('a figure has four digits, and thousands set apart', () => {
  expect([figure(null), figure(0), figure(0.123456), figure(12_345.6), figure(1e-5)]).toEqual([
    '–',
    '0',
    '0.1235',
    '12,346',
    '1.00e-5',
  ]);
});
