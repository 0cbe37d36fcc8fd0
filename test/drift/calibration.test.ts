import { describe, expect, it, test } from 'vitest';
import { type NumericColumn, type Table, takeRows } from '../../src/data/index.ts';
import type { DriftCalibration } from '../../src/data/results/drift-calibration.ts';
import { blockLength } from '../../src/drift/calibration/block-length.ts';
import { calibratedLimits } from '../../src/drift/calibration/calibrated-limits.ts';
import { commonLimits } from '../../src/drift/calibration/common-level.ts';
import { drawBlocks } from '../../src/drift/calibration/draw-blocks.ts';
import {
  type CalibrationQuestion,
  calibrateThresholds,
  defaultRules,
  driftTests,
  featureTypes,
  measureDrift,
} from '../../src/drift/index.ts';
import { randomFrom } from '../../src/training/random.ts';
import { driftDefaults } from '../../src/workspace/index.ts';
import { gmscPresent, gmscTable, gmscTitle } from './gmsc.ts';
import { loanFeatures, loanSample, withNumbers } from './loan-sample.ts';

const signal = new AbortController().signal;

async function calibrate(
  reference: Table,
  asked: Partial<CalibrationQuestion> & Pick<CalibrationQuestion, 'sizes'>,
): Promise<DriftCalibration> {
  const rules = { ...defaultRules, falseAlarms: 0.05 };
  const question = { reference, ordered: false, features: featureTypes(reference, reference), rules };
  const figures = await calibrateThresholds({ ...question, draws: 300, signal, ...asked });
  return {
    format: 1,
    made_at: '2026-08-03T00:00:00.000Z',
    false_alarms: 0.05,
    seed: 42,
    draws: asked.draws ?? 300,
    reference: { name: 'reference', rows: reference.rows, sha256: '' },
    time: null,
    sizes: [...asked.sizes],
    ...figures,
  };
}

/** Share of windows that are named by chance alone: whatever is large enough to matter is held against it. */
function named(calibration: DriftCalibration, reference: Table, windows: readonly Table[]): number {
  const everyDistance = new Map(calibration.features.map(({ name }) => [name, 1e-12]));
  const results = windows.map((current) =>
    measureDrift({
      ...driftDefaults,
      minimumRows: 0,
      reference,
      current,
      features: featureTypes(reference, current),
      plan: { thresholdByFeature: everyDistance },
      calibration: calibratedLimits(calibration),
    }),
  );
  return results.filter(({ features }) => features.some(({ drifted }) => drifted)).length / windows.length;
}

/** Two features of one first-order autoregression: each row is like the ones before it. */
function alikeRows(seed: number, rows: number): Table {
  const random = randomFrom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  let state = 4 * normal();
  const column = (name: string): NumericColumn => {
    const values = Float64Array.from({ length: rows }, () => {
      state = 0.8 * state + normal();
      return state;
    });
    return { kind: 'numeric', name, type: 'number', values };
  };
  return { rows, columns: [column('x'), column('y')] };
}

