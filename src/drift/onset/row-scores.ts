import type { Column, TextColumn } from '../../data/table.ts';
import { quantile } from '../distribution.ts';
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
  const bins = binRows(reference, current);
  const expected = shares(bins.reference, bins.size);
  const rows = bins.current.length;
  const ahead = rowsAhead(rows);
  const around = [emptyCounts(bins.size), emptyCounts(bins.size)] as const;
  const count = (row: number, difference: 1 | -1) => {
    const bin = bins.current[row] ?? 0;
    const half = row % 2 === 0 ? around[0] : around[1];
    half.bins[bin] = (half.bins[bin] ?? 0) + difference;
    half.rows += difference;
  };
  const asked = by ?? ((row: number) => row < ahead);
  for (let row = 0; row < rows; row++) if (asked(row)) count(row, 1);
  return Float64Array.from(bins.current, (bin, row) => {
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
  /** A bin's number a row; 0 is missing. */
  readonly reference: Int32Array;
  readonly current: Int32Array;
  readonly size: number;
}

function binRows(reference: Column, current: Column): BinnedRows {
  if (reference.kind === 'text' && current.kind === 'text') return binTexts(reference, current);
  const profile = profileColumn(reference);
  const sorted = profile.kind === 'numeric' ? profile.sorted : new Float64Array();
  const edges = sorted.length === 0 ? [] : [...new Set(cuts.map((share) => quantile(sorted, share)))];
  const binAll = (column: Column) =>
    column.kind === 'numeric'
      ? Int32Array.from(column.values, (value) => binOf(value, edges))
      : new Int32Array(column.codes.length);
  return { reference: binAll(reference), current: binAll(current), size: 2 * edges.length + 2 };
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
  const counts = profile.kind === 'text' ? profile.counts : [];
  const ranked = [...known.keys()].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0));
  const place = new Map(
    ranked.map((index, rank) => [known[index] ?? '', 1 + Math.min(rank, mostCategories)]),
  );
  const binAll = ({ codes, dictionary }: TextColumn) => {
    const bins = dictionary.map((value) => place.get(value) ?? mostCategories + 2);
    return codes.map((code) => bins[code] ?? 0);
  };
  return { reference: binAll(reference), current: binAll(current), size: mostCategories + 3 };
}

function shares(bins: Int32Array, size: number): Float64Array {
  const counts = new Float64Array(size);
  for (const bin of bins) counts[bin] = (counts[bin] ?? 0) + 1;
  return counts.map((each) => each / Math.max(1, bins.length));
}
