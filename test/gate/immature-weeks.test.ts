import { describe, expect, test } from 'vitest';
import { immatureWeeks } from '../../src/gate/index.ts';

const weekMs = 7 * 86_400_000;
const weeks = (...shares: number[]) =>
  shares.map((share, index) => ({ week: index * weekMs, predictions: 1000, labelled: share * 1000 }));

describe('weeks whose labels have mostly not come yet', () => {
  test('are the last ones below half the usual coverage', () => {
    expect(immatureWeeks(weeks(0.7, 0.68, 0.72, 0.71, 0.6, 0.3, 0.1))).toEqual({
      from: 5 * weekMs,
      weeks: 2,
      coverage: 0.2,
      usual: 0.7,
    });
  });

  test('are not those in the middle, nor a slow fall, nor weeks without earlier ones to compare with', () => {
    expect(immatureWeeks(weeks(0.7, 0.1, 0.7, 0.7, 0.7))).toBeUndefined();
    expect(immatureWeeks(weeks(0.7, 0.65, 0.6, 0.55, 0.5, 0.45))).toBeUndefined();
    expect(immatureWeeks(weeks(0.7, 0.7, 0.1))).toBeUndefined();
    expect(immatureWeeks([])).toBeUndefined();
  });

  test('of a handful of predictions say nothing by themselves, and go with the weeks before them', () => {
    const few = { week: 5 * weekMs, predictions: 3, labelled: 0 };
    expect(immatureWeeks([...weeks(0.7, 0.7, 0.7, 0.7, 0.7), few])).toBeUndefined();
    expect(immatureWeeks([...weeks(0.7, 0.7, 0.7, 0.7, 0.2), few])).toMatchObject({
      from: 4 * weekMs,
      weeks: 2,
    });
  });
});