describe('thresholds from resampling the reference', () => {
  it('are reached in about 1 of 20 reports in which nothing moved, also between the sizes drawn', async () => {
    const reference = loanSample(1, 4000);
    const calibration = await calibrate(reference, { features: loanFeatures, sizes: [200, 1000] });
    for (const rows of [200, 450, 1000]) {
      const windows = Array.from({ length: 300 }, (_, window) => loanSample(1000 + window, rows));
      const share = named(calibration, reference, windows);
      expect(share).toBeGreaterThan(0.01);
      expect(share).toBeLessThan(0.1);
    }
  });

  it('of rows alike in time are reached far too often where rows were drawn one by one, rightly in blocks', async () => {
    const shares = { alone: 0, together: 0 };
    for (const seed of [1, 2, 3]) {
      const reference = alikeRows(seed, 6000);
      const windows = Array.from({ length: 150 }, (_, window) => alikeRows(1000 * seed + window, 500));
      const alone = await calibrate(reference, { sizes: [500] });
      const together = await calibrate(reference, { ordered: true, sizes: [500] });
      expect(alone.block_rows).toBe(1);
      shares.alone += named(alone, reference, windows) / 3;
      shares.together += named(together, reference, windows) / 3;
    }
    expect(shares.alone).toBeGreaterThan(0.5);
    expect(shares.together).toBeGreaterThan(0.015);
    expect(shares.together).toBeLessThan(0.1);
  });

  it('still name what moved', async () => {
    const reference = loanSample(1, 4000);
    const calibration = await calibrate(reference, { features: loanFeatures, sizes: [500] });
    const result = measureDrift({
      ...driftDefaults,
      minimumRows: 0,
      reference,
      current: loanSample(2, 500, 0.6),
      features: loanFeatures,
      calibration: calibratedLimits(calibration),
    });
    const drifted = result.features.filter((feature) => feature.drifted).map(({ name }) => name);
    expect(drifted).toEqual(['age', 'income', 'utilization']);
    expect(result.false_alarms).toEqual({
      expected: 0.05,
      basis: 'calibration',
      sentence: 'expected 1 false alarm in 20 reports',
    });
  });

  it('take p-values and missing values too, and are the same for one seed', async () => {
    const reference = withNumbers(loanSample(1, 2000), 'age', (age, row) =>
      row % 7 === 0 ? Number.NaN : age,
    );
    const rules = { ...defaultRules, falseAlarms: 0.05, plan: { numerical: 'ks' as const } };
    const asked = { rules, features: loanFeatures, sizes: [200], draws: 200 };
    const calibration = await calibrate(reference, asked);
    const [age, income] = calibration.features;
    expect(age).toMatchObject({ test: 'ks', missing: [expect.any(Number)] });
    expect(income).toMatchObject({ test: 'ks', missing: null });
    expect(age?.thresholds[0]).toBeGreaterThan(0.001);
    expect(age?.thresholds[0]).toBeLessThan(0.05);
    expect(age?.missing?.[0]).toBeGreaterThan(0.03);
    expect(await calibrate(reference, asked)).toEqual(calibration);
  });

  it('are no threshold of another test: what chance explains in theory stands in, and no rate is promised', async () => {
    const reference = loanSample(1, 2000);
    const calibration = await calibrate(reference, { features: loanFeatures, sizes: [200], draws: 200 });
    const question = {
      ...driftDefaults,
      minimumRows: 0,
      reference,
      current: loanSample(2, 200),
      features: loanFeatures,
      plan: { byFeature: new Map([['age', 'ks' as const]]) },
    };
    const result = measureDrift({ ...question, calibration: calibratedLimits(calibration) });
    expect(result.false_alarms).toBeUndefined();
    expect(result.features[0]?.threshold).toBe(measureDrift(question).features[0]?.threshold);
  });
});

describe('thresholds by rows', () => {
  const limits = calibratedLimits({
    format: 1,
    made_at: '2026-08-03T00:00:00.000Z',
    false_alarms: 0.05,
    standard_error: 0.007,
    seed: 42,
    draws: 1000,
    reference: { name: 'r', rows: 10_000, sha256: '' },
    time: null,
    block_rows: 1,
    sizes: [200, 2000],
    features: [
      { name: 'x', test: 'robust_wasserstein', thresholds: [0.2, 0.07], missing: null },
      { name: 'y', test: 'ks', thresholds: [0.01, 0.02], missing: null },
    ],
    not_calibrated: [],
  });
  const distance = (current: number, reference = 10_000) =>
    limits.limitOf('x', driftTests.robust_wasserstein, { reference, current }) ?? Number.NaN;

  it('are those drawn at the sizes drawn, and fall with the noise of both sides in between and beyond', () => {
    expect(distance(200)).toBeCloseTo(0.2, 12);
    expect(distance(2000)).toBeCloseTo(0.07, 12);
    expect(distance(632)).toBeLessThan(0.2);
    expect(distance(632)).toBeGreaterThan(0.07);
    expect(distance(8000)).toBeCloseTo(0.07 * Math.sqrt((1 / 1e4 + 1 / 8000) / (1 / 1e4 + 1 / 2000)), 12);
    expect(distance(2000, 500)).toBeCloseTo(
      0.07 * Math.sqrt((1 / 500 + 1 / 2000) / (1 / 1e4 + 1 / 2000)),
      12,
    );
  });

  it('of p-values do not fall with the rows', () => {
    const chance = (current: number) => limits.limitOf('y', driftTests.ks, { reference: 500, current });
    expect([100, 200, 2000, 1e6].map(chance)).toEqual([0.01, 0.01, 0.02, 0.02]);
    expect(chance(632)).toBeCloseTo(0.015, 3);
  });
});

