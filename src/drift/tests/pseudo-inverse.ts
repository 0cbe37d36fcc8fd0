import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** Singular values below this part of the largest count as zero: numpy's `pinv`. */
const vanishing = 1e-15;

/** Moore-Penrose inverse of a small symmetric matrix, and its rank, by its eigenvalues. */
export function pseudoInverse(symmetric: number[][]): { readonly inverse: Matrix; readonly rank: number } {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(symmetric, {
    assumeSymmetric: true,
  });
  const largest = Math.max(...realEigenvalues.map(Math.abs));
  const inverted = realEigenvalues.map((value) => (Math.abs(value) > vanishing * largest ? 1 / value : 0));
  const inverse = eigenvectorMatrix.mmul(Matrix.diag(inverted)).mmul(eigenvectorMatrix.transpose());
  return { inverse, rank: inverted.filter((value) => value !== 0).length };
}
