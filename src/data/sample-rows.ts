import type { ColumnSource } from './column-source.ts';
import { type Column, type Table, takeRows } from './table.ts';

/**
 * At most so many rows of the columns named, in file order, every row with the same chance; all of them where there are no more.
 *
 * For what needs whole rows, such as telling two populations apart: its memory is bounded by `most`, whatever the size of the file.
 * @param random numbers in [0, 1) from a seed: the same ones give the same rows
 */
export async function sampleRows(
  source: ColumnSource,
  names: readonly string[],
  most: number,
  random: () => number,
): Promise<Table> {
  const sampled = sampledColumns(source, most, random);
  const columns: Column[] = [];
  for (const group of columnGroups([source], names)) columns.push(...(await sampled.read(group)).columns);
  return { rows: sampled.rows, columns };
}

/** The source as if it had only the rows that `sampleRows` gives. */
export function sampledColumns(source: ColumnSource, most: number, random: () => number): ColumnSource {
  if (source.rows <= most) return source;
  const chosen = chooseRows(source.rows, most, random);
  return { ...source, rows: most, read: async (names) => takeRows(await source.read(names), chosen) };
}

/** Selection sampling: Algorithm S of Knuth, The Art of Computer Programming 2, 3.4.2. */
function chooseRows(rows: number, wanted: number, random: () => number): Uint32Array {
  const chosen = new Uint32Array(wanted);
  let count = 0;
  for (let row = 0; count < wanted; row++) {
    if (random() * (rows - row) < wanted - count) chosen[count++] = row;
  }
  return chosen;
}

/** The names in groups that all of the sources can read together, in order. */
export function columnGroups(
  sources: readonly Pick<ColumnSource, 'together'>[],
  names: readonly string[],
): readonly (readonly string[])[] {
  const size = Math.min(names.length, ...sources.map((source) => source.together));
  const groups: (readonly string[])[] = [];
  for (let from = 0; from < names.length; from += size) groups.push(names.slice(from, from + size));
  return groups;
}
