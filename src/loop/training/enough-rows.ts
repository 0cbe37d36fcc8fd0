import { TooFewRowsError } from '../../platform/errors.ts';

/** Fewest labelled rows that a model is trained on. */
export const fewestRows = 50;

/** @throws TooFewRowsError when there are fewer than `fewestRows` */
export function requireEnoughRows(rows: number): void {
  if (rows >= fewestRows) return;
  throw new TooFewRowsError(
    `${rows} ${rows === 1 ? 'row is' : 'rows are'} too few to learn from`,
    { rows, needed: fewestRows },
    {
      why: `at least ${fewestRows} are needed, a part of them to measure on`,
      remedy: 'gather more labelled rows',
    },
  );
}
