import { expect, test } from 'vitest';
import { describeProgress } from '../../src/commands/row-progress.ts';

test.each([
  [2_000_000, 10_000_000, 5, '2,000,000 of about 10,000,000 rows scored, 400,000 a second, 20 s left'],
  [1000, 100_000, 1, '1,000 of about 100,000 rows scored, 1,000 a second, 1 min 39 s left'],
  [1000, 8_000_000, 1, '1,000 of about 8,000,000 rows scored, 1,000 a second, 2 h 13 min left'],
  [1200, 1000, 2, '1,200 of about 1,200 rows scored, 600 a second, 0 s left'],
  [1200, undefined, 2, '1,200 rows scored, 600 a second'],
])('%d rows of %s after %d s', (rows, total, seconds, line) => {
  expect(describeProgress(rows, total, seconds, 'scored')).toBe(line);
});
