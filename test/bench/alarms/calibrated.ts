import type { NumericColumn, Table } from '../../../src/data/index.ts';
import type { DriftCalibration } from '../../../src/data/results/drift-calibration.ts';
import {
  calibratedLimits,
  calibrateThresholds,
  defaultRules,
  featureTypes,
  measureDrift,
} from '../../../src/drift/index.ts';
import { randomFrom } from '../../../src/training/random.ts';
import { driftDefaults } from '../../../src/workspace/index.ts';
import type { Population } from './population.ts';

const references = 25;
const reportsOfEach = 16;
const draws = 200;
/** How much of a row's place the next one keeps. */
const kept = 0.8;
const { falseAlarms } = driftDefaults;

export interface NamedByChance {
  readonly byDefault: number;
  readonly calibrated: number;
  readonly reports: number;
}

/**
 * Reports in which nothing moved and a feature is named, by default and once calibrated; each of several references is
 * calibrated by itself. @param alike whether neighbouring rows are, as in a stream that comes branch by branch
 */
export async function namedByChance(
  population: Population,
  rows: number,
  referenceRows: number,
  alike: boolean,
): Promise<NamedByChance> {
  const random = randomFrom(rows + Number(alike));
  const next = alike ? neighbours(population, random) : () => Math.floor(random() * population.rows);
  const named = { byDefault: 0, calibrated: 0 };
  for (let each = 0; each < references; each++) {
    const reference = take(population, referenceRows, next);
    const features = featureTypes(reference, reference);
    const rules = { ...defaultRules, falseAlarms };
    const sizes = [rows];
    const { signal } = new AbortController();
    const figures = await calibrateThresholds({
      reference,
      ordered: alike,
      features,
      rules,
      draws,
      sizes,
      signal,
    });
    const calibration: DriftCalibration = {
      format: 1,
      made_at: new Date(0).toISOString(),
      false_alarms: falseAlarms,
      seed: rules.seed,
      draws,
      reference: { name: population.name, rows: referenceRows, sha256: '' },
      time: null,
      sizes,
      ...figures,
    };
    const question = { ...driftDefaults, minimumRows: 0, reference, features };
    for (let report = 0; report < reportsOfEach; report++) {
      const current = take(population, rows, next);
      const calibrated = measureDrift({ ...question, current, calibration: calibratedLimits(calibration) });
      named.byDefault += Number(measureDrift({ ...question, current }).features_drifted > 0);
      named.calibrated += Number(calibrated.features_drifted > 0);
    }
  }
  return { ...named, reports: references * reportsOfEach };
}

/** Walks the rows in order of the numbers: the places, as normal deviates, are a first-order autoregression. */
function neighbours({ columns, numbers, rows }: Population, random: () => number): () => number {
  const values = columns.find(({ name }) => name === numbers)?.values ?? new Float64Array(rows);
  const order = Uint32Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  let place = normal();
  return () => {
    place = kept * place + Math.sqrt(1 - kept ** 2) * normal();
    return order[Math.min(rows - 1, Math.floor(normalShare(place) * rows))] ?? 0;
  };
}

/** Share of a normal distribution below a deviate, by the logistic approximation of Bowling and others (2009), to 0.0001. */
function normalShare(deviate: number): number {
  return 1 / (1 + Math.exp(-(0.07056 * deviate ** 3 + 1.5976 * deviate)));
}

function take({ columns }: Population, rows: number, next: () => number): Table {
  const drawn = Uint32Array.from({ length: rows }, next);
  return {
    rows,
    columns: columns.map(
      ({ name, type, values }): NumericColumn => ({
        kind: 'numeric',
        name,
        type,
        values: Float64Array.from(drawn, (row) => values[row] ?? Number.NaN),
      }),
    ),
  };
}
