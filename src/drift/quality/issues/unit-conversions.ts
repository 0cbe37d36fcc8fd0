import { kolmogorovSmirnovDistance } from '../../tests/kolmogorov-smirnov.ts';
import type { SortedSides } from '../feature-pair.ts';

/** A rising map from what stands there now to what it was. */
interface Conversion {
  /** After 'looks like'. */
  readonly now: string;
  back(value: number): number;
}

const zeroCelsius = 273.15;

const conversions: readonly Conversion[] = [
  { now: 'degrees Fahrenheit for Celsius', back: (value) => (value - 32) / 1.8 },
  { now: 'degrees Celsius for Fahrenheit', back: (value) => value * 1.8 + 32 },
  { now: 'kelvin for degrees Celsius', back: (value) => value - zeroCelsius },
  { now: 'degrees Celsius for kelvin', back: (value) => value + zeroCelsius },
  { now: 'its natural logarithm', back: Math.exp },
  { now: 'its decimal logarithm', back: (value) => 10 ** value },
  { now: 'its binary logarithm', back: (value) => 2 ** value },
  { now: 'the logarithm of 1 more', back: Math.expm1 },
  { now: 'what it was the natural logarithm of', back: Math.log },
  { now: 'what it was the decimal logarithm of', back: Math.log10 },
  { now: 'what it was the logarithm of, less 1', back: Math.log1p },
];

/** Distributions that are so far apart (Kolmogorov-Smirnov distance) must be that close once the conversion is undone. */
const tolerances = [
  { apart: 0.9, alike: 0.35 },
  { apart: 0.7, alike: 0.15 },
] as const;

/** The conversion that, undone, brings the current distribution closest to the reference's; undefined where none does. */
export function conversionOf({ reference, current }: SortedSides): string | undefined {
  const asItStands = kolmogorovSmirnovDistance(reference, current);
  const tolerance = tolerances.find(({ apart }) => asItStands >= apart);
  if (tolerance === undefined) return undefined;
  const [best] = conversions
    .map(({ now, back }) => ({ now, values: current.map(back) }))
    .filter(({ values }) => !values.some(Number.isNaN))
    .map(({ now, values }) => ({ now, distance: kolmogorovSmirnovDistance(reference, values) }))
    .sort((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= tolerance.alike ? best.now : undefined;
}
