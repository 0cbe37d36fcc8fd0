import type { Samples } from '../../samples.ts';

/** From so many reference values on NannyML 0.13.1 keeps counts in bins in place of the values. */
const largeReference = 10_000;
export const binsOfLargeReference = 10_000;

type Distance = (reference: Float64Array, current: Float64Array) => number;

/** The distance as NannyML computes it for a reference of this size: from the values, or from the bins. */
export function bySize(samples: Samples, fromValues: Distance, fromBins: Distance): number {
  const { reference, current } = samples.sorted();
  return (reference.length < largeReference ? fromValues : fromBins)(reference, current);
}
