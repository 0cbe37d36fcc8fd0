// Figures of scikit-learn 1.9, statsmodels and numpy on the same rows, and for the bootstrap on the same draws.
import { describe, expect, it, test } from 'vitest';
import type { Interval } from '../../src/data/delong.ts';
import { bootstrapIntervals } from '../../src/evaluation/bootstrap-intervals.ts';
import { calibrationCurve } from '../../src/evaluation/calibration-curve.ts';
import { evaluateModel } from '../../src/evaluation/index.ts';
import { segmentFigures } from '../../src/evaluation/segment-figures.ts';
import { thresholdChoices } from '../../src/evaluation/threshold-choices.ts';
import { randomFrom } from '../../src/training/random.ts';
import { tableOf } from '../training/labelled-numbers.ts';

const threshold = 0.4;
const random = randomFrom(7);
const rows = Array.from({ length: 300 }, () => {
  const probability = random() ** 2;
  return { probability, label: Number(random() < probability * 0.8 + 0.05) };
});
const probabilities = Float64Array.from(rows, (row) => row.probability);
const labels = Float64Array.from(rows, (row) => row.label);

function expectInterval(found: Interval | null | undefined, value: number, low: number, high: number): void {
  expect(found?.value).toBeCloseTo(value, 9);
  expect(found?.low).toBeCloseTo(low, 9);
  expect(found?.high).toBeCloseTo(high, 9);
}

test('the bootstrap of F1, Brier score and log loss', () => {
  const found = bootstrapIntervals({ probabilities, labels, threshold, draws: 200, random: randomFrom(3) });
  expectInterval(found.f1, 0.6063829787234043, 0.5201564680087701, 0.6839755284730837);
  expectInterval(found.brier, 0.1518710086279292, 0.1262261697168575, 0.17597453117011383);
  expectInterval(found.log_loss, 0.4843964355619792, 0.4029883928239293, 0.5843701740193542);
});

describe('the calibration curve', () => {
  it('has bins of equal counts, with Wilson intervals and the mean distance', () => {
    const { bins, error } = calibrationCurve(probabilities, labels);
    expect(bins.map((bin) => bin.rows)).toEqual(new Array(10).fill(30));
    expect(bins[0]?.predicted).toBeCloseTo(0.004409077098577022, 12);
    expectInterval(bins[0]?.observed, 1 / 30, 0.005908590381612455, 0.16670390991409176);
    expect(bins[9]?.predicted).toBeCloseTo(0.8929378309745497, 12);
    expectInterval(bins[9]?.observed, 22 / 30, 0.555520383048111, 0.8581733668040368);
    expect(error).toBeCloseTo(0.09351542537900633, 12);
  });

  it('keeps equal probabilities together, and one value is one bin', () => {
    const coarse = probabilities.map((probability) => Math.round(probability * 2) / 2);
    const { bins } = calibrationCurve(coarse, labels);
    expect(bins.map((bin) => bin.predicted)).toEqual([0, 0.5, 1]);
    expect(bins.reduce((sum, bin) => sum + bin.rows, 0)).toBe(300);
    expect(calibrationCurve(new Float64Array(300).fill(0.26), labels)).toMatchObject({
      bins: [{ rows: 300, observed: { value: 0.26 } }],
      error: expect.closeTo(0, 12),
    });
  });
});

test('thresholds flag shares of the rows, the own one among them', () => {
  const choices = thresholdChoices(probabilities, labels, threshold);
  expect(choices.map((each) => each.threshold)).toEqual(
    choices.map((each) => each.threshold).toSorted((a, b) => a - b),
  );
  expect(choices.filter(({ own }) => own).map((each) => each.threshold)).toEqual([threshold]);
  const tenth = choices.find((each) => Math.abs(each.approval_rate - 0.9) < 1e-9);
  expect(tenth?.threshold).toBeCloseTo(0.8189251527037446, 12);
  expect(tenth?.precision).toBeCloseTo(0.7333333333333333, 12);
  expect(tenth?.recall).toBeCloseTo(0.28205128205128205, 12);
  expect(tenth?.f1).toBeCloseTo(0.4074074074074074, 12);
});

test('a segment has its own figures, and says when it has too few positives', () => {
  const first = Uint32Array.from({ length: 60 }, (_, row) => row);
  const found = segmentFigures(
    'region',
    { name: 'region north', rows: first },
    probabilities,
    labels,
    threshold,
  );
  expect(found).toMatchObject({ rows: 60, positives: 9, enough: false });
  expect(found?.predicted).toBeCloseTo(0.3112887248975438, 12);
  expectInterval(found?.observed, 0.15, 0.0809744058016774, 0.2611458906977855);
  expect(found?.precision?.value).toBe(0.25);
  expect(found?.recall?.value).toBeCloseTo(5 / 9, 12);
});

describe('a whole evaluation', () => {
  const features = tableOf({ region: Float64Array.from({ length: 300 }, (_, row) => row % 3) });
  const question = {
    what: 'some rows',
    features,
    threshold,
    segments: [{ name: 'region', type: 'categorical' as const }],
    plan: { bins: 4, binsOf: {} },
  };

  it('cuts segments that hold every row, and is the same for the same seed', () => {
    const asked = { ...question, probabilities, labels };
    const first = evaluateModel({ ...asked, random: randomFrom(1) });
    expect(first.segments.map(({ rows }) => rows)).toEqual([100, 100, 100]);
    expect(evaluateModel({ ...asked, random: randomFrom(1) })).toEqual(first);
  });

  it('has no interval of what one class cannot tell', () => {
    const { metrics } = evaluateModel({
      ...question,
      probabilities: new Float64Array(300).fill(0.1),
      labels: new Float64Array(300),
      random: randomFrom(1),
    });
    const unknown = metrics.filter(({ interval }) => interval === null).map(({ name }) => name);
    expect(unknown).toEqual(['roc_auc', 'precision', 'recall']);
  });
});
