import type { BinnedFeature } from './binned-feature.ts';
import type { LeafSums } from './split.ts';

/** First and second derivatives of the loss, one a row. */
export interface Derivatives {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

/** What the rows of one leaf add up to, by bin of each feature. */
export interface Histogram {
  /** Gradient and hessian of each cell, side by side. */
  readonly sums: Float64Array;
  /** Rows of each cell. */
  readonly rows: Uint32Array;
}

/** Makes the histograms of one tree after another, in memory that is used again. */
export class HistogramBuilder {
  /** First cell of each feature. */
  readonly offsets: Int32Array;
  /** The cell of each value, row by row: a leaf's rows are few and far apart, and all features of one stand side by side. */
  readonly #cellOf: Uint16Array | Uint32Array;
  readonly #derivatives: Derivatives;
  readonly #spare: Histogram[] = [];
  readonly #cells: number;

  constructor(features: readonly BinnedFeature[], derivatives: Derivatives) {
    this.#derivatives = derivatives;
    const width = features.length;
    const rows = derivatives.gradient.length;
    this.#cells = features.reduce((cells, { size }) => cells + size, 0);
    this.#cellOf = new (this.#cells <= 65_536 ? Uint16Array : Uint32Array)(rows * width);
    this.offsets = new Int32Array(width);
    let offset = 0;
    for (const [place, { bins, size }] of features.entries()) {
      for (let row = 0; row < rows; row++) this.#cellOf[row * width + place] = offset + (bins[row] ?? 0);
      this.offsets[place] = offset;
      offset += size;
    }
  }

  /** @param chosen features, by their places; the cells of the others stay 0 */
  of(rows: Uint32Array, chosen: readonly number[]): Histogram {
    const histogram = this.#empty();
    addRows(histogram, rows, this.#derivatives, this.#cellOf, this.offsets.length, Int32Array.from(chosen));
    return histogram;
  }

  /** Turns the histogram of a leaf into that of one child, given the other's: a subtraction in place of a pass over its rows. */
  leaveOver(parent: Histogram, child: Histogram): Histogram {
    for (let i = 0; i < parent.sums.length; i++)
      parent.sums[i] = (parent.sums[i] ?? 0) - (child.sums[i] ?? 0);
    for (let i = 0; i < parent.rows.length; i++)
      parent.rows[i] = (parent.rows[i] ?? 0) - (child.rows[i] ?? 0);
    return parent;
  }

  /** What the rows of a leaf add up to, read off the cells of one of its features. */
  total({ sums, rows }: Histogram, feature: BinnedFeature, place: number): LeafSums {
    const total = { gradient: 0, hessian: 0, rows: 0 };
    const offset = this.offsets[place] ?? 0;
    for (let cell = offset; cell < offset + feature.size; cell++) {
      total.gradient += sums[2 * cell] ?? 0;
      total.hessian += sums[2 * cell + 1] ?? 0;
      total.rows += rows[cell] ?? 0;
    }
    return total;
  }

  /** Gives memory back that no leaf needs any more. */
  release(histogram: Histogram): void {
    this.#spare.push(histogram);
  }

  #empty(): Histogram {
    const spare = this.#spare.pop();
    if (spare === undefined)
      return { sums: new Float64Array(2 * this.#cells), rows: new Uint32Array(this.#cells) };
    spare.sums.fill(0);
    spare.rows.fill(0);
    return spare;
  }
}

function addRows(
  { sums, rows: counts }: Histogram,
  rows: Uint32Array,
  { gradient, hessian }: Derivatives,
  cellOf: Uint16Array | Uint32Array,
  width: number,
  chosen: Int32Array,
): void {
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    const first = gradient[row] ?? 0;
    const second = hessian[row] ?? 0;
    const start = row * width;
    for (let c = 0; c < chosen.length; c++) {
      const cell = cellOf[start + (chosen[c] ?? 0)] ?? 0;
      const sum = cell << 1;
      sums[sum] = (sums[sum] ?? 0) + first;
      sums[sum + 1] = (sums[sum + 1] ?? 0) + second;
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  }
}
