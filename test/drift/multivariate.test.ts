import { describe, expect, test } from 'vitest';
import { findColumn, heldColumns, type Table } from '../../src/data/index.ts';
import { featureTypes, measureDrift, measureMultivariate } from '../../src/drift/index.ts';
import { encodeFeatures } from '../../src/drift/multivariate/encode-features.ts';
import { pcaReconstruction } from '../../src/drift/multivariate/pca-reconstruction.ts';
import { rankColumn, spearman } from '../../src/drift/multivariate/spearman.ts';
import { randomFrom } from '../../src/training/random.ts';
import { gmscPresent, gmscTable, gmscTitle } from './gmsc.ts';

const signal = new AbortController().signal;
const limits = { warningShare: 0.3, criticalShare: 0.5, minimumRows: 0, falseAlarms: 0.05 };

/** Four uniform numbers and a category; the first two correlate as told, their marginal distributions never change. */
function coupled(seed: number, rows: number, correlation: number): Table {
  const random = randomFrom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const first = Float64Array.from({ length: rows }, normal);
  const second = first.map((value) => correlation * value + Math.sqrt(1 - correlation ** 2) * normal());
  const third = Float64Array.from({ length: rows }, () => Math.round(3 * random()));
  const fourth = Float64Array.from({ length: rows }, () => (random() < 0.1 ? Number.NaN : random()));
  const numbers = { first, second, third, fourth };
  return {
    rows,
    columns: [
      ...Object.entries(numbers).map(
        ([name, values]) => ({ kind: 'numeric', name, type: 'number', values }) as const,
      ),
      {
        kind: 'text',
        name: 'region',
        type: 'string',
        codes: Int32Array.from({ length: rows }, () => Math.floor(3 * random())),
        dictionary: ['north', 'south', 'west'],
      },
    ],
  };
}

function both(reference: Table, current: Table, seed = 42) {
  return measureMultivariate({
    reference: heldColumns(reference),
    current: heldColumns(current),
    features: featureTypes(reference, current),
    seed,
    signal,
  });
}

describe('a change of the joint distribution alone', () => {
  const reference = coupled(1, 3_000, 0);
  const current = coupled(2, 1_000, 0.6);

  test('is not seen feature by feature', () => {
    const features = featureTypes(reference, current);
    expect(measureDrift({ reference, current, features, ...limits })).toMatchObject({ features_drifted: 0 });
  });

  test('is found by all that look at the features together, and the two that changed are named', async () => {
    const { multivariate } = await both(reference, current);
    expect(multivariate.domain_classifier?.drifted).toBe(true);
    expect(multivariate.domain_classifier?.interval[0]).toBeGreaterThan(0.5);
    expect(
      multivariate.domain_classifier?.features
        .slice(0, 2)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['first', 'second']);
    expect(multivariate.mmd).toMatchObject({ drifted: true, random_features: 128 });
    expect(multivariate.correlations).toHaveLength(1);
    expect(multivariate.correlations[0]).toMatchObject({ first: 'first', second: 'second' });
    expect(multivariate.correlations[0]?.current).toBeGreaterThan(0.5);
    expect(multivariate.rows).toEqual({ reference: 3_000, current: 1_000, sampled: false });
  });

  test('gives the same figures with the same seed', async () => {
    expect(await both(reference, current)).toEqual(await both(reference, current));
  });
});

test('samples of one distribution raise no more alarms than stated', async () => {
  const pairs = 40;
  const alarms = { classifier: 0, pca: 0, mmd: 0, correlations: 0 };
  for (let pair = 0; pair < pairs; pair++) {
    const { multivariate } = await both(
      coupled(1_000 + pair, 800, 0.3),
      coupled(5_000 + pair, 400, 0.3),
      pair,
    );
    alarms.classifier += Number(multivariate.domain_classifier?.drifted);
    alarms.pca += Number(multivariate.pca?.drifted);
    alarms.mmd += Number(multivariate.mmd?.drifted);
    alarms.correlations += Number(multivariate.correlations.length > 0);
  }
  // Stated: 2.5 %, 3 deviations, 1 %, 5 %; of 40 pairs a rate of 5 % gives more than 6 with a chance of 0.4 %.
  for (const count of Object.values(alarms)) expect(count).toBeLessThanOrEqual(6);
});

test('Spearman’s correlation, with ties and missing values, is that of scipy 1.17.1', () => {
  const first = Float64Array.from({ length: 60 }, (_, i) => (i * 37) % 11);
  const second = rankColumn(Float64Array.from({ length: 60 }, (_, i) => ((i * i * 7) % 13) + (i % 11)));
  expect(spearman(rankColumn(first), second)?.rho).toBeCloseTo(0.24801884262499965, 12);
  const gaps = rankColumn(first.map((value, i) => (i % 7 === 0 ? Number.NaN : value)));
  expect(spearman(gaps, second)).toMatchObject({ rows: 51, rho: expect.closeTo(0.18834561596542565, 12) });
});

