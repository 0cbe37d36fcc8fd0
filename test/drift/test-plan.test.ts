import { describe, expect, test } from 'vitest';
import { parseTestOptions } from '../../src/commands/drift/test-options.ts';
import {
  driftConventions,
  type Feature,
  measureDrift,
  mergePlans,
  requirePlanFits,
  type TestPlan,
} from '../../src/drift/index.ts';
import { ConfigurationError, UsageError } from '../../src/platform/errors.ts';
import { loanFeatures, loanSample } from './loan-sample.ts';

const features: readonly Feature[] = [
  { name: 'age', type: 'numerical' },
  { name: 'region', type: 'categorical' },
  { name: 'remarks', type: 'text' },
];

function refusal(run: () => unknown): UsageError {
  try {
    run();
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('the options of tests', () => {
  test('are read by feature, the feature’s name up to the last =', () => {
    expect(
      parseTestOptions({
        test: ['age=ks', 'a=b=psi'],
        numerical: 'anderson',
        threshold: ['0.2', 'age=0.01'],
        seed: '7',
      }),
    ).toEqual({
      plan: {
        numerical: 'anderson',
        categorical: undefined,
        byFeature: new Map([
          ['age', 'ks'],
          ['a=b', 'psi'],
        ]),
        threshold: 0.2,
        thresholdByFeature: new Map([['age', 0.01]]),
      },
      convention: undefined,
      allTests: false,
      seed: 7,
    });
  });

  test.each([
    [{ numerical: 'wassertein' }, "there is no test 'wassertein'", 'perhaps wasserstein was meant'],
    [{ test: ['ks'] }, "--test 'ks' names no feature", '--test age=ks'],
    [{ test: ['age=ks', 'age=psi'] }, "names the feature 'age' twice", 'keep one'],
    [{ threshold: ['much'] }, "--threshold 'much' is no number above 0", '--threshold 0.2'],
    [{ threshold: ['age=-1'] }, "--threshold 'age=-1' is no number above 0", '--threshold 0.2'],
    [{ threshold: ['0.1', '0.2'] }, 'stands twice', 'once'],
  ])('are refused where they are wrong: %j', (options, message, remedy) => {
    const error = refusal(() => parseTestOptions(options));
    expect(error.message).toContain(message);
    expect(error.remedy).toContain(remedy);
  });
});

describe('a plan', () => {
  test.each<[TestPlan, string, string]>([
    [{ numerical: 'chisquare' }, "the test 'chisquare' does not take numerical features", 'wasserstein'],
    [{ categorical: 'ks' }, "the test 'ks' does not take categorical features", 'chisquare'],
    [
      { byFeature: new Map([['region', 'ks']]) },
      "does not take feature 'region', which is categorical",
      'psi',
    ],
    [
      { byFeature: new Map([['remarks', 'ks']]) },
      "does not take feature 'remarks', which is text",
      'text_domain',
    ],
    [{ byFeature: new Map([['agee', 'ks']]) }, "there is no feature 'agee'", "perhaps 'age' was meant"],
    [
      { numerical: 'ks', thresholdByFeature: new Map([['age', 2]]) },
      "the threshold 2 of 'age' is no p-value",
      'below 1',
    ],
    [
      { thresholdByFeature: new Map([['region ', 1]]) },
      "there is no feature 'region '",
      "'region' was meant",
    ],
  ])('that cannot be carried out is refused: %j', (plan, message, remedy) => {
    const error = refusal(() => requirePlanFits(plan, features, 'mlops', UsageError));
    expect(error.message).toContain(message);
    expect(error.remedy).toContain(remedy);
    expect(() => requirePlanFits(plan, features, 'mlops', ConfigurationError)).toThrow(ConfigurationError);
  });

  test('of one test for all is refused before the features are known', () => {
    const plan: TestPlan = { numerical: 'chisquare', byFeature: new Map([['agee', 'ks']]) };
    expect(() => requirePlanFits(plan, undefined, 'mlops', UsageError)).toThrow('chisquare');
    expect(() =>
      requirePlanFits({ byFeature: plan.byFeature }, undefined, 'mlops', UsageError),
    ).not.toThrow();
  });

  test('goes before another where it says something', () => {
    const asked: TestPlan = { numerical: 'ks', thresholdByFeature: new Map([['age', 0.2]]) };
    const configured: TestPlan = {
      numerical: 'psi',
      threshold: 0.3,
      thresholdByFeature: new Map([
        ['age', 0.1],
        ['income', 0.5],
      ]),
    };
    expect(mergePlans(asked, configured)).toMatchObject({
      numerical: 'ks',
      threshold: 0.3,
      thresholdByFeature: new Map([
        ['age', 0.2],
        ['income', 0.5],
      ]),
    });
  });
});

describe('a comparison', () => {
  const question = {
    reference: loanSample(1, 600),
    current: loanSample(2, 500, 1),
    features: loanFeatures,
    warningShare: 0.3,
    criticalShare: 0.5,
    minimumRows: 0,
    falseAlarms: 0.05,
  };

  test('makes the tests it was asked for', () => {
    const { features: found } = measureDrift({
      ...question,
      plan: {
        numerical: 'anderson',
        categorical: 'TVD',
        byFeature: new Map([['age', 'mannw']]),
        thresholdByFeature: new Map([['income', 0.02]]),
      },
    });
    expect(found.map(({ test: name }) => name)).toEqual([
      'mannw',
      'anderson',
      'anderson',
      'anderson',
      'anderson',
      'TVD',
    ]);
  });

  test('says why a test is not defined in place of a score', () => {
    const { features: found } = measureDrift({ ...question, plan: { categorical: 'fisher_exact' } });
    expect(found.at(-1)).toMatchObject({ test: 'fisher_exact', score: null, drifted: false });
    expect(found.at(-1)?.note).toContain('4 values');
  });

  test('takes a plain name for the peer’s test under a peer’s convention', () => {
    const { features: found } = measureDrift({
      ...question,
      convention: driftConventions.evidently,
      plan: { numerical: 'mannw' },
    });
    expect(found[0]?.test).toBe('evidently:mannw');
  });

  test('can be made by every test that takes the feature', () => {
    const { features: found } = measureDrift({ ...question, allTests: true });
    const [age] = found;
    expect(age?.tests?.map(({ test: name }) => name)).toContain('cramer_von_mises');
    expect(age?.tests?.map(({ test: name }) => name)).not.toContain('chisquare');
    const region = found.at(-1)?.tests ?? [];
    expect(region.find(({ test: name }) => name === 'fisher_exact')).toMatchObject({ score: null });
    expect(region.find(({ test: name }) => name === 'chisquare')?.score).toBeGreaterThan(0);
  });
});
