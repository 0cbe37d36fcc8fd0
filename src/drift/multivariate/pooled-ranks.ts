import { rankColumn } from './spearman.ts';

/** Midranks among the present values of both sides, as shares 0..1; a missing value has 0.5. */
export interface PooledRanks {
  readonly reference: Float64Array;
  readonly current: Float64Array;
}

/** @param reference NaN is missing, as in `current` */
export function pooledRanks(reference: Float64Array, current: Float64Array): PooledRanks {
  const pooled = new Float64Array(reference.length + current.length);
  pooled.set(reference);
  pooled.set(current, reference.length);
  const { ranks, order } = rankColumn(pooled);
  const shares = ranks.map((rank) => (Number.isNaN(rank) ? 0.5 : (rank - 0.5) / order.length));
  return { reference: shares.subarray(0, reference.length), current: shares.subarray(reference.length) };
}