describe('one chance for several scores', () => {
  const random = randomFrom(8);
  const exponential = (draws: number) => Float64Array.from({ length: draws }, () => -Math.log(1 - random()));

  it('is that of their number where they are independent, and of one where they are one', () => {
    const independent = Array.from({ length: 10 }, () => exponential(4000));
    for (const limit of commonLimits(independent, 0.05))
      expect(Math.exp(-limit)).toBeCloseTo(1 - 0.95 ** (1 / 10), 2);
    const same = exponential(4000);
    for (const limit of commonLimits([same, same, same], 0.05)) expect(Math.exp(-limit)).toBeCloseTo(0.05, 2);
  });

  it('lets nothing pass that has one value, and holds for levels that are not small', () => {
    const [constant, other] = commonLimits([new Float64Array(500), exponential(500)], 0.3);
    expect(constant).toBeGreaterThan(0);
    expect(Math.exp(-(other ?? 0))).toBeCloseTo(0.3, 1);
  });
});

describe('rows drawn together', () => {
  it('are single where neighbours are independent, and more the longer they are alike', () => {
    const alike = (part: number) => {
      const random = randomFrom(4);
      let state = 0;
      return blockLength(
        Float64Array.from({ length: 8000 }, () => {
          state = part * state + random() - 0.5;
          return state;
        }),
      );
    };
    expect(alike(0)).toBeLessThan(6);
    // (2 (2 a / (1 - a)²)² / (4/3 ((1 + a) / (1 - a))²))^(1/3) n^(1/3), for the autoregression's own covariances.
    const ideal = (a: number) => Math.cbrt(6 * 8000 * (a / (1 - a ** 2)) ** 2);
    for (const part of [0.5, 0.9]) {
      expect(alike(part)).toBeGreaterThan(ideal(part) / 2);
      expect(alike(part)).toBeLessThan(2 * ideal(part));
    }
    expect(blockLength(new Float64Array(100).fill(3))).toBe(1);
  });

  it('are runs of neighbours, as many as asked in all', () => {
    const drawn = drawBlocks(1000, 105, 25, randomFrom(1));
    expect(drawn).toHaveLength(105);
    for (const place of drawn.keys())
      if (place % 25 > 0) expect(drawn[place]).toBe((drawn[place - 1] ?? 0) + 1);
    expect(Math.max(...drawn)).toBeLessThan(1000);
  });
});

test.skipIf(!gmscPresent)(
  gmscTitle('real loan data: calibrated on 3,000 rows, 1 report in 20 of others names a feature'),
  async () => {
    const population = await gmscTable('reference.csv');
    const random = randomFrom(5);
    const draw = (rows: number) =>
      takeRows(
        population,
        Uint32Array.from({ length: rows }, () => Math.floor(random() * population.rows)),
      );
    const shares = new Map([200, 1000].map((rows) => [rows, 0]));
    for (let each = 0; each < 4; each++) {
      const reference = draw(3000);
      const calibration = await calibrate(reference, { sizes: [200, 1000], draws: 200 });
      for (const [rows, share] of shares) {
        const windows = Array.from({ length: 60 }, () => draw(rows));
        shares.set(rows, share + named(calibration, reference, windows) / 4);
      }
    }
    for (const share of shares.values()) {
      expect(share).toBeGreaterThan(0.015);
      expect(share).toBeLessThan(0.11);
    }
  },
  60_000,
);
