import { describe, expect, it, test } from 'vitest';
import { calibrated } from '../../src/scoring/index.ts';
import { isotonicRegression } from '../../src/training/calibration/isotonic-regression.ts';
import { plattScaling } from '../../src/training/calibration/platt-scaling.ts';
import { type CalibrationMethod, chooseCalibration } from '../../src/training/index.ts';
import { randomFrom } from '../../src/training/random.ts';

const signal = new AbortController().signal;

/** Sixty rows with many equal scores, and weights of which some are 0. */
const scores = Float64Array.of(
  -2,
  -1.6,
  -2.4,
  -3.3,
  -2.7,
  -3.5,
  -1.9,
  0,
  -2.7,
  -2.9,
  -1.3,
  -1.5,
  -1.8,
  -3.4,
  -2,
  -1,
  -4,
  -2.7,
  -4.9,
  -3.9,
  -4.8,
  -2.4,
  -3.9,
  -1.6,
  -1.8,
  -2.3,
  -5.8,
  -2.8,
  -2.1,
  -1.8,
  -4.3,
  -2.7,
  -3.5,
  -3.2,
  -0.4,
  -3.2,
  -2,
  -0.7,
  -2.9,
  -2.2,
  -1.8,
  -1.9,
  -3.8,
  -1.9,
  0,
  -4.3,
  -0.7,
  -1.8,
  -3,
  1,
  -0.9,
  -3.8,
  -1.9,
  -1.1,
  -2.3,
  -1,
  -2.1,
  -1,
  0.2,
  -3,
);
const labels = Float64Array.of(
  0,
  0,
  0,
  0,
  0,
  0,
  1,
  0,
  0,
  0,
  1,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  1,
  0,
  0,
  0,
  0,
  0,
  1,
  0,
  1,
  0,
  0,
  0,
  0,
  0,
  0,
  1,
  0,
  0,
  0,
  0,
  1,
  0,
  0,
  0,
  1,
  0,
  0,
  1,
  1,
  1,
  1,
);
const weights = Float64Array.of(
  3,
  2,
  1,
  3,
  3,
  2,
  0,
  2,
  0,
  0,
  0,
  0,
  3,
  1,
  0,
  0,
  1,
  1,
  1,
  3,
  3,
  2,
  3,
  1,
  0,
  1,
  0,
  3,
  0,
  1,
  0,
  3,
  0,
  2,
  3,
  2,
  3,
  3,
  3,
  2,
  2,
  2,
  3,
  1,
  3,
  3,
  1,
  1,
  2,
  3,
  0,
  0,
  0,
  1,
  0,
  2,
  2,
  3,
  2,
  1,
);
const asked = [-7, -3.27, -2.95, -2.45, -1.95, -1.55, -1.25, -1.05, -0.95, -0.83, -0.2, 0.1, 0.6, 4];

/**
 * Isotonic: scikit-learn 1.9.1, `IsotonicRegression(y_min=0, y_max=1, out_of_bounds='clip')`. Platt: mpmath with 40 digits, the
 * root of the likelihood's derivatives; scikit-learn's own `_sigmoid_calibration` stops within 1e-8 of it.
 */
const expected = [
  {
    name: 'all rows the same',
    weights: undefined,
    points: [-5.8, -3.3, -3.2, -2.2, -2.1, -1.5, -1.3, -0.4, 0, 0.2, 1],
    isotonic: [
      0, 0.03749999999999989, 0.125, 0.125, 0.17647058823529413, 0.17647058823529413, 0.4444444444444444,
      0.4444444444444444, 0.4444444444444444, 0.4444444444444444, 0.4722222222222222, 0.75, 1, 1,
    ],
    slope: 0.8357728589758938,
    intercept: 0.251038574108944,
  },
  {
    name: 'weighted rows',
    weights,
    points: [-4.9, -3.3, -3.2, -2.2, -2.1, -1.6, -1.1, -0.4, 0, 0.2, 1],
    isotonic: [
      0, 0.03461538461538451, 0.11538461538461539, 0.11538461538461539, 0.14285714285714285,
      0.18241758241758244, 0.41978021978021984, 0.5384615384615384, 0.5384615384615384, 0.5384615384615384,
      0.5692307692307692, 0.8, 1, 1,
    ],
    slope: 1.0307902902967505,
    intercept: 0.6278889103102056,
  },
];

