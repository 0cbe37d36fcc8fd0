import type { Tensor } from 'onnxruntime-node';
import { DataError } from '../platform/errors.ts';
import { noProbability, type ProbabilityOutput, requireTwoClasses } from './probability-output.ts';

/**
 * How far a probability may lie outside 0..1, and a pair's sum from 1: a forest's shares, summed in float32, come to
 * 1 ± 1e-5 for a thousand trees that agree; raw scores lie far beyond it.
 */
const rounding = 1e-4;

/**
 * Probability of outcome 1, one a row.
 * @throws DataError when an answer is no number between 0 and 1, or the two classes do not sum to 1
 */
export function readProbabilities(
  outputs: Readonly<Record<string, Tensor>>,
  { names, positive }: ProbabilityOutput,
  rows: number,
  before: number,
): Float64Array {
  const columns = classColumns(
    names.map((name) => realNumbers(outputs[name])),
    rows,
  );
  const own = columns[columns.length === 1 ? 0 : positive];
  const other = columns.length === 1 ? undefined : columns[1 - positive];
  const probabilities = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const probability = own?.data[row * own.stride + own.offset] ?? Number.NaN;
    if (!(probability >= -rounding && probability <= 1 + rounding))
      throw notAProbability(before + row + 1, probability, 'a probability lies between 0 and 1');
    if (other !== undefined) {
      const sum = probability + (other.data[row * other.stride + other.offset] ?? Number.NaN);
      if (!(Math.abs(sum - 1) <= rounding)) {
        const why = `the probabilities of two classes sum to 1, these to ${sum}`;
        throw notAProbability(before + row + 1, probability, why);
      }
    }
    probabilities[row] = Math.min(1, Math.max(0, probability));
  }
  return probabilities;
}

interface ClassColumn {
  readonly data: Float32Array | Float64Array;
  readonly stride: number;
  readonly offset: number;
}

/** One column, or one a class. @throws DataError when there are more than two */
function classColumns(
  tensors: readonly (Float32Array | Float64Array)[],
  rows: number,
): readonly ClassColumn[] {
  return tensors.flatMap((data) => {
    const stride = data.length / rows;
    if (stride !== 1) requireTwoClasses(stride);
    return Array.from({ length: stride }, (_, offset) => ({ data, stride, offset }));
  });
}

function realNumbers(tensor: Tensor | undefined): Float32Array | Float64Array {
  const data = tensor?.data;
  if (data instanceof Float32Array || data instanceof Float64Array) return data;
  throw noProbability(`its output is of type ${tensor?.type ?? 'unknown'}`);
}

function notAProbability(row: number, value: number, why: string): DataError {
  return new DataError(`the model answers ${value} for row ${row}, which is no probability`, {
    why,
    remedy:
      'export it with probabilities in place of raw scores; check rows with missing values, if it takes none',
  });
}
