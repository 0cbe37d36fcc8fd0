import { renameSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { convertCsv, type FileFormat, formatOfExtension, makeFolders } from '../../data/index.ts';
import { csvCell } from '../../data/row-text.ts';
import { fromSystemError, UsageError } from '../../platform/errors.ts';

export interface ScoredRows {
  /** Undefined where the input has no ids: rows are then numbered from 1. */
  readonly ids: readonly string[] | undefined;
  readonly probabilities: Float64Array;
}

/** A file of scores that appears whole, or not at all. */
export interface ScoreOutput {
  /** Returns when these rows are on their way to the disk, so that the next ones are scored meanwhile. */
  add(rows: ScoredRows): Promise<void>;
  /** Puts the file in its place. */
  finish(signal: AbortSignal): Promise<void>;
  /** Removes what there is of a file that was not finished; does nothing after `finish`. */
  discard(): Promise<void>;
}

/** V8 joins a string of this many lines faster than one of a whole batch. */
const linesAtOnce = 64;

/**
 * Opens a file for prediction_id (or row), probability and outcome. Rows go to a temporary CSV file beside it, which is
 * renamed at the end, or written again as Parquet or JSON Lines.
 * @param threshold probability from which the outcome is 1
 * @throws UsageError when the extension names no format, or the path is a folder; InputOutputError when it cannot be written
 */
export async function openScoreOutput(
  path: string,
  idColumn: string,
  threshold: number,
): Promise<ScoreOutput> {
  const format = outputFormat(path);
  const csv = `${path}.${process.pid}.csv.tmp`;
  const converted = `${path}.${process.pid}.tmp`;
  const file = await openForWriting(path, csv);
  let rows = 0;
  let key = 'row';
  let writing: Promise<void> = Promise.resolve();
  const write = async (content: Buffer) => {
    await writing;
    writing = file.writeFile(content);
    writing.catch(() => undefined);
  };
  const remove = () => {
    rmSync(csv, { force: true });
    rmSync(converted, { force: true });
  };
  return {
    add: async ({ ids, probabilities }) => {
      const lines: Buffer[] = [];
      if (rows === 0) {
        key = ids === undefined ? 'row' : idColumn;
        lines.push(Buffer.from(headerLine(key)));
      }
      for (let start = 0; start < probabilities.length; start += linesAtOnce)
        lines.push(Buffer.from(scoreLines(ids, probabilities, threshold, start, rows)));
      rows += probabilities.length;
      await write(Buffer.concat(lines)).catch((error: unknown) => {
        throw fromSystemError(error, `${path} cannot be written`);
      });
    },
    finish: async (signal) => {
      try {
        if (rows === 0) await write(Buffer.from(headerLine(key)));
        await writing;
        if (format === 'csv') await file.sync();
        await file.close();
        if (format !== 'csv') await convertCsv(csv, columnTypes(key), converted, format, signal);
        signal.throwIfAborted();
        renameSync(format === 'csv' ? csv : converted, path);
      } catch (error) {
        throw fromSystemError(error, `${path} cannot be written`);
      } finally {
        remove();
      }
    },
    discard: async () => {
      await writing.catch(() => undefined);
      await file.close().catch(() => undefined);
      remove();
    },
  };
}

function outputFormat(path: string): FileFormat {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`--output ${path} is a folder`, {
      remedy: `name a file, such as ${path}/scores.csv`,
    });
  }
  const format = formatOfExtension(path);
  if (format === undefined) {
    throw new UsageError(`--output ${path} names no format`, {
      why: 'scores are written as CSV, Parquet or JSON Lines, told by the extension',
      remedy: 'name a .csv, .parquet or .jsonl file',
    });
  }
  return format;
}

async function openForWriting(path: string, temporary: string): Promise<FileHandle> {
  try {
    makeFolders(dirname(path));
    return await open(temporary, 'w');
  } catch (error) {
    throw fromSystemError(error, `${path} cannot be written`);
  }
}

const headerLine = (key: string) => `${key},probability,outcome\n`;

const columnTypes = (key: string) =>
  ({ [key]: key === 'row' ? 'BIGINT' : 'VARCHAR', probability: 'DOUBLE', outcome: 'TINYINT' }) as const;

function scoreLines(
  ids: readonly string[] | undefined,
  probabilities: Float64Array,
  threshold: number,
  start: number,
  before: number,
): string {
  const end = Math.min(start + linesAtOnce, probabilities.length);
  let lines = '';
  for (let row = start; row < end; row++) {
    const probability = probabilities[row] ?? Number.NaN;
    const key = ids === undefined ? before + row + 1 : csvCell(ids[row] ?? '');
    lines += `${key},${probability},${probability >= threshold ? 1 : 0}\n`;
  }
  return lines;
}
