import { once } from 'node:events';
import { createWriteStream, readFileSync, renameSync, rmSync } from 'node:fs';
import { extname } from 'node:path';
import { finished } from 'node:stream/promises';
import { streamRows } from '../data/index.ts';
import { fromSystemError, UsageError } from '../platform/errors.ts';
import { openScorer } from '../scoring/index.ts';

export interface FileToScore {
  readonly model: string;
  readonly input: string;
  /** CSV with prediction_id (or row), probability and outcome. */
  readonly output: string;
  readonly features?: readonly string[];
  readonly threshold?: number;
  readonly format?: string;
}

const idColumn = 'prediction_id';
const evenOdds = 0.5;

/** Scores a file batch by batch; the output appears whole when the last row is written, or not at all. */
export async function scoreFile(
  file: FileToScore,
  signal: AbortSignal,
  progress: (rows: number) => void,
): Promise<{ readonly rows: number }> {
  if (extname(file.output) !== '.csv') {
    throw new UsageError(`--output ${file.output} is not a .csv file`, {
      remedy: 'scores are written as CSV; name a .csv file',
    });
  }
  const scorer = await openScorer(readWhole(file.model), file.features);
  const threshold = file.threshold ?? scorer.metadata.threshold ?? evenOdds;
  const fresh = `${file.output}.${process.pid}.tmp`;
  const output = createWriteStream(fresh);
  let rows = 0;
  try {
    await once(output, 'open');
    const options = { format: file.format, signal };
    await streamRows(file.input, scorer.features, idColumn, options, async (batch) => {
      signal.throwIfAborted();
      const probabilities = await scorer.score(batch.values, batch.rows);
      if (rows === 0) output.write(`${batch.ids === undefined ? 'row' : idColumn},probability,outcome\n`);
      let lines = '';
      for (const [row, probability] of probabilities.entries()) {
        const id = batch.ids?.[row];
        lines += `${id === undefined ? rows + row + 1 : csvCell(id)},${probability},${probability >= threshold ? 1 : 0}\n`;
      }
      if (!output.write(lines)) await once(output, 'drain');
      rows += batch.rows;
      progress(rows);
    });
    output.end();
    await finished(output);
    renameSync(fresh, file.output);
    return { rows };
  } catch (error) {
    output.destroy();
    rmSync(fresh, { force: true });
    throw fromSystemError(error, `${file.output} cannot be written`);
  } finally {
    await scorer.close();
  }
}

function readWhole(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw fromSystemError(error, `model ${path} cannot be read`);
  }
}

function csvCell(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
