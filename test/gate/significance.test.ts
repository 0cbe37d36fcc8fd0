import { describe, expect, it, test } from 'vitest';
import { delongTest } from '../../src/data/delong.ts';
import { gateSignificanceDefinition } from '../../src/data/results/gate.ts';
import { evaluateGate } from '../../src/gate/index.ts';
import { mcnemarExact } from '../../src/gate/mcnemar.ts';
import { convincing, uniform } from './models.ts';

/** 500 rows, one model with ties and one without; the reference figures were computed from the same generator. */
function sample() {
  const next = uniform(12345);
  const labels = new Uint8Array(500);
  const first = new Float64Array(500);
  const second = new Float64Array(500);
  for (let row = 0; row < 500; row++) {
    const label = next() < 0.2 ? 1 : 0;
    first[row] = 0.7 * next() + 0.3 * label * next();
    second[row] = Math.floor(10 * (0.5 * next() + 0.5 * label * next())) / 10;
    labels[row] = label;
  }
  return { labels, first, second };
}

describe("McNemar's exact test", () => {
  // statsmodels 0.15 mcnemar(exact=True); 150 and 86 are Agresti's approval ratings, where R gives 3.716e-05, too.
  test.each([
    [150, 86, 3.7159361395713866e-5],
    [10, 5, 0.30175781249999994],
    [1, 9, 0.021484375],
    [121, 59, 4.4344492637551645e-6],
    [0, 30, 1.862645149230957e-9],
    [300_000, 301_500, 0.053262450272158944],
    [100_000, 100_000, 1],
    [0, 1, 1],
  ])('of %d and %d discordant rows equals statsmodels', (first, second, expected) => {
    expect(Math.abs(mcnemarExact(first, second) / expected - 1)).toBeLessThan(1e-8);
    expect(mcnemarExact(second, first)).toBe(mcnemarExact(first, second));
  });

  it('finds nothing where no row is discordant', () => {
    expect(mcnemarExact(0, 0)).toBe(1);
  });
});

describe('the test of DeLong', () => {
  it('equals R pROC 1.19.1 on its aSAH data (Turck et al. 2010): s100b against wfns, Z = -2.209, p = 0.02718', () => {
    const result = delongTest(s100b, wfns, outcome);
    expect(result?.difference).toBeCloseTo(0.82367886178861793 - 0.73136856368563685, 12);
    expect(result?.pValue).toBeCloseTo(0.02717578222918815, 12);
  });

  it('equals the definition over all pairs, computed with numpy 2.4', () => {
    const { labels, first, second } = sample();
    const result = delongTest(first, second, labels);
    expect(result?.difference).toBeCloseTo(0.1337877466909725, 12);
    expect(result?.pValue).toBeCloseTo(0.0017614755327191383, 12);
    const few = delongTest(
      Float64Array.of(0.1, 0.4, 0.35, 0.8, 0.8, 0.65, 0.2, 0.9, 0.05, 0.5, 0, 1),
      Float64Array.of(0.2, 0.3, 0.7, 0.6, 0.5, 0.5, 0.1, 0.8, 0.2, 0.4, 0.1, 0.4),
      [0, 0, 1, 1, 0, 1, 0, 1, 0, 0, 0, 1],
    );
    expect(few?.difference).toBeCloseTo(0.0714285714285714, 12);
    expect(few?.pValue).toBeCloseTo(0.5144876713535859, 12);
  });

  it('negates the difference and keeps the p-value when the models change places, whatever the rows', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const next = uniform(seed * 7919);
      const rows = 5 + Math.floor(next() * 60);
      const labels = Uint8Array.from({ length: rows }, () => (next() < 0.4 ? 1 : 0));
      const draw = () => Float64Array.from({ length: rows }, () => Math.round(next() * 12) / 12);
      const [first, second] = [draw(), draw()];
      const there = delongTest(first, second, labels);
      const back = delongTest(second, first, labels);
      expect(-(back?.difference ?? 0)).toBeCloseTo(there?.difference ?? 0, 14);
      if (there?.pValue === null) expect(back?.pValue).toBeNull();
      else expect(back?.pValue).toBeCloseTo(there?.pValue ?? 0, 12);
    }
  });

  it('says nothing on one class, on a single positive row, and where every placement moves alike', () => {
    const models = [Float64Array.of(0.1, 0.6, 0.4, 0.9), Float64Array.of(0.9, 0.4, 0.6, 0.1)] as const;
    expect(delongTest(...models, [1, 1, 1, 1])).toBeNull();
    expect(delongTest(...models, [0, 0, 0, 0])).toBeNull();
    expect(delongTest(...models, [0, 0, 0, 1])).toEqual({ difference: -1, pValue: null });
    const perfect = Float64Array.of(0.1, 0.2, 0.8, 0.9);
    const inverse = perfect.toReversed();
    expect(delongTest(perfect, inverse, [0, 0, 1, 1])).toEqual({ difference: -1, pValue: null });
  });

  it('finds no difference between a model and itself', () => {
    const { labels, first } = sample();
    expect(delongTest(first, first, labels)).toEqual({ difference: 0, pValue: 1 });
  });
});

