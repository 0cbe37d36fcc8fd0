import { describe, expect, test } from 'vitest';
import type { Table } from '../../src/data/table.ts';
import { compareSegments } from '../../src/gate/compare-segments.ts';
import { gateCriteria, type ScoredModel, worstSlice } from '../../src/gate/index.ts';
import { uniform } from './models.ts';

const rows = 4000;
const features = [
  { name: 'age', type: 'numerical' },
  { name: 'region', type: 'categorical' },
  { name: 'noise', type: 'numerical' },
] as const;

function simulate(seed: number, blind: boolean) {
  const random = uniform(seed);
  const dictionary = ['east', 'north', 'south', 'west'];
  const age = Float64Array.from({ length: rows }, () => 20 + 50 * random());
  const codes = Int32Array.from({ length: rows }, () => Math.floor(4 * random()));
  const noise = Float64Array.from({ length: rows }, () => (random() < 0.1 ? Number.NaN : random()));
  const labels = Uint8Array.from({ length: rows }, () => (random() < 0.25 ? 1 : 0));
  const hit = (row: number) => blind && (age[row] ?? 0) > 50 && codes[row] === 1;
  const model = (version: string, bad: (row: number) => boolean): ScoredModel => ({
    version,
    threshold: 0.5,
    probabilities: Float64Array.from(labels, (label, row) =>
      bad(row) ? 0.6 * random() : 0.25 * label + 0.65 * random(),
    ),
  });
  const table: Table = {
    rows,
    columns: [
      { kind: 'numeric', name: 'age', type: 'number', values: age },
      { kind: 'text', name: 'region', type: 'string', codes, dictionary },
      { kind: 'numeric', name: 'noise', type: 'number', values: noise },
    ],
  };
  return { table, labels, champion: model('1', () => false), challenger: model('2', hit) };
}

describe('the worst slice', () => {
  test('of a challenger that is blind to the older rows of one region is that part, on rows the tree did not see', () => {
    const { table, labels, champion, challenger } = simulate(5, true);
    const slice = worstSlice(table, features, champion, challenger, labels);
    expect(slice?.name).toMatch(/^worst slice: .*age above (?:4[89]|5[01])/);
    expect(slice?.name).toContain('region north');
    const { values } = table.columns[0]?.kind === 'numeric' ? table.columns[0] : { values: [] };
    expect([...(slice?.rows ?? [])].every((row) => row % 2 === 1 && (values[row] ?? 0) > 45)).toBe(true);
    const compared = compareSegments(
      {
        champion,
        challenger,
        labels,
        segments: slice === undefined ? [] : [slice],
        coverage: 1,
        daysSincePromotion: 30,
        criteria: gateCriteria('production'),
      },
      champion,
      0.05,
    );
    expect(compared.segments[0]?.verdict).toBe('worse');
  });

  test('of an equal challenger is called worse in 5 % of the comparisons at most: it is judged on other rows', () => {
    const worse = Array.from({ length: 150 }, (_, trial) => simulate(trial * 7919 + 3, false)).filter(
      ({ table, labels, champion, challenger }) => {
        const slice = worstSlice(table, features, champion, challenger, labels);
        if (slice === undefined) return false;
        const rest = { coverage: 1, daysSincePromotion: 30, criteria: gateCriteria('production') };
        return (
          (compareSegments({ champion, challenger, labels, segments: [slice], ...rest }, champion, 0)
            .establishedLoss ?? 0) > 0
        );
      },
    ).length;
    // Three standard errors of 150 trials beside the 5 %.
    expect(worse / 150).toBeLessThanOrEqual(0.05 + 0.053);
  });

  test('is not looked for where the models are the same, or the rows are few', () => {
    const { table, labels, champion } = simulate(5, true);
    expect(worstSlice(table, features, champion, champion, labels)).toBeUndefined();
    const few = { ...table, rows: 50 };
    expect(worstSlice(few, features, champion, champion, labels)).toBeUndefined();
  });
});
