import { describe, expect, test } from 'vitest';
import { groupDifferences } from '../../src/gate/group-differences.ts';
import { evaluateGate, gateCriteria } from '../../src/gate/index.ts';
import { sample } from './credit-like.ts';
import { everyRow } from './models.ts';

// Shares and differences by fairlearn's definitions; intervals: statsmodels 0.15, confint_proportions_2indep(method='newcomb')
// at 5 % over the number of pairs, the greatest over the pairs.
describe('differences between groups', () => {
  const { champion, challenger, labels, groups } = sample();
  const compared = groupDifferences({ champion, challenger }, labels, { column: 'region', groups });

  test('of the champion are those computed in Python, groups under 30 rows left out', () => {
    expect(compared.champion?.demographic_parity_difference?.value).toBeCloseTo(0.07883977474350073, 12);
    expect(compared.champion?.demographic_parity_difference?.low).toBe(0);
    expect(compared.champion?.demographic_parity_difference?.high).toBeCloseTo(0.1905273395115469, 9);
    expect(compared.champion?.equal_opportunity_difference?.value).toBeCloseTo(0.062153163152053326, 12);
    expect(compared.champion?.equal_opportunity_difference?.high).toBeCloseTo(0.22535533803978153, 9);
  });

  test('of the challenger, too', () => {
    expect(compared.challenger.demographic_parity_difference?.value).toBeCloseTo(0.039399102827137766, 12);
    expect(compared.challenger.demographic_parity_difference?.high).toBeCloseTo(0.16607445592280684, 9);
    expect(compared.challenger.equal_opportunity_difference?.high).toBeCloseTo(0.1728952421554828, 9);
  });

  test('every group is told, with rows and positives', () => {
    expect(compared.groups.map(({ name, rows, positives }) => [name, rows, positives])).toEqual([
      ['a', 298, 85],
      ['b', 193, 53],
      ['c', 87, 22],
      ['d', 22, 7],
    ]);
    expect(compared.groups[3]?.challenger.true_positive_rate?.value).toBeCloseTo(5 / 7, 12);
  });
});

describe('a limit on the differences', () => {
  const sizes = [150, 120, 80];
  const flagged = [90, 40, 20];
  const starts = [0, 150, 270];
  const probabilities = new Float64Array(350).fill(0.1);
  for (const [index, start] of starts.entries())
    probabilities.fill(0.9, start, start + (flagged[index] ?? 0));
  const labels = Uint8Array.from({ length: 350 }, (_, row) => row % 2);
  const columnOf = (count: number) => ({
    column: 'region',
    groups: starts.slice(0, count).map((start, index) => ({
      name: `region ${index}`,
      rows: everyRow(350).slice(start, start + (sizes[index] ?? 0)),
    })),
  });
  const judge = (limit: number, groups = 3) =>
    evaluateGate({
      champion: null,
      challenger: { version: '3', threshold: 0.5, probabilities },
      labels,
      coverage: 1,
      daysSincePromotion: null,
      segments: [],
      protectedColumns: groups === 0 ? [] : [columnOf(groups)],
      criteria: gateCriteria('production', { maximum_demographic_parity_difference: limit }),
    }).criteria.find(({ name }) => name === 'demographic_parity');

  test('fails where a greater one is established: by the low end of its interval', () => {
    const { observed, detail } = judge(0.1) ?? {};
    expect(observed).toBeCloseTo(0.18743197396131872, 9);
    expect(judge(0.1)?.passed).toBe(false);
    expect(detail).toMatch(
      /^Greatest difference between groups in the share of rows called positive by version 3: 'region' 0\.350 \(95 % interval 0\.\d+ to 0\.\d+\); one beyond 0\.100 is established\.$/,
    );
    expect(judge((observed ?? 0) + 1e-9)?.passed).toBe(true);
  });

  test('does not pass where fewer than two groups have rows enough, or no column is named', () => {
    expect(judge(0.1, 1)).toMatchObject({ passed: false, observed: null });
    expect(judge(0.1, 1)?.detail).toContain("Not enough evidence about 'region'");
    expect(judge(0.1, 0)?.detail).toContain('name them in gate.protected');
  });
});
