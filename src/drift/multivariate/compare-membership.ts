import type { Table } from '../../data/table.ts';
import type { Feature } from '../feature-types.ts';
import { columnsOf, encodeFeatures } from './encode-features.ts';
import { type Separability, separability } from './separability.ts';

/**
 * How well the rows of two tables are told apart, as `drift --multivariate` asks it of reference and current.
 * @param features numerical and categorical ones
 * @returns null where a side has fewer than ten rows, or there is no feature
 */
export async function compareMembership(
  first: Table,
  second: Table,
  features: readonly Feature[],
  seed: number,
  signal: AbortSignal,
): Promise<Separability | null> {
  const encoded = encodeFeatures(first, second, features);
  return separability(columnsOf(encoded, 'reference'), columnsOf(encoded, 'current'), seed, signal);
}
