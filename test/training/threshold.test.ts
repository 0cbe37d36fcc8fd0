import { describe, expect, it, test } from 'vitest';
import { chooseThreshold, type ThresholdRule } from '../../src/training/index.ts';

// Counts at every probability were computed with numpy 2.4, the precisions and recalls with scikit-learn 1.9.
const probabilities = Float64Array.of(0.1, 0.4, 0.35, 0.8, 0.8, 0.65, 0.2, 0.9, 0.05, 0.5, 0, 1);
const labels = Uint8Array.of(0, 0, 1, 1, 0, 1, 0, 1, 0, 0, 0, 1);

function choose(rule: ThresholdRule) {
  return chooseThreshold(probabilities, labels, rule);
}

/** Rule, the probabilities that the threshold lies between, true and false positives. */
const choices: readonly [ThresholdRule, number, number, number, number][] = [
  [{ rule: 'f1' }, 0.5, 0.65, 4, 1],
  [{ rule: 'cost', costs: { falsePositive: 1, falseNegative: 5 } }, 0.2, 0.35, 5, 3],
  [{ rule: 'cost', costs: { falsePositive: 5, falseNegative: 1 } }, 0.8, 0.9, 2, 0],
  [{ rule: 'cost', costs: { falsePositive: 0, falseNegative: 1 } }, 0.2, 0.35, 5, 3],
  [{ rule: 'minimum_precision', required: 0.6 }, 0.2, 0.35, 5, 3],
  [{ rule: 'minimum_precision', required: 0.9 }, 0.8, 0.9, 2, 0],
  [{ rule: 'minimum_recall', required: 0.7 }, 0.5, 0.65, 4, 1],
  [{ rule: 'minimum_recall', required: 0.3 }, 0.8, 0.9, 2, 0],
  [{ rule: 'approval_rate', required: 0.8 }, 0.8, 0.9, 2, 0],
  [{ rule: 'approval_rate', required: 0.26 }, 0.1, 0.2, 5, 4],
  [{ rule: 'fixed', threshold: 0.75 }, 0.65, 0.8, 3, 1],
];

test.each(choices)(
  '%o lies between its neighbours and says what it decides',
  (rule, above, upTo, hits, misses) => {
    const chosen = choose(rule);
    expect(chosen.value).toBeGreaterThan(above);
    expect(chosen.value).toBeLessThan(upTo);
    expect([chosen.true_positives, chosen.false_positives]).toEqual([hits, misses]);
    expect(chosen.false_negatives + chosen.true_positives).toBe(5);
    expect(chosen.approval_rate).toBeCloseTo((12 - hits - misses) / 12, 14);
  },
);

describe('the choice', () => {
  it('is told with its cost and that of the best F1', () => {
    const { costs, cost_per_thousand, best_f1 } = choose({
      rule: 'cost',
      costs: { falsePositive: 1, falseNegative: 5 },
    });
    expect(costs).toEqual({ false_positive: 1, false_negative: 5 });
    expect(cost_per_thousand).toBeCloseTo(250, 10);
    expect(best_f1?.f1).toBeCloseTo(0.8, 14);
    expect(best_f1?.cost_per_thousand).toBeCloseTo(500, 10);
  });

  it('takes nobody where that costs least, and everybody where that does', () => {
    const doubtful = Float64Array.of(0.2, 0.4, 0.6);
    const rare = { rule: 'cost', costs: { falsePositive: 9, falseNegative: 1 } } as const;
    expect(chooseThreshold(doubtful, [0, 1, 0], rare).value).toBeCloseTo(0.8, 14);
    const grave = { rule: 'cost', costs: { falsePositive: 1, falseNegative: 9 } } as const;
    expect(chooseThreshold(doubtful, [1, 1, 0], grave).value).toBeCloseTo(0.1, 14);
  });

  it('is that of equal probabilities together, never between them', () => {
    const tied = Float64Array.of(0.3, 0.3, 0.3, 0.3);
    const chosen = chooseThreshold(tied, [0, 1, 0, 0], { rule: 'approval_rate', required: 0.4 });
    expect(chosen.approval_rate).toBe(0);
    expect(chosen.true_positives + chosen.false_positives).toBe(4);
  });

  it('is refused where no threshold is precise enough, with the precision there is', () => {
    const never = () =>
      chooseThreshold(Float64Array.of(0.9, 0.8, 0.1), [0, 1, 0], {
        rule: 'minimum_precision',
        required: 0.6,
      });
    expect(never).toThrow('no threshold has a precision of 0.6');
    expect(never).toThrow(expect.objectContaining({ why: 'the greatest that one has is 0.5' }));
  });

  it('is 0.5 by F1 without rows of outcome 1, and refused by a rule that needs them', () => {
    const zeros = new Float64Array(3);
    expect(chooseThreshold(zeros, [0, 0, 0], { rule: 'f1' })).toMatchObject({ value: 0.5, best_f1: null });
    expect(() => chooseThreshold(zeros, [0, 0, 0], { rule: 'minimum_recall', required: 0.5 })).toThrow(
      'no validation row has target 1',
    );
  });
});