describe('the evidence beside the criteria', () => {
  // The paired t-tests: scipy 1.17.1 ttest_rel of the two losses.
  it('takes the challenger less the champion, each at its own threshold', () => {
    const { labels, first, second } = sample();
    const result = evaluateGate({
      ...convincing(),
      labels,
      champion: { version: '2', threshold: 0.5, probabilities: first },
      challenger: { version: '3', threshold: 0.4, probabilities: second },
      segments: [],
    });
    expect(result.significance).toMatchObject({ only_champion_right: 83, only_challenger_right: 126 });
    expect(result.significance?.mcnemar_p).toBeCloseTo(0.0035689348245231275, 12);
    expect(result.significance?.roc_auc_difference).toBeCloseTo(0.1337877466909725, 12);
    expect(result.significance?.log_loss_difference).toBeCloseTo(-0.12331441031139402, 12);
    expect(result.significance?.log_loss_p).toBeCloseTo(0.000269586106439635, 12);
    expect(result.significance?.brier_difference).toBeCloseTo(-0.0670035715132224, 12);
    expect((result.significance?.brier_p ?? 0) / 6.4606044816673345e-12).toBeCloseTo(1, 8);
    expect(result.criteria[3]?.observed).toBeCloseTo(0.5361702127659574 / 0.3770491803278688 - 1, 11);
    expect(result.criteria[4]?.observed).toBeCloseTo(0.11448000000000001 - 0.18148357151322245, 11);
  });

  it('is null without a champion, and null in each figure on rows that cannot be compared', () => {
    expect(evaluateGate({ ...convincing(), champion: null }).significance).toBeNull();
    expect(evaluateGate({ ...convincing(), labels: new Uint8Array(400) }).significance).toEqual(
      Object.fromEntries(Object.keys(gateSignificanceDefinition.shape).map((name) => [name, null])),
    );
  });
});

// biome-ignore format: 113 patients, a table of figures
const outcome = [
  0,0,0,0,1,1,0,1,0,0,1,0,1,1,0,0,1,0,1,1,1,0,1,0,0,0,0,0, 0,0,0,0,1,0,0,1,1,0,1,1,0,0,0,0,0,0,0,0,0,1,1,0,0,0,1,0,
  0,0,1,0,1,0,0,1,1,1,0,1,1,0,1,1,1,1,0,0,0,1,1,0,1,0,0,0, 0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,1,1,1,1,1,1,0,0,0,1,0,0, 0,
];
// biome-ignore format: the same patients
const s100b = Float64Array.of(
  0.13,0.14,0.1,0.04,0.13,0.1,0.47,0.16,0.18,0.1,0.12,0.1,0.44,0.71, 0.04,0.08,0.49,0.04,0.07,0.33,0.09,0.09,0.07,0.11,0.07,0.17,0.07,0.11,
  0.13,0.19,0.05,0.16,0.41,0.14,0.34,0.35,0.48,0.09,0.96,0.25,0.5,0.46, 0.16,0.07,0.43,0.45,0.11,0.08,0.09,0.86,0.52,0.08,0.06,0.13,2.07,0.1,
  0.14,0.15,0.07,0.06,0.77,0.05,0.09,0.3,0.03,0.09,0.04,0.23,0.7,0.09, 0.27,0.71,0.08,0.26,0.08,0.16,0.09,0.13,0.1,0.08,0.11,0.33,0.11,0.28,
  0.07,0.1,0.32,0.22,0.07,0.05,0.24,0.38,0.1,0.15,0.08,0.14,0.1,0.07, 0.04,0.19,0.56,0.14,0.58,0.32,0.82,0.74,0.15,0.47,0.17,0.44,0.15,0.5, 0.48,
);
// biome-ignore format: the same patients
const wfns = Float64Array.of(
  1,1,1,1,3,2,5,4,1,2,5,2,5,5,1,2,5,2,2,5,2,1,1,1,1,2,1,2, 1,1,3,4,2,1,4,5,4,1,4,2,5,5,1,1,2,4,1,1,2,5,5,2,1,2,5,1,
  2,2,2,1,5,1,1,2,5,2,1,4,5,2,4,4,1,4,1,2,1,4,2,1,2,3,2,4, 2,1,4,5,1,1,5,4,2,2,1,1,1,3,1,2,5,2,2,5,5,5,2,4,4,5,1,1, 1,
);
