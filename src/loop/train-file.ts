import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { bestF1Threshold, classificationMetrics } from '../data/classification-metrics.ts';
import {
  type Column,
  readTable,
  requireNumeric,
  type Table,
  takeRows,
  writeFileAtomic,
} from '../data/index.ts';
import type { TrainResult } from '../data/results/train.ts';
import { DataError } from '../platform/errors.ts';
import {
  defaultTrainingParameters,
  encodeOnnx,
  predictProbabilities,
  temporalSplit,
  trainBoostedTrees,
} from '../training/index.ts';
import { trainerDefaults } from '../workspace/defaults.ts';

export interface FileToTrain {
  readonly data: string;
  readonly target: string;
  readonly output: string;
  readonly seed: number;
  readonly format?: string;
}

/**
 * Trains on the earlier rows of a bare file, measures on the later ones, and writes the model as ONNX.
 * @throws DataError when the file is no training data: target missing or not 0 and 1, a text feature, too few rows
 */
export async function trainFile(
  file: FileToTrain,
  signal: AbortSignal,
): Promise<Omit<TrainResult, 'duration_ms'>> {
  const table = await readTable(file.data, { format: file.format, signal });
  const target = requireNumeric(table, file.target).values;
  const time = table.columns.find((column) => column.type === 'datetime');
  const notes = time === undefined ? ['no time column: the file order stood in for time'] : [];
  const features = { rows: table.rows, columns: usableFeatures(table, file.target, notes) };
  const split = temporalSplit(
    time?.kind === 'numeric' ? time.values : undefined,
    table.rows,
    trainerDefaults.trainShare,
  );
  const trainRows = takeRows(features, split.train);
  const validationRows = takeRows(features, split.validation);
  const pick = (rows: Uint32Array) => Float64Array.from(rows, (row) => target[row] ?? Number.NaN);
  const model = trainBoostedTrees({
    features: trainRows,
    target: pick(split.train),
    parameters: defaultTrainingParameters,
    seed: file.seed,
    signal,
  });
  const probabilities = predictProbabilities(model, validationRows);
  const labels = pick(split.validation);
  const threshold = bestF1Threshold(probabilities, labels);
  const bytes = encodeOnnx(model, threshold);
  const path = resolve(file.output);
  writeFileAtomic(path, bytes);
  return {
    run_id: null,
    version: null,
    status: 'written',
    rows: { train: split.train.length, validation: split.validation.length },
    metrics: classificationMetrics(probabilities, labels, threshold),
    artifact: { path, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length },
    notes,
  };
}

/** Every numeric column but target and time; text that only names the rows is left out and said so. */
function usableFeatures(table: Table, target: string, notes: string[]): readonly Column[] {
  const others = table.columns.filter((column) => column.name !== target && column.type !== 'datetime');
  const text = others.filter((column) => column.kind === 'text');
  if (text.length > 0)
    notes.push(`left out, because they hold text: ${text.map((column) => column.name).join(', ')}`);
  const numeric = others.filter((column) => column.kind === 'numeric');
  if (numeric.length > 0) return numeric;
  throw new DataError('there is no numeric feature to learn from', {
    remedy: 'add numeric columns beside the target',
  });
}
