import { describe, expect, test } from 'vitest';
import { requireNumeric, type Table } from '../../src/data/index.ts';
import { type AnsweredRows, defaultRules, measureAnswers, withBeside } from '../../src/drift/index.ts';
import { measureDrift } from '../../src/drift/measure-drift.ts';
import { randomFrom } from '../../src/training/random.ts';
import { loanFeatures, loanSample, withNumbers } from './loan-sample.ts';

const falseAlarms = 0.05;
const rules = { ...defaultRules, falseAlarms };

/** Loans of a model that is calibrated; `change` moves the truth away from what it says. */
function answered(
  seed: number,
  rows: number,
  change: (age: number, probability: number) => number = (_, probability) => probability,
): AnsweredRows {
  const features = loanSample(seed, rows);
  const random = randomFrom(seed + 1);
  const age = requireNumeric(features, 'age').values;
  const utilization = requireNumeric(features, 'utilization').values;
  const probabilities = age.map(
    (years, row) => 1 / (1 + Math.exp(0.05 * years - 2 * (utilization[row] ?? 0))),
  );
  const labels = probabilities.map((p, row) => Number(random() < change(age[row] ?? 0, p)));
  return {
    features,
    prediction: { kind: 'numeric', name: 'probability', type: 'number', values: probabilities },
    label: { kind: 'numeric', name: 'defaulted', type: 'integer', values: labels },
  };
}

function ask(reference: AnsweredRows, current: AnsweredRows, labelled = current) {
  return measureAnswers({ reference, current, labelled, features: loanFeatures, rules, minimumRows: 200 });
}

describe('a model whose errors rose among the young alone', () => {
  const reference = answered(1, 4_000);
  const current = answered(100, 2_000, (age, p) => (age < 40 ? Math.min(1, p + 0.25) : p));
  const found = ask(reference, current);

  test('has drifted by concept, not by its inputs and answers', () => {
    expect(found.prediction).toMatchObject({ name: 'probability', type: 'numerical', drifted: false });
    expect(found.concept).toMatchObject({ drifted: true, labelled: 2_000 });
    const drift = measureDrift({
      reference: reference.features,
      current: current.features,
      features: loanFeatures,
      warningShare: 0.3,
      criticalShare: 0.5,
      minimumRows: 200,
      falseAlarms,
    });
    expect(drift.status).toBe('OK');
    expect(withBeside(drift, found)).toMatchObject({ status: 'WARNING', features_drifted: 0 });
  });

  test('is told by the segment, in words', () => {
    expect(found.concept?.sentence).toMatch(
      /^errors rose in age up to 38: residual [+−]0\.0\d → \+0\.2\d over \d+ labelled rows$/,
    );
    const named = found.concept?.segments.filter(({ drifted }) => drifted) ?? [];
    expect(named[0]).toMatchObject({ feature: 'age', drifted: true });
    expect(named.every(({ q_value }) => q_value < falseAlarms)).toBe(true);
  });
});

test('a model that errs as it did is called drifted in no more reports than stated', () => {
  const reports = 150;
  let alarms = 0;
  for (let report = 0; report < reports; report++) {
    const rare = (_: number, p: number) => p / 4;
    const scaled = (rows: AnsweredRows): AnsweredRows =>
      rows.prediction?.kind === 'numeric'
        ? { ...rows, prediction: { ...rows.prediction, values: rows.prediction.values.map((p) => p / 4) } }
        : rows;
    const found = ask(
      scaled(answered(2_000 + 3 * report, 1_500, rare)),
      scaled(answered(9_000 + 3 * report, 400, rare)),
    );
    alarms += Number(found.concept?.drifted);
  }
  // At a rate of 5 % more than 14 of 150 come with a chance of 1 %.
  expect(alarms).toBeLessThanOrEqual(14);
});

test('labels that came more often are label drift', () => {
  const found = ask(
    answered(1, 3_000),
    answered(100, 3_000, (_, p) => Math.min(1, p + 0.3)),
  );
  expect(found.label).toMatchObject({ name: 'defaulted', type: 'categorical', drifted: true });
  expect(found.concept?.sentence).toMatch(/^errors rose /);
});

test('answers that moved with the inputs are prediction drift, and no concept drift', () => {
  const reference = answered(1, 3_000);
  const before = requireNumeric(reference.features, 'utilization').values;
  const features: Table = withNumbers(reference.features, 'utilization', (value) => Math.min(1, value + 0.4));
  const after = requireNumeric(features, 'utilization').values;
  const random = randomFrom(5);
  if (reference.prediction?.kind !== 'numeric') throw new Error('no probabilities');
  const probabilities = reference.prediction.values.map((p, row) => {
    const odds = (p / (1 - p)) * Math.exp(2 * ((after[row] ?? 0) - (before[row] ?? 0)));
    return odds / (1 + odds);
  });
  const found = ask(reference, {
    features,
    prediction: { ...reference.prediction, values: probabilities },
    label: {
      kind: 'numeric',
      name: 'defaulted',
      type: 'integer',
      values: probabilities.map((p) => Number(random() < p)),
    },
  });
  expect(found.prediction?.drifted).toBe(true);
  expect(found.concept?.drifted).toBe(false);
});

test('few labels say nothing of the errors, and that is said', () => {
  const few = answered(1, 1_000);
  if (few.label?.kind !== 'numeric') throw new Error('no labels');
  const label = { ...few.label, values: few.label.values.map((y, row) => (row < 150 ? y : Number.NaN)) };
  const found = ask(answered(7, 1_000), { ...few, label });
  expect(found.concept).toBeUndefined();
  expect(found.notes).toEqual(['errors are not judged: fewer than 200 labelled rows on a side']);
});

test('classes in place of probabilities are compared as categories, and have no residuals', () => {
  const classes = (seed: number): AnsweredRows => {
    const { label, ...rows } = answered(seed, 500);
    const values = requireNumeric(rows.features, 'late').values.map((late) => Math.min(3, late));
    return { ...rows, label, prediction: { kind: 'numeric', name: 'class', type: 'integer', values } };
  };
  const found = ask(classes(1), classes(20));
  expect(found.prediction).toMatchObject({ type: 'categorical', drifted: false });
  expect(found.concept).toBeUndefined();
  expect(found.notes).toBeUndefined();
});
