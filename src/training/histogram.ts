import type { JointHistogram } from './fit/add-rows.ts';
import type { FitMemory } from './fit/fit-memory.ts';
import { type JointColumn, joinFeatures } from './fit/joint-columns.ts';
import type { RowRange } from './fit/leaf-rows.ts';
import type { TaskRunner } from './fit/task-runner.ts';
import type { LeafSums } from './split.ts';

/** What the rows of one leaf add up to, by bin of each feature that the tree may split on. */
export interface Histogram {
  /** Gradient and hessian of each bin, side by side. */
  readonly sums: Float64Array;
  /** Rows of each bin. */
  readonly rows: Uint32Array;
}

/** A feature in the histogram of a leaf, and in its column. */
interface PlacedFeature {
  /** Its first bin, and how many it has. */
  readonly offset: number;
  readonly size: number;
  readonly column: JointColumn;
  readonly stride: number;
}

/** Makes the histograms of one tree after another, in memory that is used again. */
export class HistogramBuilder {
  /** First bin of each feature. */
  readonly offsets: Int32Array;
  readonly #memory: FitMemory;
  readonly #runner: TaskRunner;
  readonly #spare: Histogram[] = [];
  readonly #features: readonly PlacedFeature[];
  readonly #columns: readonly JointColumn[];
  readonly #bins: number;
  #chosen: readonly PlacedFeature[] = [];
  #chosenColumns: readonly JointColumn[] = [];

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
    this.#columns = joinFeatures(memory.sizes, memory.rows.length);
    const features: PlacedFeature[] = [];
    for (const column of this.#columns)
      for (const { place, stride } of column.features)
        features[place] = {
          offset: this.offsets[place] ?? 0,
          size: memory.sizes[place] ?? 0,
          column,
          stride,
        };
    this.#features = features;
    runner.run('lay', 0, memory.rows.length);
  }

  /** Makes ready for a tree that may split on these features, by their places. */
  choose(features: readonly number[]): void {
    this.#chosen = features.flatMap((place) => this.#features[place] ?? []);
    const wanted = new Set(this.#chosen.map(({ column }) => column));
    this.#chosenColumns = this.#columns.filter((column) => wanted.has(column));
    const places = this.#chosenColumns.map((column) => this.#columns.indexOf(column));
    this.#memory.chosen.set([places.length, ...places]);
  }

  /** Of the rows of a leaf. */
  of({ from, until }: RowRange): Histogram {
    const { middle } = this.#runner.run('count', from, until);
    const [joint, other] = this.#memory.histograms;
    const histogram = this.#spare.pop() ?? {
      sums: new Float64Array(2 * this.#bins),
      rows: new Uint32Array(this.#bins),
    };
    if (joint === undefined || other === undefined) return histogram;
    if (middle < until) for (const column of this.#chosenColumns) addColumn(joint, other, column);
    for (const feature of this.#chosen) takeFeature(histogram, joint, feature);
    return histogram;
  }

  /** Turns the histogram of a leaf into that of one child, given the other's: a subtraction in place of a pass over its rows. */
  leaveOver(parent: Histogram, child: Histogram): Histogram {
    for (const { offset, size } of this.#chosen) subtract(parent, child, offset, offset + size);
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
}

function addColumn(to: JointHistogram, other: JointHistogram, { first, size }: JointColumn): void {
  for (let i = 2 * first; i < 2 * (first + size); i++) to.sums[i] = (to.sums[i] ?? 0) + (other.sums[i] ?? 0);
  for (let i = first; i < first + size; i++) to.counts[i] = (to.counts[i] ?? 0) + (other.counts[i] ?? 0);
}

function subtract({ sums, rows }: Histogram, child: Histogram, from: number, until: number): void {
  for (let i = 2 * from; i < 2 * until; i++) sums[i] = (sums[i] ?? 0) - (child.sums[i] ?? 0);
  for (let i = from; i < until; i++) rows[i] = (rows[i] ?? 0) - (child.rows[i] ?? 0);
}

/** Adds up the cells of the feature's column that stand for each of its bins. */
function takeFeature({ sums, rows }: Histogram, joint: JointHistogram, feature: PlacedFeature): void {
  const { offset, size, stride, column } = feature;
  const end = column.first + column.size;
  if (size === column.size) {
    sums.set(joint.sums.subarray(2 * column.first, 2 * end), 2 * offset);
    rows.set(joint.counts.subarray(column.first, end), offset);
    return;
  }
  sums.fill(0, 2 * offset, 2 * (offset + size));
  rows.fill(0, offset, offset + size);
  let bin = offset;
  let within = 0;
  for (let cell = column.first; cell < end; cell++) {
    sums[2 * bin] = (sums[2 * bin] ?? 0) + (joint.sums[2 * cell] ?? 0);
    sums[2 * bin + 1] = (sums[2 * bin + 1] ?? 0) + (joint.sums[2 * cell + 1] ?? 0);
    rows[bin] = (rows[bin] ?? 0) + (joint.counts[cell] ?? 0);
    if (++within < stride) continue;
    within = 0;
    if (++bin === offset + size) bin = offset;
  }
}
