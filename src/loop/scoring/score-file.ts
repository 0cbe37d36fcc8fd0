import { readFileSync, statSync } from 'node:fs';
import { estimateRows, predictionColumn, streamRows } from '../../data/index.ts';
import { fromSystemError, UsageError } from '../../platform/errors.ts';
import { openScorer, type Scorer } from '../../scoring/index.ts';
import { openScoreOutput } from './score-output.ts';

export interface FileToScore {
  readonly model: string;
  readonly input: string;
  /** CSV, Parquet or JSON Lines by its extension, with prediction_id (or row), probability and outcome. */
  readonly output: string;
  readonly features?: readonly string[];
  readonly threshold?: number | undefined;
  readonly format?: string | undefined;
}

/** Rows in and scores out, whichever model it is. */
export interface RowsToScore {
  readonly input: string;
  readonly output: string;
  /** Probability from which the outcome is 1; by default the one that the model carries, else even odds. */
  readonly threshold?: number | undefined;
  readonly format?: string | undefined;
}

export interface ScoredBatch {
  /** Row-major, rows x the scorer's features, NaN is missing; its memory is used again for the next batch. */
  readonly values: Float64Array;
  readonly rows: number;
  readonly ids: readonly string[] | undefined;
  /** Epoch milliseconds, NaN where the row has none; undefined where the file has no time column. */
  readonly times: Float64Array | undefined;
  readonly probabilities: Float64Array;
  readonly threshold: number;
}

export interface ScoringHooks {
  readonly signal: AbortSignal;
  /** Called after each batch with the rows done and about how many there are, where that can be told. */
  readonly progress: (rows: number, total: number | undefined) => void;
  /** Given each batch after it was scored, such as to record it. */
  readonly each?: (batch: ScoredBatch) => Promise<void>;
}

const evenOdds = 0.5;

/** Scores a file with the model of another; see `scoreRows`. */
export async function scoreFile(
  { model, features, ...rows }: FileToScore,
  hooks: ScoringHooks,
): Promise<{ readonly rows: number }> {
  const scorer = await openScorer(readWhole(model), features);
  try {
    requireOther(rows.output, 'model', model);
    return await scoreRows(scorer, rows, hooks);
  } finally {
    await scorer.close();
  }
}

/**
 * Scores a file batch by batch; the output appears whole when the last row is written, or not at all.
 * @throws DataError when a row cannot be read or scored, naming it; UsageError when the output is the input;
 *   InputOutputError when it cannot be written
 */
export async function scoreRows(
  scorer: Scorer,
  file: RowsToScore,
  { signal, progress, each }: ScoringHooks,
): Promise<{ readonly rows: number }> {
  const threshold = file.threshold ?? scorer.metadata.threshold ?? evenOdds;
  requireOther(file.output, 'input', file.input);
  const output = await openScoreOutput(file.output, predictionColumn.id, threshold);
  const columns = { features: scorer.features, id: predictionColumn.id, time: predictionColumn.time };
  let rows = 0;
  let total: number | undefined;
  try {
    await streamRows(file.input, columns, { format: file.format, signal }, async (batch) => {
      signal.throwIfAborted();
      const probabilities = await scorer.score(batch.values, batch.rows, rows);
      await each?.({ ...batch, probabilities, threshold });
      await output.add({ ids: batch.ids, probabilities });
      if (rows > 0) total ??= await estimateRows(file.input, file.format);
      rows += batch.rows;
      progress(rows, total);
    });
    await output.finish(signal);
    return { rows };
  } finally {
    await output.discard();
  }
}

/** @throws UsageError when the output would take the place of a file that is read */
function requireOther(output: string, role: 'input' | 'model', path: string): void {
  const [one, other] = [output, path].map((each) => statSync(each, { throwIfNoEntry: false }));
  if (one === undefined || other === undefined || one.dev !== other.dev || one.ino !== other.ino) return;
  throw new UsageError(`--output ${output} is the ${role} itself`, {
    remedy: 'name another file; the scores can be joined to the rows by their ids',
  });
}

function readWhole(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw fromSystemError(error, `model ${path} cannot be read`);
  }
}
