import { statSync } from 'node:fs';
import { predictionColumn } from '../../data/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { DataError, UsageError } from '../../platform/errors.ts';
import { nextTurn } from '../../platform/next-turn.ts';
import { type ModelVersion, readArtifact, requireVersion } from '../../registry/index.ts';
import { openScorer } from '../../scoring/index.ts';
import {
  type AuditEntry,
  openForReading,
  openStore,
  type PredictionSpool,
  predictionSpool,
  type RecordedPredictions,
  recordEvent,
  type Store,
} from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { type RowsToScore, type ScoredBatch, type ScoringHooks, scoreRows } from './score-file.ts';

export interface VersionToScoreWith extends RowsToScore {
  /** A version's number, or `production` or `staging`. */
  readonly version: string;
  /** Record the predictions in the store, too. */
  readonly log: boolean;
  readonly who: string;
}

/**
 * Scores a file with a version of the workspace. With `log`, the rows are recorded as predictions in one transaction once the
 * output is in place; rows without a time get the clock's.
 * @throws what `scoreRows` throws; DataError when a row to record lacks its id or lies in the future, and when a prediction is
 *   known already with other values
 */
export async function scoreWithVersion(
  workspace: Workspace,
  wanted: VersionToScoreWith,
  clock: Clock,
  hooks: Omit<ScoringHooks, 'each'>,
): Promise<{ readonly rows: number; readonly recorded: RecordedPredictions | null }> {
  const { version: name, log, who, ...file } = wanted;
  const path = workspace.paths.store;
  using store = log ? openStore(path, { create: false }) : openForReading(path);
  const version = requireVersion(store, name);
  const content = readArtifact(workspace.paths.artifacts, version.sha256, 'onnx');
  const scorer = await openScorer(content, version.features);
  try {
    const rows = { ...file, threshold: file.threshold ?? version.threshold };
    if (!log) return { ...(await scoreRows(scorer, rows, hooks)), recorded: null };
    if (statSync(file.input, { throwIfNoEntry: false })?.isFIFO())
      throw new UsageError('--log needs a file, not a pipe', { remedy: 'write the rows to a file first' });
    const spool = predictionSpool(
      store,
      version.features.map((feature) => ({ name: feature, type: 'REAL' })),
    );
    const each = spoolBatch(spool, version, file.input, clock.now());
    const { rows: scored } = await scoreRows(scorer, rows, { ...hooks, each });
    const entry = { at: clock.now(), who, command: 'score --log', reason: file.input };
    return { rows: scored, recorded: await record(store, spool, entry, hooks.signal) };
  } finally {
    await scorer.close();
  }
}

function spoolBatch(spool: PredictionSpool, version: ModelVersion, input: string, now: number) {
  const width = version.features.length;
  let before = 0;
  return async ({ rows, values, ids, times, probabilities, threshold }: ScoredBatch): Promise<void> => {
    if (ids === undefined) {
      throw new DataError(`${input} has no column '${predictionColumn.id}'`, {
        why: 'a prediction is recorded by its id',
        remedy: 'add ids, or leave out --log',
      });
    }
    for (let row = 0; row < rows; row++) {
      const time = times === undefined ? now : (times[row] ?? Number.NaN);
      if (!(time <= now)) throw badTime(input, before + row + 1, Number.isNaN(time));
      const probability = probabilities[row] ?? Number.NaN;
      spool.add({
        prediction_id: ids[row] ?? '',
        predicted_at: time,
        model_version: version.version.toString(),
        probability,
        outcome: probability >= threshold ? 1 : 0,
        features: Array.from(values.subarray(row * width, (row + 1) * width), (value) =>
          Number.isNaN(value) ? null : value,
        ),
      });
    }
    before += rows;
  };
}

function badTime(input: string, row: number, missing: boolean): DataError {
  return new DataError(`${input}: row ${row} ${missing ? 'has no time' : 'lies in the future'}`, {
    why: `'${predictionColumn.time}' is ISO 8601 with zone, and not later than now`,
    remedy: 'correct that row, or leave the column out to have all rows recorded as of now',
  });
}

function record(
  store: Store,
  spool: PredictionSpool,
  entry: Omit<AuditEntry, 'before' | 'after'>,
  signal: AbortSignal,
): Promise<RecordedPredictions> {
  return store.changeInTurns(async () => {
    const recorded = await spool.recordInTurns(() => nextTurn(signal));
    if (recorded.added > 0) recordEvent(store, { ...entry, before: null, after: recorded });
    return recorded;
  });
}
