import type { Estimator } from '../parameters.ts';

/** Of each row, whatever its features: derivatives, places twice, odds, weight, outcome. */
const bytesARow = 16 + 8 + 8 + 8 + 1;
/** Of each feature of a row: its bin, and the cell of its column. */
const bytesAFeature = 1 + 2;
/** Logistic regression holds each feature once more, as numbers of one scale. */
const bytesAnInput = 8;

/**
 * About how much memory a fit takes beside the table that it learns from.
 * @returns bytes
 */
export function fitBytes(estimator: Estimator, rows: number, features: number): number {
  return estimator === 'logistic'
    ? rows * (features * bytesAnInput + bytesARow)
    : rows * (features * bytesAFeature + bytesARow);
}
