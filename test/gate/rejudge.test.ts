import { describe, expect, test } from 'vitest';
import { type GateCriterion, storedGateResultDefinition } from '../../src/data/results/gate.ts';
import { gateCriteria, rejudge, withChanges } from '../../src/gate/index.ts';

const production = gateCriteria('production');

function criterion(name: GateCriterion['name'], observed: number | null, required: number | null) {
  return { name, observed, required, passed: true, detail: '' };
}

const met = [
  criterion('labelled_rows', 300, 200),
  criterion('label_coverage', 0.4, 0.3),
  criterion('days_since_promotion', 8, 7),
  criterion('f1_improvement', 0.03, 0.02),
  criterion('brier_degradation', -0.01, 0.01),
  criterion('segment_f1', 0.04, 0.05),
];

describe('a stored decision under other criteria', () => {
  test('stays what it was under its own', () => {
    expect(rejudge({ criteria: met }, production).decision).toBe('promote');
  });

  test.each([
    ['labelled_rows', { minimumRows: 301 }],
    ['label_coverage', { minimumCoverage: 0.41 }],
    ['days_since_promotion', { minimumDays: 8.5 }],
    ['f1_improvement', { minimumF1Improvement: 0.031 }],
    ['brier_degradation', { maximumBrierDegradation: -0.02 }],
    ['segment_f1', { maximumSegmentLoss: 0.03 }],
  ])('is rejected for %s when its bound moves past what was observed', (name, bound) => {
    const { decision, criteria } = rejudge({ criteria: met }, { ...production, ...bound });
    expect(decision).toBe('reject');
    expect(criteria.filter(({ passed }) => passed !== true).map((each) => each.name)).toEqual([name]);
  });

  test('a bound that equals what was observed is met', () => {
    const bound = { minimumRows: 300, minimumF1Improvement: 0.03, maximumSegmentLoss: 0.04 };
    expect(rejudge({ criteria: met }, { ...production, ...bound }).decision).toBe('promote');
  });

  test('cannot be told where segments were not compared and now would be', () => {
    const without = [...met.slice(0, 5), criterion('segment_f1', null, null)];
    expect(rejudge({ criteria: without }, production).decision).toBe('unknown');
    expect(rejudge({ criteria: without }, { ...production, minimumDays: 9 }).decision).toBe('reject');
    expect(rejudge({ criteria: without }, { ...production, maximumSegmentLoss: null }).decision).toBe(
      'promote',
    );
  });

  test('what could not be computed then passes under no bound', () => {
    const unknown = [...met.slice(0, 3), criterion('f1_improvement', null, 0.02), ...met.slice(4)];
    expect(rejudge({ criteria: unknown }, { ...production, minimumF1Improvement: -1 }).decision).toBe(
      'reject',
    );
  });

  test('no labelled row is never enough', () => {
    const none = [criterion('labelled_rows', 0, 0)];
    expect(rejudge({ criteria: none }, { ...production, minimumRows: 0 }).decision).toBe('reject');
  });

  test('of a first model keeps the floors that follow from its own rows', () => {
    const first = [
      criterion('labelled_rows', 300, 200),
      criterion('roc_auc_floor', 0.7, 0.6),
      criterion('brier_floor', 0.1, 0.2),
      { ...criterion('brier_against_base_rate', 0.1, 0.09), passed: false },
    ];
    expect(rejudge({ criteria: first.slice(0, 3) }, production).decision).toBe('promote');
    expect(rejudge({ criteria: first }, production).decision).toBe('reject');
  });
});

test('only what two configurations differ in replaces what was asked for then', () => {
  const then = gateCriteria('conservative');
  const after = gateCriteria('production', { minimum_days: 3 });
  expect(withChanges(then, production, after)).toEqual({ ...then, minimumDays: 3 });
});

test('a decision of 0.3.0, which kept no segments, is read as it was', () => {
  const kept = {
    ...{ decision: 'promote', champion: '1', challenger: '2', rows: 300 },
    ...{ criteria: met, significance: null, preset: 'production', notes: [] },
  };
  expect(storedGateResultDefinition.parse(kept)).toEqual({
    ...kept,
    reason: null,
    segments: null,
    costs: null,
    groups: null,
    selection: null,
    evidence: null,
    evidence_expected_at: null,
  });
});
