import type { Labels } from '../data/classification-metrics.ts';
import { requireColumn, type Table } from '../data/table.ts';
import { binFeatures } from '../training/bin-features.ts';
import { growRegressionTree } from '../training/regression-tree.ts';
import { leafOf, type Tree, type TreeNode } from '../training/tree.ts';
import { minimumSegmentRows } from './criteria.ts';
import type { ScoredModel, Segment } from './question.ts';
import { byCodePoint, type SegmentFeature } from './segments.ts';
import { type CodedFeature, sliceName } from './slice-name.ts';

const depth = 3;
const bins = 32;
/** Categories beyond the most frequent ones are one. */
const mostCategories = 50;
/** A slice is at least this share of the rows that it is found on. */
const leastShare = 0.02;

/**
 * The part of the rows in which the challenger's probabilities are worse than the champion's most surely: a regression tree of
 * three levels on the difference of their squared errors, grown on every other row, and of its leaves the one whose mean difference
 * is the most standard errors above 0. The segment holds rows of the other half only, which the tree did not see, so that a
 * test on it is worth what one on any segment is (Chung et al. 2019, "Slice Finder", without their reuse of the rows).
 *
 * Rows are in order of time, so that both halves are of the same weeks. Nothing is drawn.
 * @param features numerical and categorical ones; others are passed over
 * @returns undefined where no split helps, or the challenger is nowhere worse
 */
export function worstSlice(
  table: Table,
  features: readonly SegmentFeature[],
  champion: ScoredModel,
  challenger: ScoredModel,
  labels: Labels,
): Segment | undefined {
  const coded = features
    .filter(({ type }) => type === 'numerical' || type === 'categorical')
    .map((feature) => codedFeature(table, feature));
  const half = Math.ceil(table.rows / 2);
  const least = Math.max(minimumSegmentRows, Math.ceil(leastShare * half));
  if (coded.length === 0 || half < 2 * least) return undefined;
  const harm = Float64Array.from(
    { length: half },
    (_, index) => squaredError(challenger, labels, 2 * index) - squaredError(champion, labels, 2 * index),
  );
  const { tree, leaves } = grow(coded, harm, least);
  const surest = (rows: Uint32Array) => standardErrorsAboveZero(harm, rows);
  const [worst] = leaves.toSorted((a, b) => surest(b.rows) - surest(a.rows));
  if (worst === undefined || leaves.length < 2 || !(surest(worst.rows) > 0)) return undefined;
  return { name: sliceName(coded, tree, worst.node), rows: rowsIn(tree, coded, tree[worst.node]) };
}

function grow(coded: readonly CodedFeature[], harm: Float64Array, minRowsPerLeaf: number) {
  const names = coded.map(({ name }) => name);
  const columns = coded.map(({ values }) => values.filter((_, row) => row % 2 === 0));
  const categories = coded.filter(({ categories }) => categories !== undefined).map(({ name }) => name);
  const binsOf = Object.fromEntries(categories.map((name) => [name, mostCategories]));
  const features = binFeatures(names, columns, { categories, maxBins: bins, maxBinsOf: binsOf });
  return growRegressionTree(features, harm, { depth, minRowsPerLeaf });
}

function rowsIn(tree: Tree, coded: readonly CodedFeature[], leaf: TreeNode | undefined): Uint32Array {
  const columns = coded.map(({ values }) => values);
  const rows: number[] = [];
  for (let row = 1; row < (columns[0]?.length ?? 0); row += 2)
    if (leafOf(tree, columns, row) === leaf) rows.push(row);
  return Uint32Array.from(rows);
}

function squaredError({ probabilities }: ScoredModel, labels: Labels, row: number): number {
  return ((probabilities[row] ?? 0) - (labels[row] ?? 0)) ** 2;
}

function standardErrorsAboveZero(values: Float64Array, rows: Uint32Array): number {
  let sum = 0;
  let squares = 0;
  for (const row of rows) {
    const value = values[row] ?? 0;
    sum += value;
    squares += value * value;
  }
  return squares === 0 ? 0 : sum / Math.sqrt(squares);
}

function codedFeature(table: Table, { name, type }: SegmentFeature): CodedFeature {
  const column = requireColumn(table, name);
  if (column.kind === 'numeric') {
    const categories = type === 'categorical' ? String : undefined;
    return { name, values: column.values, categories };
  }
  // By their order, so that the same rows give the same tree in whatever order their values were first met.
  const texts = [...new Set(column.dictionary)].toSorted(byCodePoint);
  const codeOf = new Map(texts.map((text, code) => [text, code]));
  const codes = column.dictionary.map((text) => codeOf.get(text) ?? Number.NaN);
  const values = Float64Array.from(column.codes, (code) => codes[code] ?? Number.NaN);
  return { name, values, categories: (code) => texts[code] ?? '' };
}
