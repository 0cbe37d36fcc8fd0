import { resolve } from 'node:path';
import { writeFileAtomic } from '../../data/index.ts';
import type { TrainResult } from '../../data/results/train.ts';
import type { Clock } from '../../platform/clock.ts';
import { sha256 } from '../../platform/sha256.ts';
import { estimatorParameters } from '../../training/index.ts';
import { trainerDefaults } from '../../workspace/defaults.ts';
import { currentRowsOfFile } from './current-rows.ts';
import { fewOutcomes } from './few-outcomes.ts';
import { honestRows } from './honest-rows.ts';
import { interruptionNotes, learn, learningRows } from './learn.ts';
import { readTrainingTable } from './read-training-table.ts';
import { requirePast } from './require-past.ts';
import type { TrainingWishes } from './train-version.ts';
import { signalsFor, type TuningRequest } from './tuning/tuning-request.ts';
import { weighRows } from './weigh-rows.ts';

export interface FileToTrain extends Omit<TrainingWishes, 'importanceWeights' | 'tuning'> {
  readonly tuning?: TuningRequest | undefined;
  readonly data: string;
  readonly target: string;
  readonly output: string;
  /** File with the rows to weigh towards. */
  readonly importanceWeights?: string | undefined;
  /** Column that says how much each row counts. */
  readonly weights?: string | undefined;
  readonly format?: string | undefined;
}

/**
 * Trains on the earlier rows of a bare file, measures on the later ones, and writes the model as ONNX.
 * @throws DataError when the file is no training data: target missing or not 0 and 1, a text feature, too few rows
 */
export async function trainFile(
  file: FileToTrain,
  clock: Clock,
  interruption: AbortSignal,
): Promise<Omit<TrainResult, 'duration_ms'>> {
  const signals = signalsFor(file.tuning, interruption);
  const { signal } = signals;
  const { estimator = 'trees' } = file;
  const table = await readTrainingTable(file.data, { format: file.format, signal }, estimator);
  const taken = learningRows(table, file.target, undefined, file.weights);
  requirePast(table, taken.times, clock.now());
  const { trainShare, seed, ...defaults } = trainerDefaults;
  const { categories, calibrate = trainerDefaults.calibrate, threshold = { rule: 'f1' } } = file;
  const finish = { calibrate, threshold };
  const parameters = estimatorParameters(estimator, { ...defaults, categories });
  const wish = file.importanceWeights;
  const current = wish === undefined ? undefined : await currentRowsOfFile(wish, signal);
  const honest = honestRows(taken, file, categories);
  const { rows, importance } = await weighRows(honest, undefined, current, file.seed ?? seed, signal);
  const tuning = file.tuning && { ...file.tuning, ...signals, clock, keep: () => undefined };
  const wishes = { tuning, keepBest: file.keepBest };
  const question = { rows, parameters, ...wishes, trainShare, finish, seed: file.seed ?? seed, signal };
  const learned = await learn(question);
  const path = resolve(file.output);
  writeFileAtomic(path, learned.bytes);
  return {
    run_id: null,
    version: null,
    status: 'written',
    rows: learned.rows,
    positives: learned.positives,
    metrics: learned.metrics,
    threshold: learned.threshold,
    calibration: learned.calibration,
    importance,
    tuning: learned.tuning,
    continued_from: null,
    artifact: { path, sha256: sha256(learned.bytes), bytes: learned.bytes.length },
    notes: [...rows.notes, ...fewOutcomes(learned), ...interruptionNotes(signal)],
  };
}
