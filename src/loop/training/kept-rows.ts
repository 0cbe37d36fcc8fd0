import { readTable } from '../../data/index.ts';
import { artifactPath, type ModelVersion } from '../../registry/index.ts';
import { type Store, type TrainingRunRow, trainingRunRow } from '../../store/index.ts';
import { temporalSplit } from '../../training/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { type LearningRows, learningRows } from './learn.ts';

/** The rows that a version was trained and validated on, as they were kept beside it. */
export interface KeptRows {
  readonly rows: LearningRows;
  readonly run: TrainingRunRow;
  /** Indices of the earlier rows, which it and its calibration learned from, and of those that validated it. */
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
}

/** @returns undefined for a model that was made elsewhere */
export async function keptRows(
  workspace: Workspace,
  store: Store,
  { runId, referenceSha256 }: ModelVersion,
): Promise<KeptRows | undefined> {
  const run = runId === null ? undefined : trainingRunRow(store, runId);
  if (run === undefined || referenceSha256 === null) return undefined;
  const path = artifactPath(workspace.paths.artifacts, referenceSha256, 'parquet');
  const rows = learningRows(await readTable(path), run.target);
  const { target, times } = rows;
  return { rows, run, ...temporalSplit(times, target.length, target.length - run.rows_validation) };
}
