import { type DriftTest, driftTests, type FeatureProfile, type Samples } from '../../src/drift/index.ts';
import { samplesOf } from '../../src/drift/samples.ts';

/** Numbers in [0, 1) that Python draws alike: x = (69069 x + 1) mod 2^32. */
export function uniform(seed: number, rows: number): number[] {
  let state = seed;
  return Array.from({ length: rows }, () => {
    state = (69069 * state + 1) % 2 ** 32;
    return state / 2 ** 32;
  });
}

function numbers(values: readonly number[]): FeatureProfile {
  return { kind: 'numeric', type: 'number', rows: values.length, sorted: Float64Array.from(values).sort() };
}

function texts(counts: Readonly<Record<string, number>>): FeatureProfile {
  const rows = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return {
    kind: 'text',
    type: 'string',
    rows,
    present: rows,
    values: Object.keys(counts),
    counts: Object.values(counts),
  };
}

export function numericSamples(reference: readonly number[], current: readonly number[]): Samples {
  return samplesOf('numerical', numbers(reference), numbers(current), 42);
}

export function countedSamples(
  reference: Readonly<Record<string, number>>,
  current: Readonly<Record<string, number>>,
): Samples {
  return samplesOf('categorical', texts(reference), texts(current), 42);
}

/** Pairs whose figures Evidently 0.7.23, NannyML 0.13.1 and scipy 1.17.1 gave. */
export const knownSamples = {
  tiny: numericSamples([1.2, 3.4, 2.2, 5.1, 4.4, 0.7], [2.9, 6.1, 5.5, 3.9, 7.2, 4.8, 6.6]),
  tied: numericSamples([1, 2, 2, 3, 5, 8, 8], [2, 3, 3, 9, 10]),
  rounded: numericSamples(
    uniform(1, 30).map((u) => Math.round(10 * u * u) / 2),
    uniform(2, 24).map((u) => Math.round(12 * u) / 2),
  ),
  continuous: numericSamples(
    uniform(3, 400).map((u) => 10 * u * u),
    uniform(4, 300).map((u) => 10.5 * u * u - 0.02),
  ),
  large: numericSamples(
    uniform(5, 12_000).map((u) => 10 * u * u),
    uniform(6, 900).map((u) => 10.5 * u * u - 0.02),
  ),
  huge: numericSamples(
    uniform(5, 12_000).map((u) => 10 * u * u),
    uniform(7, 2).map((u) => 10 * u * u - 0.0002),
  ),
  two: countedSamples({ a: 40, b: 60 }, { a: 25, b: 75 }),
  unequal: countedSamples({ a: 40, b: 60 }, { a: 9, b: 31 }),
  new: countedSamples({ a: 500, b: 300, c: 200 }, { a: 240, b: 160, c: 97, d: 3 }),
  four: countedSamples({ a: 50, b: 30, c: 15, d: 5 }, { a: 45, b: 28, c: 15, d: 12 }),
} as const;

export function driftTest(name: string): DriftTest {
  const found = Object.values<DriftTest>(driftTests).find((each) => each.name === name);
  if (found === undefined) throw new Error(`no test ${name}`);
  return found;
}
