import { randomFrom } from '../../training/random.ts';
import { parseVector } from '../kinds/vectors.ts';
import { meanDifference, type Vectors } from '../multivariate/mean-difference.ts';
import { drawRows } from './draw-rows.ts';
import { type DriftTest, distanceThreshold, NotDefinedError } from './drift-test.ts';

/** The covariance takes time with the rows and the square of their length: of long vectors fewer rows are looked at. */
const mostRows = 5_000;
const fewestRows = 200;
const mostProducts = 1e9;

/**
 * With the cosine for a kernel the maximum mean discrepancy is the distance of the means of the vectors scaled to length 1: linear
 * in the rows, without a frequency to draw (Gretton et al. 2012, section 2). A vector of zeros has no direction and is left out.
 */
export const cosineMmdTest = {
  name: 'cosine_mmd',
  description: 'Maximum mean discrepancy with the cosine kernel: embeddings, as lists of numbers.',
  kind: 'distance',
  takes: ['embedding'],
  threshold: distanceThreshold,
  inclusive: true,
  measure: (samples) => {
    const { values, reference, current } = samples.counts();
    const vectors = values.map((value) => unitVector(String(value)));
    const width = requireOneWidth(vectors);
    const most = Math.min(mostRows, Math.max(fewestRows, Math.floor(mostProducts / width ** 2)));
    const random = randomFrom(samples.seed);
    const side = (counts: readonly number[]): Vectors => {
      const rows = drawRows(
        counts.map((count, text) => (vectors[text] === undefined ? 0 : count)),
        most,
        random,
      );
      const packed = new Float64Array(rows.length * width);
      for (const [place, text] of rows.entries()) packed.set(vectors[text] ?? [], place * width);
      return { rows: rows.length, width, values: packed };
    };
    const sides = [side(reference), side(current)] as const;
    if (sides.some(({ rows }) => rows < 2)) throw new NotDefinedError('fewer than 2 vectors on a side');
    const { distance, pValue, exceededWith } = meanDifference(...sides);
    return { score: distance, pValue, exceededWith };
  },
} as const satisfies DriftTest;

/** @throws NotDefinedError for a text that is no list of numbers */
function unitVector(text: string): Float64Array | undefined {
  const vector = parseVector(text);
  if (vector === undefined) throw new NotDefinedError(`'${text.slice(0, 40)}' is no list of numbers`);
  const length = Math.hypot(...vector);
  return length === 0 ? undefined : vector.map((value) => value / length);
}

/** @throws NotDefinedError where the vectors are of several lengths */
function requireOneWidth(vectors: readonly (Float64Array | undefined)[]): number {
  const widths = new Set(vectors.flatMap((vector) => vector?.length ?? []));
  const [width, other] = widths;
  if (width === undefined) throw new NotDefinedError('all vectors are zero');
  if (other === undefined) return width;
  throw new NotDefinedError(`vectors of ${width} and of ${other} numbers cannot be compared`);
}
