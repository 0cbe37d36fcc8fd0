import { describe, expect, it } from 'vitest';
import { measureDrift } from '../../src/drift/index.ts';
import { driftDefaults } from '../../src/workspace/index.ts';
import { loanFeatures, loanSample } from './loan-sample.ts';

const compare = (shift: number, importance?: ReadonlyMap<string, number>) =>
  measureDrift({
    reference: loanSample(1, 3000),
    current: loanSample(2, 1000, shift),
    features: loanFeatures,
    ...driftDefaults,
    minimumRows: 200,
    importance,
  });

describe('drift by what the model depends on', () => {
  it('shares the importance out among the features and says which of the drifted ones matter', () => {
    const result = compare(1, new Map(Object.entries({ age: 6, income: 3, late: 1, elsewhere: 90 })));
    expect(result.features.map(({ importance }) => importance)).toEqual([0.6, 0.3, 0, 0, 0.1, 0]);
    expect(result.features_drifted).toBe(3);
    expect(result.share_drifted_by_importance).toBeCloseTo(0.9, 12);
    expect(result.sentence).toBe(
      '3 of 6 features drifted; the model depends on age (60 %) and income (30 %), together 90 %',
    );
  });

  it('says where it depends on one, on many, on none of them', () => {
    const sentence = (weights: Record<string, number>) =>
      compare(1, new Map(Object.entries(weights))).sentence;
    expect(sentence({ age: 1, late: 3 })).toBe('3 of 6 features drifted; the model depends on age (25 %)');
    expect(sentence({ late: 3 })).toBe('3 of 6 features drifted; the model depends on none of them');
    expect(sentence({ age: 1, income: 1, utilization: 2 })).toMatch(
      /depends on utilization \(50 %\), age \(25 %\) and income \(25 %\), together 100 %$/,
    );
  });

  it('says nothing of importance where it is not known, or nothing drifted', () => {
    expect(compare(1)).not.toHaveProperty('share_drifted_by_importance');
    expect(compare(1, new Map([['elsewhere', 1]])).sentence).toBe('3 of 6 features drifted');
    expect(compare(0, new Map([['age', 1]]))).toMatchObject({
      sentence: '0 of 6 features drifted',
      share_drifted_by_importance: 0,
    });
  });
});
