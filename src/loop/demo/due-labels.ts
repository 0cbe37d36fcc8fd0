import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { csvCell } from '../../data/row-text.ts';
import { parseIso } from '../../platform/clock.ts';
import { fromSystemError } from '../../platform/errors.ts';

const timeColumn = 'label_timestamp';

/** Labels in the order they fell due, handed out as files, as an operator gets them. */
export interface DueLabels {
  /** When the last one fell due, epoch milliseconds; undefined when there is none. */
  readonly last: number | undefined;
  /** Writes those that have fallen due since the last call. @returns the file's path, undefined when there is none */
  writeUntil(time: number): string | undefined;
}

/** Reads the labels' file and hands it out by `label_timestamp`; what has no readable time comes with the first. */
export function dueLabels(path: string, folder: string): DueLabels {
  const lines = readLines(path);
  const header = lines[0] ?? [];
  const at = header.indexOf(timeColumn);
  const rows = lines
    .slice(1)
    .map((cells) => ({ cells, due: parseIso(cells[at] ?? '') ?? Number.NEGATIVE_INFINITY }))
    .sort((a, b) => a.due - b.due);
  let given = 0;
  let files = 0;
  return {
    last: rows.at(-1)?.due,
    writeUntil: (time) => {
      const from = given;
      while (given < rows.length && (rows[given]?.due ?? time) <= time) given++;
      if (from === given) return undefined;
      files++;
      const file = join(folder, `labels-${String(files).padStart(2, '0')}.csv`);
      const due = [header, ...rows.slice(from, given).map(({ cells }) => cells)];
      writeFileSync(file, `${due.map((cells) => cells.map(csvCell).join(',')).join('\n')}\n`);
      return file;
    },
  };
}

function readLines(path: string): readonly (readonly string[])[] {
  try {
    const lines: string[][] = parse(readFileSync(path), {
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
    });
    return lines;
  } catch (error) {
    throw fromSystemError(error, `labels ${path} cannot be read`);
  }
}
