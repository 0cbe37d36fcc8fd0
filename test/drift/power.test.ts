import { describe, expect, it } from 'vitest';
import { type DriftQuestion, measureDrift } from '../../src/drift/index.ts';
import { randomFrom } from '../../src/training/random.ts';
import { driftDefaults } from '../../src/workspace/index.ts';
import { loanFeatures, loanSample } from './loan-sample.ts';

const random = randomFrom(3);
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const sample = (rows: number, shift: number) => ({
  rows,
  columns: [
    {
      kind: 'numeric' as const,
      name: 'x',
      type: 'number' as const,
      values: Float64Array.from({ length: rows }, () => normal() + shift),
    },
  ],
});
const question = { ...driftDefaults, minimumRows: 200 };
const compare = (reference: DriftQuestion['reference'], current: DriftQuestion['reference']) =>
  measureDrift({ ...question, reference, current, features: [{ name: 'x', type: 'numerical' }] });

describe('what could have been seen', () => {
  it.each([
    [80, 0.1],
    [80, 0.2],
    [80, 0.5],
    [400, 0.1],
    [400, 0.2],
  ])('agrees with simulation: %d rows, a shift of %d deviations', (rows, shift) => {
    const draws = 400;
    let seen = 0;
    let told = 0;
    for (let draw = 0; draw < draws; draw++) {
      const reference = sample(1000, 0);
      seen += compare(reference, sample(rows, shift)).features_drifted / draws;
      const { power } = compare(reference, sample(rows, 0));
      told += (power?.find((each) => each.shift === shift)?.power ?? Number.NaN) / draws;
    }
    expect(Math.abs(told - seen)).toBeLessThan(0.08);
  });

  it('grows with the shift and with the rows', () => {
    const of = (rows: number) =>
      compare(sample(5000, 0), sample(rows, 0)).power?.map(({ power }) => power) ?? [];
    const [few, many] = [of(100), of(2000)];
    expect(few).toEqual(few.toSorted((a, b) => a - b));
    for (const [index, power] of many.entries()) expect(power).toBeGreaterThan(few[index] ?? 1);
  });

  it('is told in place of a guess where rows are too few', () => {
    const few = { ...question, reference: loanSample(1, 3000), features: loanFeatures };
    const result = measureDrift({ ...few, current: loanSample(2, 80) });
    expect(result.status).toBe('UNKNOWN');
    expect(result.sentence).toMatch(
      /^80 current rows are too few to judge drift; a shift of 0\.5 deviations would have been seen in \d+ % of cases$/,
    );
    const swapped = measureDrift({ ...few, reference: loanSample(1, 90), current: loanSample(2, 400) });
    expect(swapped.sentence).toMatch(/^90 reference rows are too few/);
  });
});
