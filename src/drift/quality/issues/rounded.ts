import { percent } from '../../in-words.ts';
import { fewestValues, type IssueFinder } from './issue-finder.ts';

/** Steps that values are rounded to, coarsest first. */
const steps = [1000, 100, 10, 1, 0.1, 0.01];
/** At most this share of the reference is a multiple of the step ... */
const seldom = 0.5;
/** ... and so few of the current values are none that it may be a leftover. */
const leftover = 0.001;
/** Distance from a multiple, in steps, that is the rounding of binary fractions. */
const tolerance = 1e-6;

/** Nearly all values are whole, or multiples of another power of ten, where most of the reference are none: decimals were cut off. */
export const rounded: IssueFinder = ({ feature, numbers, current }) => {
  if (feature.type !== 'numerical' || current.type === 'datetime' || numbers === undefined) return undefined;
  const { reference, current: values } = numbers;
  if (reference.length < fewestValues || values.length < fewestValues) return undefined;
  for (const step of steps) {
    if (others(values, step, leftover * values.length) === undefined) continue;
    const none = others(reference, step, reference.length) ?? reference.length;
    const before = 1 - none / reference.length;
    if (before > seldom) return undefined;
    return {
      kind: 'rounded',
      feature: feature.name,
      rows: values.length,
      example: String(values[values.length >>> 1]),
      confidence: before ** values.length < 1e-12 && before < seldom / 2 ? 0.85 : 0.6,
      sentence: `${feature.name} holds ${step === 1 ? 'whole numbers' : `multiples of ${step}`} only; ${percent(1 - before)} of the reference are none: it looks rounded`,
    };
  }
  return undefined;
};

/** How many values are no multiple of the step; undefined when more than `most`. */
function others(values: Float64Array, step: number, most: number): number | undefined {
  let count = 0;
  for (let index = 0; index < values.length; index++) {
    const parts = (values[index] ?? 0) / step;
    if (Math.abs(parts - Math.round(parts)) <= tolerance * Math.max(1, Math.abs(parts) * 1e-6)) continue;
    if (++count > most) return undefined;
  }
  return count;
}
