import { describe, expect, it, test } from 'vitest';
import { anytimeEvidence } from '../../src/gate/anytime-evidence.ts';
import { evaluateGate, gateCriteria } from '../../src/gate/index.ts';
import { constant, convincing } from './models.ts';

const counts = {
  positives: { both: 40, champion: 9, challenger: 16, neither: 35 },
  negatives: { both: 30, champion: 22, challenger: 18, neither: 1430 },
};
const alike = {
  positives: { both: 40, champion: 0, challenger: 0, neither: 60 },
  negatives: { both: 30, champion: 0, challenger: 0, neither: 1470 },
};
const scores = (sum: number, squares: number, positives = 0, negatives = 0) => ({
  logLoss: { rows: 1600, sum, squares },
  logLossOfFlagged: { positives, negatives },
  brier: { rows: 1600, sum: 0, squares: 0 },
});

describe('the evidence that may be looked at at any time', () => {
  // The mean over the bets by numerical integration (scipy 1.17.1 quad), a third on the log loss, on F1 and on both together.
  test.each([
    [12.5, 30, 6, -2, 1.8253860759840184],
    [-4, 30, 1, 3, 0.06480151581442811],
    [60, 90, 12, -4, 16.334857792444485],
  ])('of a gain of %d in log loss with squares %d', (sum, squares, positives, negatives, logarithm) => {
    expect(anytimeEvidence(counts, scores(sum, squares, positives, negatives)).logarithm).toBeCloseTo(
      logarithm,
      10,
    );
  });

  it('is none, e to the 0, where the models say the same', () => {
    expect(anytimeEvidence(alike, scores(0, 0)).logarithm).toBe(0);
  });

  it('says how many times the rows it takes: so many make it as strong as wanted', () => {
    const once = anytimeEvidence(alike, scores(4, 20));
    const times = once.timesUntil(6) ?? 0;
    expect(times).toBeGreaterThan(2);
    expect(anytimeEvidence(alike, scores(4 * times, 20 * times)).logarithm).toBeCloseTo(6, 4);
    expect(once.timesUntil(once.logarithm)).toBe(1);
    expect(anytimeEvidence(alike, scores(-4, 20)).timesUntil(3)).toBeNull();
  });
});

describe('the seventh criterion', () => {
  const judged = (earlierChallengers: number, criteria = gateCriteria('production')) =>
    evaluateGate({ ...convincing(), earlierChallengers, criteria });

  it('asks the more of a challenger, the more of them this champion has seen: 1 / (k (k + 1)) of the error for the k-th', () => {
    const [first, tenth] = [judged(0).evidence, judged(9).evidence];
    expect((tenth?.false_promotion ?? 0) / (first?.false_promotion ?? 1)).toBeCloseTo(110 / 2, 6);
    expect(first).toMatchObject({ challenger_number: 1, error_spent: 0.025, rows_needed: 0, counted: true });
    expect(tenth?.error_spent).toBeCloseTo(0.05 * (10 / 11), 12);
  });

  it('rejects for want of evidence alone, and says how many rows would do', () => {
    const { decision, reason, evidence, criteria } = judged(60);
    expect([decision, reason]).toEqual(['reject', 'not_enough_evidence']);
    expect(evidence?.rows_needed).toBeGreaterThan(20);
    expect(criteria.at(-1)?.detail).toMatch(
      /^Not enough evidence that version 3 is better: .* \(challenger 61 of this champion\)\. About \d+ more labelled rows would tell, if they are like the 400 seen\.$/,
    );
  });

  it('says when more of the same rows would not help', () => {
    const { champion } = convincing();
    if (champion === null) throw new Error('a champion is there');
    const { criteria, evidence, reason } = evaluateGate({
      ...convincing(),
      challenger: { ...champion, version: '3', threshold: 0.99 },
    });
    expect(reason).toBe('criteria_not_met');
    expect(evidence).toMatchObject({ rows_needed: null, false_promotion: 1 });
    expect(criteria.at(-1)?.detail).toContain('do not speak for it');
  });

  it('counts no challenger that rows, coverage or days rule out beforehand', () => {
    const counted = (change: object) => evaluateGate({ ...convincing(), ...change }).evidence?.counted;
    expect(counted({ daysSincePromotion: 3 })).toBe(false);
    expect(counted({ coverage: 0.1 })).toBe(false);
    expect(counted({ challenger: constant('3', 400, 0.2) })).toBe(true);
  });

  it('is left out where null is asked for', () => {
    const none = judged(60, gateCriteria('production', { maximum_false_promotion: null }));
    expect(none.decision).toBe('promote');
    expect(none.criteria.at(-1)).toMatchObject({ passed: true, required: null });
  });
});
