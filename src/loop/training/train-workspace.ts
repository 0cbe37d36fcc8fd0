import type { TrainResult, TuningTrial } from '../../data/results/train.ts';
import { type Clock, durationSince } from '../../platform/clock.ts';
import { finishAttempt, insertTuningTrial, openOrMakeStore, openStore } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { requirePresent } from '../versions/require-present.ts';
import { continuedVersion } from './continued-version.ts';
import { currentRows } from './current-rows.ts';
import { prepareVersion, type TrainingWishes } from './train-version.ts';
import { attemptTraining } from './training-attempt.ts';
import {
  type FileOptions,
  storeSource,
  type TrainingData,
  trainingDataFromFile,
  trainingDataFromStore,
} from './training-data.ts';
import { signalsFor, type TuningRequest } from './tuning/tuning-request.ts';

export interface VersionRequest extends FileOptions, Omit<TrainingWishes, 'tuning'> {
  readonly tuning?: TuningRequest | undefined;
  /** A file with the training rows; without one, the store's labelled predictions. */
  readonly data?: string | undefined;
  /** Grow on from the trees of the Production version. */
  readonly continueChampion?: boolean | undefined;
  readonly who: string;
  readonly reason: string;
}

/** Trains on a file or on the store's labelled predictions, and registers the run and its version in Staging. */
export async function trainWorkspace(
  workspace: Workspace,
  request: VersionRequest,
  clock: Clock,
  interruption: AbortSignal,
): Promise<TrainResult> {
  const started = clock.elapsed();
  const signals = signalsFor(request.tuning, interruption);
  const { signal } = signals;
  using store =
    request.data === undefined
      ? openStore(workspace.paths.store, { create: false })
      : openOrMakeStore(workspace.paths);
  requirePresent(store, clock);
  const { data: path, who, reason } = request;
  const about = { who, reason, command: 'train', data: path ?? storeSource, healRun: null };
  return await attemptTraining(store, about, clock, async (attempt) => {
    const continued = request.continueChampion ? continuedVersion(workspace, store, clock.now()) : undefined;
    const data: TrainingData =
      path === undefined
        ? await trainingDataFromStore(workspace, store, clock.now())
        : await trainingDataFromFile(workspace, path, request, clock.now(), signal);
    const { seed, estimator, categories, leaveOut, allowLeaks, calibrate, threshold, keepBest } = request;
    const tuning = request.tuning && {
      ...request.tuning,
      ...signals,
      clock,
      keep: (trial: TuningTrial) => store.change(() => insertTuningTrial(store, attempt, trial)),
    };
    const wanted = {
      ...data,
      seed,
      estimator,
      categories,
      leaveOut,
      allowLeaks,
      calibrate,
      threshold,
      tuning,
      keepBest,
    };
    const current = await currentRows(workspace, store, request.importanceWeights, clock.now(), signal);
    const prepared = await prepareVersion(workspace, { ...wanted, current, continued }, signal);
    const change = { at: clock.now(), who, command: 'train', reason };
    return store.change(() => {
      const result = prepared.record(store, change, durationSince(clock, started));
      finishAttempt(store, attempt, change.at, Number(result.run_id));
      return result;
    });
  });
}
