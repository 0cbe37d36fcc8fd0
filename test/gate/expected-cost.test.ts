import { describe, expect, test } from 'vitest';
import { compareCosts } from '../../src/gate/expected-cost.ts';
import { evaluateGate, gateCriteria } from '../../src/gate/index.ts';
import { sample } from './credit-like.ts';
import { convincing } from './models.ts';

const costs = { falsePositive: 1, falseNegative: 5 };

test('the cost of 1,000 decisions and its interval are those of statsmodels 0.15 (zconfint_mean of the paired differences)', () => {
  const { champion, challenger, labels } = sample();
  const compared = compareCosts(champion, challenger, labels, costs);
  expect(compared.champion).toBeCloseTo(653.3333333333334, 9);
  expect(compared.challenger).toBeCloseTo(418.3333333333333, 9);
  expect(compared.difference).toBeCloseTo(-235, 9);
  expect(compared.interval?.low).toBeCloseTo(-371.0554905013102, 8);
  expect(compared.interval?.high).toBeCloseTo(-98.94450949868977, 8);
});

describe('the criterion', () => {
  const judged = (falsePositive: number, falseNegative: number, maximum_cost_increase?: number) =>
    evaluateGate({
      ...convincing(),
      criteria: gateCriteria('production', { maximum_cost_increase }, {}, { falsePositive, falseNegative }),
    });
  const criterion = (...asked: Parameters<typeof judged>) =>
    judged(...asked).criteria.find(({ name }) => name === 'expected_cost');

  test('passes where the challenger’s decisions cost less', () => {
    // The challenger finds ten more of 100 positives and gives ten false alarms less, on 400 rows.
    expect(criterion(1, 5)).toMatchObject({ passed: true, observed: -150, required: 0 });
    expect(criterion(1, 5)?.detail).toMatch(
      /^The expected cost of 1,000 decisions falls from 750\.0 to 600\.0 \(-150\.0, 95 % interval -\d+\.\d to -\d+\.\d\), at most \+0\.0 is allowed\.$/,
    );
  });

  test('rejects a better F1 that costs more, unless so much is allowed', () => {
    const dear = { ...convincing() };
    const { champion, challenger } = dear;
    const swapped = (limit: number) =>
      evaluateGate({
        ...dear,
        champion: challenger,
        challenger: champion ?? challenger,
        criteria: gateCriteria('production', { maximum_cost_increase: limit }, {}, costs),
      }).criteria.find(({ name }) => name === 'expected_cost');
    expect(swapped(149.9)).toMatchObject({ passed: false, observed: 150 });
    expect(swapped(150)?.passed).toBe(true);
  });

  test('does not stand where no costs are set, and does not pass where they cannot be told', () => {
    expect(evaluateGate(convincing()).costs).toBeNull();
    expect(evaluateGate(convincing()).criteria.some(({ name }) => name === 'expected_cost')).toBe(false);
    const criteria = gateCriteria('production', {}, {}, costs);
    const blind = evaluateGate({ ...convincing(), labels: new Uint8Array(400), criteria });
    expect(blind.criteria.find(({ name }) => name === 'expected_cost')).toMatchObject({
      passed: false,
      observed: null,
      detail: expect.stringContaining('every one of the 400 labels is negative'),
    });
  });
});
