import type { NumberTallies } from '../value-counts.ts';
import { type DriftTest, distance, distanceThreshold } from './drift-test.ts';

export const energyDistanceTest = {
  name: 'ed',
  description: 'Energy distance, in the square root of the unit of the feature: numbers.',
  kind: 'distance',
  takes: ['numerical'],
  threshold: distanceThreshold,
  inclusive: false,
  measure: (samples) =>
    distance(energyDistance(samples.tallies(), samples.referenceSize, samples.currentSize)),
} as const satisfies DriftTest;

/** sqrt(2 integral (F - G)^2), as scipy `energy_distance` (Szekely 2002); of `n` and `m` values, neither 0. */
function energyDistance({ values, reference, current }: NumberTallies, n: number, m: number): number {
  let i = 0;
  let j = 0;
  let integral = 0;
  for (let index = 0; index + 1 < values.length; index++) {
    i += reference[index] ?? 0;
    j += current[index] ?? 0;
    integral += (i / n - j / m) ** 2 * ((values[index + 1] ?? 0) - (values[index] ?? 0));
  }
  return Math.sqrt(2 * integral);
}
