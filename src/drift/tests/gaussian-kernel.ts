import type { NumberTallies } from '../value-counts.ts';

/** Sums of exp(-(x - y)^2 / (2 sigma^2)) over pairs of rows. */
export interface GaussianKernel {
  readonly rows: number;
  /** Over all pairs of rows, each row with itself among them. */
  readonly total: number;
  /** Over all pairs of the chosen rows, so many of each value, and over all pairs of a chosen row and any row. */
  readonly sums: (chosen: readonly number[]) => { readonly within: number; readonly toAll: number };
}

/** Terms of a Chebyshev series over a box one sigma wide: it misses less than 1e-13 of the kernel. */
const terms = 14;
/** Boxes farther apart hold pairs whose kernel is below 1e-21. */
const farthest = 10;

/**
 * The kernel over rows of one number each, by a fast Gauss transform (Greengard and Strain 1991): the line is cut into boxes one
 * sigma wide, the kernel between two boxes is a product of Chebyshev polynomials of the places within them, so that a box is told
 * by its rows' polynomial sums. Costs in proportion to the distinct values, not to pairs; memory 12 bytes a value.
 * @param sigma above 0
 */
export function gaussianKernel({ values, reference, current }: NumberTallies, sigma: number): GaussianKernel {
  const { boxes, boxOf, placeOf } = cut(values, sigma);
  const couplings = Array.from({ length: farthest + 1 }, (_, apart) => coupling(apart));
  const moments = new Float64Array(boxes.length * terms);

  const collect = (chosen: readonly number[]) => {
    moments.fill(0);
    for (let value = 0; value < chosen.length; value++) {
      const count = chosen[value] ?? 0;
      if (count === 0) continue;
      const place = placeOf[value] ?? 0;
      const start = (boxOf[value] ?? 0) * terms;
      let before = count;
      let here = count * place;
      moments[start] = (moments[start] ?? 0) + count;
      for (let at = start + 1; at < start + terms; at++) {
        moments[at] = (moments[at] ?? 0) + here;
        const next = 2 * place * here - before;
        before = here;
        here = next;
      }
    }
  };

  const within = () => {
    let sum = 0;
    for (let first = 0; first < boxes.length; first++) {
      if (moments[first * terms] === 0) continue;
      for (let second = first; second < boxes.length; second++) {
        const apart = (boxes[second] ?? 0) - (boxes[first] ?? 0);
        if (apart > farthest) break;
        if (moments[second * terms] === 0) continue;
        const pair = product(moments, first, moments, second, couplings[apart] ?? new Float64Array());
        sum += apart === 0 ? pair : 2 * pair;
      }
    }
    return sum;
  };

  const all = Array.from(reference, (count, value) => count + (current[value] ?? 0));
  collect(all);
  const total = within();
  const field = fieldOf(moments, boxes, couplings);
  return {
    rows: all.reduce((sum, count) => sum + count, 0),
    total,
    sums: (chosen) => {
      collect(chosen);
      let toAll = 0;
      for (let at = 0; at < moments.length; at++) toAll += (moments[at] ?? 0) * (field[at] ?? 0);
      return { within: within(), toAll };
    },
  };
}

/** The box of each value, and its place there from -1 to 1; `boxes` are those with values, ascending. */
function cut(values: Float64Array, sigma: number) {
  const number = values.map((value) => Math.floor(value / sigma));
  const boxes = Float64Array.from(new Set(number)).sort();
  const places = new Map(Array.from(boxes, (box, at) => [box, at]));
  const boxOf = Uint32Array.from(number, (box) => places.get(box) ?? 0);
  const placeOf = values.map((value, index) => 2 * (value / sigma - (number[index] ?? 0)) - 1);
  return { boxes, boxOf, placeOf };
}

/** Chebyshev coefficients of the kernel between a box and the one `apart` boxes to its right, row by row. */
function coupling(apart: number): Float64Array {
  const nodes = Array.from({ length: terms }, (_, node) => (Math.PI * (node + 0.5)) / terms);
  const coefficients = new Float64Array(terms * terms);
  for (const u of nodes) {
    for (const v of nodes) {
      const between = (Math.cos(u) - Math.cos(v)) / 2 - apart;
      const value = Math.exp((-between * between) / 2) / (terms * terms);
      for (let k = 0; k < terms; k++)
        for (let l = 0; l < terms; l++)
          coefficients[k * terms + l] =
            (coefficients[k * terms + l] ?? 0) +
            (k === 0 ? 1 : 2) * (l === 0 ? 1 : 2) * value * Math.cos(k * u) * Math.cos(l * v);
    }
  }
  return coefficients;
}

function product(
  left: Float64Array,
  first: number,
  right: Float64Array,
  second: number,
  coefficients: Float64Array,
): number {
  let sum = 0;
  for (let k = 0; k < terms; k++) {
    let row = 0;
    for (let l = 0; l < terms; l++)
      row += (coefficients[k * terms + l] ?? 0) * (right[second * terms + l] ?? 0);
    sum += (left[first * terms + k] ?? 0) * row;
  }
  return sum;
}

/** What all rows together are to a row of each box, as a Chebyshev series of its place. */
function fieldOf(
  moments: Float64Array,
  boxes: Float64Array,
  couplings: readonly Float64Array[],
): Float64Array {
  const field = new Float64Array(moments.length);
  for (let first = 0; first < boxes.length; first++) {
    for (let second = first; second < boxes.length; second++) {
      const apart = (boxes[second] ?? 0) - (boxes[first] ?? 0);
      if (apart > farthest) break;
      const coefficients = couplings[apart] ?? new Float64Array();
      for (let k = 0; k < terms; k++) {
        for (let l = 0; l < terms; l++) {
          const coefficient = coefficients[k * terms + l] ?? 0;
          const [left, right] = [first * terms + k, second * terms + l];
          field[left] = (field[left] ?? 0) + coefficient * (moments[right] ?? 0);
          if (second > first) field[right] = (field[right] ?? 0) + coefficient * (moments[left] ?? 0);
        }
      }
    }
  }
  return field;
}
