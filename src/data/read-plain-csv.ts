import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { fromSystemError } from '../platform/errors.ts';
import { nextTurn } from '../platform/next-turn.ts';
import type { InputFile } from './input-file.ts';
import { PlainCells } from './plain-cells.ts';
import type { Table } from './table.ts';

/** Bytes read at once; a file with a longer line is left to DuckDB. */
const blockBytes = 1 << 20;
const newline = 10;
const longestLineEnd = 2;
const roomForShorterLines = 1.03;
/** Between so many blocks signals and timers have their turn. */
const blocksATurn = 16;
const plainHeader = /^(?:"[^"\r\n]*"|[^",\r\n]*)(?:,(?:"[^"\r\n]*"|[^",\r\n]*))*\r?\n$/;

export interface PlainCsvOptions {
  /** Columns that are text whatever they spell. */
  readonly text: readonly string[];
  /** A file whose values would take more memory is left to DuckDB, which can read it in parts. */
  readonly mostBytes: number;
  readonly signal?: AbortSignal | undefined;
  /** Told now and then what share of the file is read, 0..1. */
  readonly progress?: ((share: number) => void) | undefined;
}

/**
 * Reads a CSV file of numbers and plain words by itself: for a small one, starting DuckDB would take most of the time.
 * @param header the names of its columns, as `inspectFile` gives them
 * @returns the table that DuckDB would give, or undefined where the file holds anything that only DuckDB should judge
 */
export async function readPlainCsv(
  { path, name }: InputFile,
  header: readonly string[],
  { text, mostBytes, signal, progress }: PlainCsvOptions,
): Promise<Table | undefined> {
  if (header.some((each) => text.includes(each))) return undefined;
  const descriptor = openSync(path, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const block = Buffer.allocUnsafe(Math.min(blockBytes, size) + longestLineEnd);
    const read = (from: number, position: number) =>
      from + readSync(descriptor, block, from, block.length - longestLineEnd - from, position);
    let filled = read(0, 0);
    let position = filled;
    const firstLine = block.subarray(0, filled).indexOf(newline) + 1;
    const head = block.toString('latin1', 0, firstLine);
    if (!plainHeader.test(head)) return undefined;
    const lineEnd = head.endsWith('\r\n') ? '\r\n' : '\n';
    const rows = Math.ceil(((countLines(block.subarray(0, filled)) * size) / filled) * roomForShorterLines);
    if (rows * header.length * Float64Array.BYTES_PER_ELEMENT > mostBytes) return undefined;
    const cells = new PlainCells(header, lineEnd, rows);
    for (let start = firstLine, blocks = 1; filled > start; start = 0, blocks++) {
      const last = position >= size;
      if (last && block[filled - 1] !== newline) filled += block.write(lineEnd, filled, 'latin1');
      const end = block.subarray(0, filled).lastIndexOf(newline) + 1;
      if (end <= start || !cells.add(block, start, end)) return undefined;
      block.copyWithin(0, end, filled);
      filled -= end;
      if (last) break;
      const before = filled;
      filled = read(filled, position);
      position += filled - before;
      if (blocks % blocksATurn === 0) {
        progress?.(position / size);
        await nextTurn(signal);
      }
    }
    const columns = cells.columns();
    return columns && { rows: cells.rows, columns };
  } catch (error) {
    throw fromSystemError(error, `${name} cannot be read`);
  } finally {
    closeSync(descriptor);
  }
}

function countLines(bytes: Buffer): number {
  let lines = 1;
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) lines++;
  return lines;
}
