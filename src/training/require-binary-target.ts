import { DataError } from '../platform/errors.ts';

/** @throws DataError naming the first row whose target is not 0 or 1. */
export function requireBinaryTarget(target: Float64Array): void {
  const odd = target.findIndex((value) => value !== 0 && value !== 1);
  if (odd >= 0) {
    const found = target[odd];
    throw new DataError(`the target is ${Number.isNaN(found) ? 'missing' : found} in row ${odd + 1}`, {
      why: 'a binary target is 0 or 1 in every row',
      remedy: 'correct the target column, or name another with --target',
    });
  }
}

/** @throws DataError naming the outcome that no row has. */
export function requireBothClasses(target: Float64Array): void {
  for (const wanted of [0, 1]) {
    if (!target.includes(wanted)) {
      throw new DataError(`no training row has target ${wanted}`, { remedy: 'add rows of both outcomes' });
    }
  }
}
