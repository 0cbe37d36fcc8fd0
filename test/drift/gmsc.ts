import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readTable, requireNumeric, type Table, takeRows } from '../../src/data/index.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'gmsc');

/** Whether the real data stands beside this checkout; no test depends on it. */
export const gmscPresent = existsSync(folder);

/** The title of a test that does, saying why it is skipped where it is. */
export function gmscTitle(title: string): string {
  return gmscPresent ? title : `skipped: needs ../shared (${title})`;
}

/** Path of one of its files. */
export function gmscFile(file: string): string {
  return join(folder, file);
}

const known = new Map<string, Promise<Table>>();

export function gmscTable(file: string): Promise<Table> {
  const table = known.get(file) ?? readTable(gmscFile(file));
  known.set(file, table);
  return table;
}

export const gmscStart = Date.parse('2026-08-03T00:00:00Z');
const weekMs = 7 * 86_400_000;

/** The stream cut into its eight weeks: four calm, four shifted. */
export function gmscWeeks(stream: Table): readonly Table[] {
  const times = requireNumeric(stream, 'timestamp').values;
  return Array.from({ length: 8 }, (_, week) =>
    takeRows(
      stream,
      Uint32Array.from(
        [...times.keys()].filter((row) => Math.floor(((times[row] ?? 0) - gmscStart) / weekMs) === week),
      ),
    ),
  );
}
