import { describe, expect, it, test } from 'vitest';
import type { Table } from '../../src/data/index.ts';
import type { DataIssue } from '../../src/data/results/quality.ts';
import { triageResultDefinition } from '../../src/data/results/triage.ts';
import {
  comparableFeatures,
  type Feature,
  featureTypes,
  findDataIssues,
  measureDrift,
  triage,
} from '../../src/drift/index.ts';
import { driftDefaults, minimumSample } from '../../src/workspace/index.ts';
import { gmscPresent, gmscTable, gmscTitle, gmscWeeks } from './gmsc.ts';
import { loanFeatures, loanSample, withNumbers, withoutColumn } from './loan-sample.ts';

const reference = loanSample(1, 3000);

/** As a monitoring run does it: findings first, drift of what can be compared, then triage. */
function judge(before: Table, current: Table, all: readonly Feature[]) {
  const findings = findDataIssues({ reference: before, current, features: all });
  const features = comparableFeatures({ reference: before, current, features: all });
  const drift =
    features.length === 0
      ? null
      : measureDrift({ reference: before, current, features, ...driftDefaults, minimumRows: minimumSample });
  return triageResultDefinition.parse(triage({ drift, findings }));
}
const ofLoans = (current: Table) => judge(reference, current, loanFeatures);

const doubtful: DataIssue = {
  kind: 'unseen_category',
  feature: 'region',
  rows: 9,
  example: 'centre',
  confidence: 0.6,
  sentence: 'region has a value that the reference never had',
};

describe('triage', () => {
  it('finds no drift in samples of the same population', () => {
    for (let seed = 50; seed < 80; seed++)
      expect(ofLoans(loanSample(seed, 1000)).verdict, `seed ${seed}`).toBe('no_drift');
  });

  it('finds none in the smallest windows either, where fixed thresholds would warn in a third of them', () => {
    const verdicts = Array.from({ length: 100 }, (_, seed) => ofLoans(loanSample(1000 + seed, 200)));
    expect(verdicts.filter(({ verdict }) => verdict === 'no_drift').length).toBeGreaterThanOrEqual(95);
    expect(verdicts.some(({ verdict }) => verdict === 'genuine_drift')).toBe(false);
  });

  it('finds genuine drift when several features move within legal values, and advises to retrain', () => {
    for (let seed = 50; seed < 60; seed++) {
      const result = ofLoans(loanSample(seed, 400, 1));
      expect(result.verdict).toBe('genuine_drift');
      expect(result.advice).toMatch(/^Trigger retraining/);
      expect(result.evidence.join('; ')).toContain('age, income, utilization');
    }
  });

  it('calls it a data issue when one finding is sure, whatever drifted, and advises against retraining', () => {
    const result = ofLoans(withNumbers(loanSample(50, 400, 1), 'income', (income) => income * 1000));
    expect(result.verdict).toBe('data_issue');
    expect(result.advice).toBe('Fix the pipeline that brings these features; do not retrain on this data.');
    expect(result.evidence[0]).toMatch(/^income looks about .* times too large.* \(confidence 85.0 %\)$/);
  });

  it('goes on where a column is missing, and where none can be compared', () => {
    expect(ofLoans(withoutColumn(loanSample(50, 400), 'age')).verdict).toBe('data_issue');
    const nothing = judge(reference, { rows: 400, columns: [] }, loanFeatures);
    expect(nothing.verdict).toBe('data_issue');
    expect(nothing.evidence).toContain('no feature could be compared with the reference');
    expect(nothing.evidence).toContain('1 more finding');
  });

  it('is unsure when one feature moved alone, and advises to escalate', () => {
    const result = ofLoans(withNumbers(loanSample(50, 400), 'income', (income) => income * 1.6));
    expect(result.verdict).toBe('unsure');
    expect(result.advice).toMatch(/^Escalate to the data science team/);
    expect(result.evidence).toContain('moved by more than sampling explains: income');
  });

  it('is unsure when findings are, also beside drift', () => {
    const drift = measureDrift({
      reference,
      current: loanSample(50, 400, 1),
      features: loanFeatures,
      ...driftDefaults,
      minimumRows: minimumSample,
    });
    expect(triage({ drift, findings: [doubtful] })).toMatchObject({
      verdict: 'unsure',
      evidence: [`${doubtful.sentence} (confidence 60.0 %)`, expect.any(String), expect.any(String)],
    });
  });

  it('is unsure with too few rows, and says to wait unless there are findings', () => {
    const few = ofLoans(loanSample(50, 100));
    expect(few).toMatchObject({ verdict: 'unsure', advice: expect.stringMatching(/^Wait for more rows/) });
    expect(few.evidence).toEqual(['100 current rows and 3000 reference rows are too few to judge drift']);
    expect(triage({ drift: null, findings: [doubtful] }).advice).toMatch(/^Escalate/);
  });
});

const title = gmscTitle('on real loan data: four calm weeks no drift, four shifted ones genuine drift');
test.skipIf(!gmscPresent)(title, async () => {
  const weeks = gmscWeeks(await gmscTable('stream.csv'));
  const calm = new Array<string>(4).fill('no_drift');
  const shifted = new Array<string>(4).fill('genuine_drift');
  for (const file of ['reference.csv', 'small_reference.csv']) {
    const before = await gmscTable(file);
    const verdict = (current: Table) => judge(before, current, featureTypes(before, current)).verdict;
    expect(weeks.map(verdict)).toEqual([...calm, ...shifted]);
    expect(verdict(await gmscTable('current_calm.csv'))).toBe('no_drift');
    expect(verdict(await gmscTable('current_shifted.csv'))).toBe('genuine_drift');
  }
});
