import { sortNumbers } from '../../data/sort-numbers.ts';
import { firstAtLeast } from '../../data/sorted-numbers.ts';
import type { Column, NumericColumn, TextColumn } from '../../data/table.ts';
import { type FeatureProfile, profileColumn } from '../feature-profile.ts';

/** A column whose values were sorted once, so that samples of its rows are counted rather than sorted. */
export interface RankedColumn {
  /** Of each row the place of its value among the distinct ones, of a text its place in the dictionary; -1 is missing. */
  readonly ranks: Int32Array;
  /** The rows of those numbers, each as often as it stands there, as one side of a comparison. */
  profileOf(rows: Uint32Array): FeatureProfile;
}

export function rankColumn(column: Column): RankedColumn {
  return column.kind === 'text' ? rankTexts(column) : rankNumbers(column);
}

function rankTexts(column: TextColumn): RankedColumn {
  const { codes } = column;
  return {
    ranks: codes,
    profileOf: (rows) =>
      profileColumn({ ...column, codes: Int32Array.from(rows, (row) => codes[row] ?? -1) }),
  };
}

function rankNumbers({ type, values }: NumericColumn): RankedColumn {
  const distinct = sortNumbers(values).filter((value, place, sorted) => value !== sorted[place - 1]);
  const ranks = Int32Array.from(values, (value) =>
    Number.isNaN(value) ? -1 : firstAtLeast(distinct, value),
  );
  const counts = new Uint32Array(distinct.length);
  return {
    ranks,
    profileOf: (rows) => {
      const present = countRanks(ranks, rows, counts.fill(0));
      return { kind: 'numeric', type, rows: rows.length, sorted: repeatEach(distinct, counts, present) };
    },
  };
}

/** @returns how many of the rows have a value */
function countRanks(ranks: Int32Array, rows: Uint32Array, counts: Uint32Array): number {
  let present = 0;
  for (let i = 0; i < rows.length; i++) {
    const rank = ranks[rows[i] ?? 0] ?? -1;
    if (rank < 0) continue;
    counts[rank] = (counts[rank] ?? 0) + 1;
    present++;
  }
  return present;
}

function repeatEach(values: Float64Array, counts: Uint32Array, present: number): Float64Array {
  const sorted = new Float64Array(present);
  let place = 0;
  for (let rank = 0; rank < counts.length; rank++) {
    const value = values[rank] ?? Number.NaN;
    for (const end = place + (counts[rank] ?? 0); place < end; place++) sorted[place] = value;
  }
  return sorted;
}
