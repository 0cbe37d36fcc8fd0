import { describe, expect, it } from 'vitest';
import { categoricalEffect, categoriesOfOneSide, numericalEffect } from '../../src/drift/effect.ts';

const ascending = (length: number, value: (index: number) => number) =>
  Float64Array.from({ length }, (_, index) => value(index)).sort();

describe('how much numbers moved', () => {
  const ages = ascending(101, (index) => 22 + 0.6 * index);

  it('says it in medians, interquartile ranges and rows outside the middle 90 %', () => {
    const effect = numericalEffect('age', { reference: ages, current: ages.map((age) => age - 11) });
    expect(effect.shift).toBeCloseTo(-11 / 30, 12);
    expect(effect.quantiles.map(({ share }) => share)).toEqual([0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]);
    expect(effect.quantiles[3]).toEqual({ share: 0.5, reference: 52, current: 41 });
    expect(effect.outside?.reference).toBeCloseTo(10 / 101, 12);
    expect(effect.sentence).toBe("age: median 52 → 41; 24 % of rows are outside the reference's middle 90 %");
  });

  it('leaves the middle 90 % alone where no more rows are outside than there are by definition', () => {
    const narrower = numericalEffect('age', { reference: ages, current: ages.map((age) => 41 + age / 100) });
    expect(narrower.sentence).toMatch(/^age: median 52 → 41\.52, \d+ % of rows moved$/);
    const same = numericalEffect('age', { reference: ages, current: ages });
    expect(same.sentence).toBe('age: median 52 as before, 0 % of rows moved');
  });

  it('counts the rows that moved: none, some, all', () => {
    const moved = (current: Float64Array) => numericalEffect('x', { reference: ages, current }).moved;
    expect(moved(ages)).toBe(0);
    expect(moved(ages.map((age) => age + 1000))).toBe(1);
    expect(moved(ascending(100, (index) => (index < 50 ? 22 + 1.2 * index : 500)))).toBeCloseTo(0.5, 1);
  });

  it('sees rows leave a constant in either direction', () => {
    const reference = ascending(50, () => 3);
    const current = ascending(50, (index) => (index < 10 ? 2 : index < 15 ? 4 : 3));
    expect(numericalEffect('x', { reference, current })).toMatchObject({
      shift: null,
      moved: expect.closeTo(0.3, 12),
      outside: { reference: 0, current: expect.closeTo(0.3, 12) },
      sentence:
        "x: median 3 as before, 30 % of rows moved; 30 % of rows are outside the reference's middle 90 %",
    });
  });
});

describe('how much categories moved', () => {
  const counts = {
    values: ['centre', 'east', 'north', 'south'],
    reference: [0, 10, 50, 40],
    current: [10, 0, 50, 140],
  };

  it('says it in rows and names what moved most', () => {
    expect(categoricalEffect('region', counts)).toMatchObject({
      moved: expect.closeTo(0.35, 12),
      sentence: "region: 35 % of rows moved; 'south' 40 % → 70 %",
    });
    const same = { values: ['a'], reference: [3], current: [5] };
    expect(categoricalEffect('x', same).sentence).toBe('x: 0 % of rows moved');
  });

  it('lists the categories that only one side has', () => {
    expect(categoriesOfOneSide(counts)).toEqual({
      new: [{ value: 'centre', rows: 10 }],
      vanished: [{ value: 'east', rows: 10 }],
    });
    expect(categoriesOfOneSide({ values: ['a'], reference: [1], current: [1] })).toBeUndefined();
  });
});
