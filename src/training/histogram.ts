import type { FitMemory, JointHistogram } from './fit/fit-memory.ts';
import type { JointFeature } from './fit/joint-columns.ts';
import type { RowRange } from './fit/leaf-rows.ts';
import type { TaskRunner } from './fit/task-runner.ts';
import type { LeafSums } from './split.ts';

/** What the rows of one leaf add up to, by bin of each feature. */
export interface Histogram {
  /** Gradient and hessian of each bin, side by side. */
  readonly sums: Float64Array;
  /** Rows of each bin. */
  readonly rows: Uint32Array;
}

/** Makes the histograms of one tree after another, in memory that is used again. */
export class HistogramBuilder {
  /** First bin of each feature. */
  readonly offsets: Int32Array;
  readonly #memory: FitMemory;
  readonly #runner: TaskRunner;
  readonly #spare: Histogram[] = [];
  readonly #bins: number;

  constructor(memory: FitMemory, runner: TaskRunner) {
    this.#memory = memory;
    this.#runner = runner;
    this.offsets = new Int32Array(memory.sizes.length);
    let offset = 0;
    for (const [place, size] of memory.sizes.entries()) {
      this.offsets[place] = offset;
      offset += size;
    }
    this.#bins = offset;
  }

  /** Makes ready for trees on these features, by their places. */
  choose(features: readonly number[]): void {
    const { chosen, rows } = this.#memory;
    const isSame =
      chosen[1] === features.length && features.every((place, index) => chosen[2 + index] === place);
    if (isSame) return;
    chosen.set([(chosen[0] ?? 0) + 1, features.length, ...features]);
    this.#runner.run('lay', 0, rows.length);
  }

  /** Of the rows of a leaf; the bins of features that are not chosen stay 0. */
  of({ from, until }: RowRange): Histogram {
    const { middle } = this.#runner.run('count', from, until);
    const [joint, other] = this.#memory.histograms;
    const histogram = this.#empty();
    if (joint === undefined || other === undefined) return histogram;
    const { groups, size } = this.#runner.worker.layout;
    if (middle < until) addHistogram(joint, other, size);
    for (const { columns, firstSum } of groups) {
      let first = firstSum;
      for (const column of columns) {
        for (const feature of column.features)
          addFeature(
            histogram,
            this.offsets[feature.place] ?? 0,
            this.#memory.sizes[feature.place] ?? 0,
            joint,
            first,
            column.size,
            feature,
          );
        first += column.size;
      }
    }
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

  /** What the rows of a leaf add up to, read off the bins of one of its features. */
  total({ sums, rows }: Histogram, place: number): LeafSums {
    const total = { gradient: 0, hessian: 0, rows: 0 };
    const offset = this.offsets[place] ?? 0;
    const end = offset + (this.#memory.sizes[place] ?? 0);
    for (let bin = offset; bin < end; bin++) {
      total.gradient += sums[2 * bin] ?? 0;
      total.hessian += sums[2 * bin + 1] ?? 0;
      total.rows += rows[bin] ?? 0;
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
      return { sums: new Float64Array(2 * this.#bins), rows: new Uint32Array(this.#bins) };
    spare.sums.fill(0);
    spare.rows.fill(0);
    return spare;
  }
}

function addHistogram(to: JointHistogram, other: JointHistogram, cells: number): void {
  for (let i = 0; i < 2 * cells; i++) to.sums[i] = (to.sums[i] ?? 0) + (other.sums[i] ?? 0);
  for (let i = 0; i < cells; i++) to.counts[i] = (to.counts[i] ?? 0) + (other.counts[i] ?? 0);
}

/** Adds up the cells of a column that stand for each bin of the feature. */
function addFeature(
  { sums, rows }: Histogram,
  firstBin: number,
  bins: number,
  joint: JointHistogram,
  firstCell: number,
  cells: number,
  { stride }: JointFeature,
): void {
  let bin = firstBin;
  let within = 0;
  for (let cell = firstCell; cell < firstCell + cells; cell++) {
    sums[2 * bin] = (sums[2 * bin] ?? 0) + (joint.sums[2 * cell] ?? 0);
    sums[2 * bin + 1] = (sums[2 * bin + 1] ?? 0) + (joint.sums[2 * cell + 1] ?? 0);
    rows[bin] = (rows[bin] ?? 0) + (joint.counts[cell] ?? 0);
    if (++within < stride) continue;
    within = 0;
    if (++bin === firstBin + bins) bin = firstBin;
  }
}