test('the deviation of a correlation is what repeated samples show, for columns that are mostly one value too', () => {
  const seen = (sparse: boolean) => {
    const random = randomFrom(7);
    const draws = Array.from({ length: 300 }, () => {
      const both = Array.from({ length: 500 }, () => random());
      const value = (share: number) => (sparse ? Math.max(0, share - 0.8) : share);
      const first = Float64Array.from(both, value);
      const second = Float64Array.from(both, (share) => value(random() < 0.5 ? share : random()));
      return spearman(rankColumn(first), rankColumn(second));
    });
    const rho = Float64Array.from(draws, (draw) => draw?.rho ?? Number.NaN);
    const deviation = draws.reduce((sum, draw) => sum + (draw?.deviation ?? Number.NaN) / 300, 0);
    const mean = rho.reduce((sum, each) => sum + each / 300, 0);
    const spread = Math.sqrt(rho.reduce((sum, each) => sum + (each - mean) ** 2 / 299, 0));
    return deviation / Math.sqrt(500) / spread;
  };
  // The spread of 300 draws is known to 4 %.
  expect(Math.abs(seen(false) - 1)).toBeLessThan(0.12);
  expect(Math.abs(seen(true) - 1)).toBeLessThan(0.12);
});

test('of more than 10,000 rows a seeded sample is taken, and it is said', async () => {
  const { multivariate } = await both(coupled(1, 12_000, 0), coupled(2, 300, 0));
  expect(multivariate.rows).toEqual({ reference: 10_000, current: 300, sampled: true });
});

test('a side of few rows and a constant feature give null instead of a figure', async () => {
  const few = coupled(1, 5, 0);
  const { multivariate } = await both(few, few);
  expect(multivariate.domain_classifier).toBeNull();
  expect(multivariate.pca).toBeNull();
  const constant: Table = {
    rows: 40,
    columns: [{ kind: 'numeric', name: 'same', type: 'number', values: new Float64Array(40).fill(7) }],
  };
  const alike = await both(constant, constant);
  expect(alike.multivariate).toMatchObject({ pca: null, mmd: null, correlations: [] });
  expect(alike.multivariate.domain_classifier?.drifted).toBe(false);
});

describe.skipIf(!gmscPresent)('principal components on the real pairs, as NannyML 0.13.1 has them', () => {
  // DataReconstructionDriftCalculator(column_names=…, chunk_number=10): components, reference, current, bounds.
  test.each([
    [
      'reference.csv',
      'current_calm.csv',
      4,
      1.178281691597613,
      1.1940440773605756,
      1.0687398824208754,
      1.2878235007743513,
    ],
    [
      'reference.csv',
      'current_shifted.csv',
      4,
      1.178281691597613,
      1.2768671055772411,
      1.0687398824208754,
      1.2878235007743513,
    ],
    [
      'small_reference.csv',
      'small_current.csv',
      5,
      1.4013303647976534,
      17.84846074021309,
      1.049812324470797,
      1.7528484051245097,
    ],
  ])(gmscTitle('%s and %s'), async (before, after, components, reference, current, low, high) => {
    const tables = [await gmscTable(before), await gmscTable(after)] as const;
    const features = featureTypes(...tables);
    const pca = pcaReconstruction(encodeFeatures(...tables, features));
    expect(pca?.components).toBe(components);
    for (const [ours, theirs] of [
      [pca?.reference, reference],
      [pca?.current, current],
      [pca?.bounds[0], low],
      [pca?.bounds[1], high],
    ])
      expect(Math.abs((ours ?? 0) / (theirs ?? 1) - 1)).toBeLessThan(1e-9);
  });
  // One of the features made a category of three texts.
  test.each([
    ['current_calm.csv', 1.367031777545846],
    ['current_shifted.csv', 1.5017166748442938],
  ])(gmscTitle('a category beside numbers, reference.csv and %s'), async (after, current) => {
    const tables = [
      lateAsText(await gmscTable('reference.csv')),
      lateAsText(await gmscTable(after)),
    ] as const;
    const pca = pcaReconstruction(encodeFeatures(...tables, featureTypes(...tables)));
    expect(pca?.components).toBe(5);
    expect(Math.abs((pca?.current ?? 0) / current - 1)).toBeLessThan(1e-9);
    expect(Math.abs((pca?.bounds[1] ?? 0) / 1.3990171601897696 - 1)).toBeLessThan(1e-9);
  });
});

function lateAsText(table: Table): Table {
  const name = 'NumberOfTimes90DaysLate';
  const late = findColumn(table, name);
  if (late?.kind !== 'numeric') throw new Error('no such column');
  const codes = Int32Array.from(late.values, (value) => (value > 1 ? 2 : value > 0 ? 1 : 0));
  return {
    rows: table.rows,
    columns: [
      ...table.columns.filter((column) => column.name !== name),
      { kind: 'text', name, type: 'string', codes, dictionary: ['never', 'once', 'often'] },
    ],
  };
}