describe.each(expected)('with $name', ({ weights, points, isotonic, slope, intercept }) => {
  it('isotonic regression is that of scikit-learn: its points, and the lines between and beyond them', () => {
    const line = isotonicRegression({ scores, labels, weights });
    expect(line.scores).toEqual(points);
    const answers = asked.map((score) =>
      calibrated({ kind: 'isotonic', scores: line.scores, probabilities: line.values }, score),
    );
    for (const [place, answer] of answers.entries())
      expect(answer).toBeCloseTo(isotonic[place] ?? Number.NaN, 12);
  });

  it('the sigmoid has the greatest likelihood of the smoothed labels', async () => {
    const found = await plattScaling({ scores, labels, weights }, signal);
    expect(found.slope).toBeCloseTo(slope, 9);
    expect(found.intercept).toBeCloseTo(intercept, 9);
  });
});

/** Scores `times` as large as the log odds by which the outcomes come. */
function overconfident(rows: number, times: number) {
  const random = randomFrom(3);
  const odds = Float64Array.from({ length: rows }, () => 4 * random() - 3);
  const labels = odds.map((odd) => Number(random() < 1 / (1 + Math.exp(-odd))));
  const scores = odds.map((odd) => odd * times);
  return { scores, labels, probabilities: scores.map((score) => 1 / (1 + Math.exp(-score))) };
}

function choose(method: CalibrationMethod, times: number, rows = 1500) {
  const all = overconfident(2 * rows, times);
  const part = (from: number, to: number) => ({
    scores: all.scores.slice(from, to),
    labels: all.labels.slice(from, to),
    probabilities: all.probabilities.slice(from, to),
  });
  return chooseCalibration({ method, calibration: part(0, rows), validation: part(rows, 2 * rows), signal });
}

describe('auto', () => {
  it('calibrates a model that is too sure of itself, and says by how much the log loss falls', async () => {
    const { calibration, result } = await choose('auto', 4);
    expect(calibration?.kind).toBe('sigmoid');
    expect(calibration?.kind === 'sigmoid' && calibration.slope).toBeCloseTo(0.25, 1);
    expect(result).toMatchObject({ asked: 'auto', method: 'sigmoid', rows: 1500 });
    expect(result.log_loss?.sigmoid).toBeLessThan((result.log_loss?.none ?? 0) - 0.1);
  });

  it('keeps the probabilities of a model that needs no calibration', async () => {
    const { calibration, result } = await choose('auto', 1);
    expect(calibration).toBeUndefined();
    expect(result.method).toBe('none');
    expect(result.log_loss?.sigmoid).toBeGreaterThanOrEqual(result.log_loss?.none ?? Number.NaN);
  });
});

test.each([
  ['one outcome', Float64Array.of(1, 2, 3), Float64Array.of(0, 0, 0), 'none of them has target 1'],
  ['one score', Float64Array.of(2, 2, 2), Float64Array.of(0, 1, 0), 'answers the same for all'],
  [
    'a ranking upside down',
    Float64Array.of(1, 2, 3, 4),
    Float64Array.of(1, 1, 0, 0),
    'scores fall where the outcomes rise',
  ],
])('a sigmoid is refused on rows with %s, and auto does without', async (_, scores, labels, why) => {
  const rows = { scores, labels };
  const validation = { ...rows, probabilities: scores.map((score) => score / 10) };
  const question = { calibration: rows, validation, signal };
  await expect(chooseCalibration({ ...question, method: 'sigmoid' })).rejects.toThrow(
    expect.objectContaining({ why: expect.stringContaining(why) }),
  );
  const { result } = await chooseCalibration({ ...question, method: 'auto' });
  expect(result.log_loss?.sigmoid).toBeNull();
});
