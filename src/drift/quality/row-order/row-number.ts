import { number } from '../../in-words.ts';
import type { OrderFinder } from './column-pair.ts';

const fewestRows = 50;
/** Steps between neighbours are one and the same in at least this share of the rows. */
const even = 0.9;

/**
 * Whole numbers that count the rows: each larger (or each smaller) than the one before, in even steps. A key or a row number among the features tells the
 * model which row it is, and differs in every file; it leaks the label wherever the rows were collected by it.
 */
export const rowNumber: OrderFinder = ({ name, current }) => {
  if (current.kind !== 'numeric' || current.type === 'datetime' || current.values.length < fewestRows)
    return undefined;
  const { values } = current;
  const steps = new Map<number, number>();
  for (let row = 1; row < values.length; row++) {
    const step = (values[row] ?? Number.NaN) - (values[row - 1] ?? Number.NaN);
    if (!Number.isInteger(step) || step === 0 || (row > 1 && Math.sign(step) !== direction(values)))
      return undefined;
    steps.set(step, (steps.get(step) ?? 0) + 1);
  }
  const commonest = Math.max(...steps.values()) / (values.length - 1);
  if (commonest < even) return undefined;
  const [first = Number.NaN] = values;
  return {
    kind: 'row_number',
    feature: name,
    rows: values.length,
    example: String(first),
    confidence: 0.9,
    sentence: `${name} numbers the rows, from ${number(first)} to ${number(values.at(-1) ?? Number.NaN)}: it is a key, not a feature`,
  };
};

function direction(values: Float64Array): number {
  return Math.sign((values[1] ?? 0) - (values[0] ?? 0));
}
