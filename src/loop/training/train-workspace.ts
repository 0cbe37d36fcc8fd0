import type { TrainResult } from '../../data/results/train.ts';
import { type Clock, durationSince } from '../../platform/clock.ts';
import { openOrMakeStore, openStore } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { requirePresent } from '../versions/require-present.ts';
import { prepareVersion } from './train-version.ts';
import { type TrainingData, trainingDataFromFile, trainingDataFromStore } from './training-data.ts';

export interface VersionRequest {
  /** A file with the training rows; without one, the store's labelled predictions. */
  readonly data?: string | undefined;
  readonly target?: string | undefined;
  readonly format?: string | undefined;
  readonly seed?: number | undefined;
  readonly who: string;
  readonly reason: string;
}

/** Trains on a file or on the store's labelled predictions, and registers the run and its version in Staging. */
export async function trainWorkspace(
  workspace: Workspace,
  request: VersionRequest,
  clock: Clock,
  signal: AbortSignal,
): Promise<TrainResult> {
  const started = clock.elapsed();
  using store =
    request.data === undefined
      ? openStore(workspace.paths.store, { create: false })
      : openOrMakeStore(workspace.paths);
  requirePresent(store, clock);
  const { data: path, who, reason } = request;
  const data: TrainingData =
    path === undefined
      ? await trainingDataFromStore(workspace, store, clock.now())
      : await trainingDataFromFile(workspace, path, request, signal);
  const prepared = await prepareVersion(workspace, { ...data, seed: request.seed }, signal);
  const change = { at: clock.now(), who, command: 'train', reason };
  return prepared.record(store, change, durationSince(clock, started));
}
