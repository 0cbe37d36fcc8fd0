import { firstAbove, firstAtLeast, quantile } from '../../data/sorted-numbers.ts';
import type { Column, TextColumn } from '../../data/table.ts';
import { profileColumn } from '../feature-profile.ts';

/** Where the reference is cut; its distinct quantiles are the bins' edges. */
const cuts = [0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98] as const;
/** The most frequent categories have a bin of their own. */
const mostCategories = 20;
/** Rows that a row is scored by: a twentieth of all, within these. */
const neighbours = { share: 1 / 20, least: 100, most: 1_000 } as const;
/** A bin that holds so few of the neighbours has half a say. */
const fewRows = 5;

/**
 * How much each row's value speaks against the reference and for the rows after it: with p and q the shares of its bin in the
 * reference and among those neighbours, (q - p) / ((p + q) / 2) less its mean under p, the weighting of bins whose means tell two
 * samples apart best (Fisher 1936, for indicators of bins). So a shift of place, of spread, of a tail or of categories all show as a
 * mean above 0, whichever way it goes, while rows that are like the reference have mean 0, also beside rows that are not. Odd rows
 * are scored by their even neighbours and even ones by odd, so that no value speaks for itself.
 * @param current rows in order of time
 * @param by whether a row is one of those that every row is scored by, in place of the ones after it
 * @returns one score a row, within ±4; rows without a value are a bin
 */
export function scoreRows(reference: Column, current: Column, by?: (row: number) => boolean): Float64Array {
  const { expected, current: bins } = binRows(reference, current);
  const rows = bins.length;
  const ahead = rowsAhead(rows);
  const around = [emptyCounts(expected.length), emptyCounts(expected.length)] as const;
  const count = (row: number, difference: 1 | -1) => {
    const bin = bins[row] ?? 0;
    const half = row % 2 === 0 ? around[0] : around[1];
    half.bins[bin] = (half.bins[bin] ?? 0) + difference;
    half.rows += difference;
  };
  const asked = by ?? ((row: number) => row < ahead);
  for (let row = 0; row < rows; row++) if (asked(row)) count(row, 1);
  return Float64Array.from(bins, (bin, row) => {
    // Near the end, where fewer rows follow, the last ones stay.
    if (by === undefined && row > 0 && row + ahead <= rows) {
      count(row - 1, -1);
      count(row + ahead - 1, 1);
    }
    return score(bin, row % 2 === 0 ? around[1] : around[0], expected);
  });
}

/** So many of the rows after it a row is scored by. */
export function rowsAhead(rows: number): number {
  return Math.ceil(Math.min(neighbours.most, Math.max(neighbours.least, rows * neighbours.share)));
}

interface Counts {
  readonly bins: Float64Array;
  rows: number;
}

function emptyCounts(size: number): Counts {
  return { bins: new Float64Array(size), rows: 0 };
}

function score(bin: number, around: Counts, expected: Float64Array): number {
  const least = fewRows / Math.max(1, around.rows);
  const weight = (each: number) => {
    const p = expected[each] ?? 0;
    const q = (around.bins[each] ?? 0) / Math.max(1, around.rows);
    return (q - p) / ((p + q) / 2 + least);
  };
  let centre = 0;
  for (const [each, p] of expected.entries()) if (p > 0) centre += p * weight(each);
  return weight(bin) - centre;
}

interface BinnedRows {
  /** Share of the reference's rows in each bin. */
  readonly expected: Float64Array;
  /** A bin's number for each current row; 0 is missing. */
  readonly current: Int32Array;
}

function binRows(reference: Column, current: Column): BinnedRows {
  if (reference.kind === 'text' && current.kind === 'text') return binTexts(reference, current);
  const profile = profileColumn(reference);
  const sorted = profile.kind === 'numeric' ? profile.sorted : new Float64Array();
  const edges = sorted.length === 0 ? [] : [...new Set(cuts.map((share) => quantile(sorted, share)))];
  return {
    expected: toShares(countSortedBins(sorted, edges, profile.rows), profile.rows),
    current: binNumbers(current, edges),
  };
}

function binNumbers(column: Column, edges: readonly number[]): Int32Array {
  if (column.kind === 'text') return new Int32Array(column.codes.length);
  const bins = new Int32Array(column.values.length);
  for (let row = 0; row < bins.length; row++) bins[row] = binOf(column.values[row] ?? Number.NaN, edges);
  return bins;
}

/** How many of `rows` are in each bin of `binOf`, by the places of the edges among the values there are. */
function countSortedBins(sorted: Float64Array, edges: readonly number[], rows: number): Float64Array {
  const counts = new Float64Array(2 * edges.length + 2);
  counts[0] = rows - sorted.length;
  let before = 0;
  for (const [index, edge] of edges.entries()) {
    const [from, until] = [firstAtLeast(sorted, edge), firstAbove(sorted, edge)];
    counts[2 * index + 1] = from - before;
    counts[2 * index + 2] = until - from;
    before = until;
  }
  counts[2 * edges.length + 1] = sorted.length - before;
  return counts;
}

/** Values equal to an edge are a bin of their own, so that heaps and constants are. */
function binOf(value: number, edges: readonly number[]): number {
  if (Number.isNaN(value)) return 0;
  let bin = 1;
  for (const edge of edges) {
    if (value < edge) break;
    bin += value === edge ? 1 : 2;
  }
  return bin;
}

/** The most frequent values of the reference each by itself, its other ones together, and those it never had. */
function binTexts(reference: TextColumn, current: TextColumn): BinnedRows {
  const profile = profileColumn(reference);
  const known = profile.kind === 'text' ? profile.values : [];
  const often = profile.kind === 'text' ? profile.counts : [];
  const ranked = [...known.keys()].sort((a, b) => (often[b] ?? 0) - (often[a] ?? 0));
  const place = new Map(
    ranked.map((index, rank) => [known[index] ?? '', 1 + Math.min(rank, mostCategories)]),
  );
  const binAll = ({ codes, dictionary }: TextColumn) => {
    const bins = dictionary.map((value) => place.get(value) ?? mostCategories + 2);
    return codes.map((code) => bins[code] ?? 0);
  };
  const counts = new Float64Array(mostCategories + 3);
  for (const bin of binAll(reference)) counts[bin] = (counts[bin] ?? 0) + 1;
  return { expected: toShares(counts, reference.codes.length), current: binAll(current) };
}

function toShares(counts: Float64Array, rows: number): Float64Array {
  return counts.map((each) => each / Math.max(1, rows));
}
