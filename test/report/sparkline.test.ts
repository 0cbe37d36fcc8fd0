import { expect, test } from 'vitest';
import { sparkline } from '../../src/report/sparkline.ts';

test('runs from the lowest to the highest, with gaps', () => {
  expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 72)).toBe('▁▂▃▄▅▆▇█');
  expect(sparkline([7, null, 0], 72)).toBe('█ ▁');
  expect(sparkline([5, 5], 72)).toBe('██');
  expect(sparkline([0, 0], 72)).toBe('▁▁');
  expect(sparkline([], 72)).toBe('');
});

test('joins neighbours where there are more values than characters', () => {
  expect(sparkline([0, 0, 7, 7, null, null], 3)).toBe('▁█ ');
  expect(sparkline(Array(168).fill(1), 72).length).toBe(56);
});

test('with a full scale, the same value is as high in every chart, and what lies above it fills the line', () => {
  expect(sparkline([0, 1, 2, 9, null], 72, 2)).toBe('▁▅██ ');
});
