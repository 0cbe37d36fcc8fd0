import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { MultivariateDrift } from '../../data/results/drift.ts';
import { mean, populationDeviation } from '../moments.ts';
import type { EncodedFeature } from './encode-features.ts';

/** Components are kept until they hold this share of the variance. */
const varianceKept = 0.65;
const fewestChunks = 10;
const deviations = 3;
/** The decomposition takes time with the cube of the features. */
export const mostPcaFeatures = 300;

/**
 * How much worse the reference's principal components rebuild the current rows, as NannyML 0.13.1
 * `DataReconstructionDriftCalculator` has it: missing numbers are the reference's mean, missing categories its most frequent;
 * categories become their share in the reference; all is standardised; 65 % of the variance is kept; the error of a row is
 * the Euclidean distance to what is rebuilt of it. The bounds are mean ± 3 deviations of the means of the reference's chunks:
 * ten of them, or as many as have the current data's number of rows, where NannyML's ten would be larger and their means
 * steadier than the one they judge.
 * @returns null for fewer than two features, more than 300, or fewer reference rows than chunks
 */
export function pcaReconstruction(features: readonly EncodedFeature[]): MultivariateDrift['pca'] {
  const rows = { reference: features[0]?.reference.length ?? 0, current: features[0]?.current.length ?? 0 };
  const unfit = features.length < 2 || features.length > mostPcaFeatures;
  if (unfit || rows.reference < fewestChunks || rows.current === 0) return null;
  const scaled = features.map(standardised);
  const components = principalComponents(scaled.map(({ reference }) => reference));
  const errors = reconstructionErrors(
    scaled.map(({ reference }) => reference),
    components,
  );
  const current = mean(
    reconstructionErrors(
      scaled.map((each) => each.current),
      components,
    ),
  );
  const chunkRows = Math.min(Math.floor(rows.reference / fewestChunks), rows.current);
  const chunks = Float64Array.from({ length: Math.ceil(rows.reference / chunkRows) }, (_, chunk) =>
    mean(errors.subarray(chunk * chunkRows, (chunk + 1) * chunkRows)),
  );
  const half = deviations * populationDeviation(chunks);
  const bounds: [number, number] = [Math.max(0, mean(chunks) - half), mean(chunks) + half];
  return {
    components: components.length,
    reference: mean(errors),
    current,
    bounds,
    drifted: !(bounds[0] < current && current < bounds[1]),
  };
}

interface Sides {
  readonly reference: Float64Array;
  readonly current: Float64Array;
}

/** Without missing values, mean 0 and population deviation 1 in the reference; a constant stays 0 there. */
function standardised(feature: EncodedFeature): Sides {
  const numbers = feature.categoryRows === undefined ? meanImputed(feature) : frequencies(feature);
  const center = mean(numbers.reference);
  const deviation = populationDeviation(numbers.reference);
  const scale = deviation === 0 ? 1 : deviation;
  const standard = (value: number) => (value - center) / scale;
  return { reference: numbers.reference.map(standard), current: numbers.current.map(standard) };
}

function meanImputed({ reference, current }: EncodedFeature): Sides {
  const present = reference.filter((value) => !Number.isNaN(value));
  const missing = present.length === 0 ? 0 : mean(present);
  const impute = (value: number) => (Number.isNaN(value) ? missing : value);
  return { reference: reference.map(impute), current: current.map(impute) };
}

function frequencies({ reference, current, categoryRows = [] }: EncodedFeature): Sides {
  const missing = reference.filter(Number.isNaN).length;
  const share = (category: number) => {
    const number = Number.isNaN(category) ? 0 : category;
    const filled = number === 0 ? missing : 0;
    return ((categoryRows[number] ?? 0) + filled) / reference.length;
  };
  return { reference: reference.map(share), current: current.map(share) };
}

/** Unit vectors of the largest variances, until they hold `varianceKept` of it. @param columns of mean 0 */
function principalComponents(columns: readonly Float64Array[]): readonly Float64Array[] {
  const covariance = Matrix.zeros(columns.length, columns.length);
  for (const [i, first] of columns.entries()) {
    for (let j = 0; j <= i; j++) {
      const product = innerProduct(first, columns[j] ?? new Float64Array());
      covariance.set(i, j, product);
      covariance.set(j, i, product);
    }
  }
  const decomposition = new EigenvalueDecomposition(covariance, { assumeSymmetric: true });
  const variances = decomposition.realEigenvalues;
  const order = [...variances.keys()].sort((a, b) => (variances[b] ?? 0) - (variances[a] ?? 0));
  const all = variances.reduce((sum, variance) => sum + variance, 0);
  const kept: Float64Array[] = [];
  let held = 0;
  for (const index of order) {
    if (held > varianceKept * all) break;
    held += variances[index] ?? 0;
    kept.push(Float64Array.from(decomposition.eigenvectorMatrix.getColumn(index)));
  }
  return kept;
}

function innerProduct(first: Float64Array, second: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < first.length; row++) sum += (first[row] ?? 0) * (second[row] ?? 0);
  return sum;
}

/** Of each row the distance to its projection: what of its squared length the components do not hold. */
function reconstructionErrors(
  columns: readonly Float64Array[],
  components: readonly Float64Array[],
): Float64Array {
  const rows = columns[0]?.length ?? 0;
  const residual = columns.map((column) => column.slice());
  for (const component of components) {
    const projected = new Float64Array(rows);
    for (const [place, column] of columns.entries()) {
      const weight = component[place] ?? 0;
      for (let row = 0; row < rows; row++)
        projected[row] = (projected[row] ?? 0) + weight * (column[row] ?? 0);
    }
    for (const [place, column] of residual.entries()) {
      const weight = component[place] ?? 0;
      for (let row = 0; row < rows; row++) column[row] = (column[row] ?? 0) - weight * (projected[row] ?? 0);
    }
  }
  const errors = new Float64Array(rows);
  for (const column of residual)
    for (let row = 0; row < rows; row++) errors[row] = (errors[row] ?? 0) + (column[row] ?? 0) ** 2;
  return errors.map(Math.sqrt);
}
