import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { classificationMetrics } from '../../../data/classification-metrics.ts';
import { type Column, type Table, writeFileAtomic, writeParquet } from '../../../data/index.ts';
import type { TrainerJob } from '../../../data/results/trainer-contract.ts';
import { withTemporaryFolder } from '../../../data/temporary-folder.ts';
import { DataError } from '../../../platform/errors.ts';
import { withoutEnvironmentSecrets } from '../../../platform/redact.ts';
import { openScorer, scoreTable } from '../../../scoring/index.ts';
import { chooseThreshold, uncalibrated } from '../../../training/index.ts';
import { mostGoldenRows } from '../../versions/record-golden-rows.ts';
import type { LearnedModel, LearningQuestion } from '../learn.ts';
import { type RowParts, splitRows } from '../split-rows.ts';
import type { ExternalTrainer } from './external-trainer.ts';
import { runTrainer } from './run-trainer.ts';
import { readTrainedModel, readTrainerMetrics } from './trainer-output.ts';

/** Largest difference between what the trainer says its model answers and what the ONNX file does: float32 in place of doubles. */
const tolerance = 1e-4;

export interface OutsideQuestion extends Omit<LearningQuestion, 'parameters'> {
  readonly trainer: ExternalTrainer;
  readonly categories: readonly string[];
}

/**
 * Has the user's program learn from the earlier rows, in a temporary folder, and measures its ONNX model on the later ones, whose
 * outcome it was not told.
 * @throws UnavailableError when the program fails or does not keep to its limits
 * @throws DataError when what it wrote is no model of these features, answers no probabilities, or other ones than it says
 */
export async function learnOutside(question: OutsideQuestion): Promise<LearnedModel> {
  const { rows, older, trainShare, finish, trainer, signal } = question;
  const asItIs = { ...finish, calibrate: 'none' } as const;
  const { train, calibration: _, validation, ...parts } = splitRows(rows, older, trainShare, asItIs);
  return await withTemporaryFolder(async (folder) => {
    const job = await writeJob(folder, { train, validation }, question);
    await runTrainer(trainer, { job: join(folder, 'job.json'), work: join(folder, 'work') }, signal);
    const metrics = readTrainerMetrics(job.output.metrics, job.golden_rows);
    const bytes = readTrainedModel(job.output.model);
    const probabilities = await answersOf(bytes, validation.features);
    requireSameAnswers(metrics.golden_probabilities, probabilities);
    const threshold = chooseThreshold(probabilities, validation.labels, finish.threshold);
    return {
      bytes,
      features: job.features,
      tuning: null,
      calibration: uncalibrated.result,
      threshold,
      metrics: classificationMetrics(probabilities, validation.labels, threshold.value),
      ...parts,
      validation: { features: validation.features, probabilities },
      parameters: {
        estimator: 'command',
        command: withoutEnvironmentSecrets(trainer.command, process.env),
        trainer: metrics.trainer,
        options: trainer.options,
        parameters: metrics.parameters ?? {},
      },
    };
  });
}

async function writeJob(
  folder: string,
  { train, validation }: Pick<RowParts, 'train' | 'validation'>,
  { trainer, categories, seed }: OutsideQuestion,
): Promise<TrainerJob> {
  const features = train.features.columns.map(({ name }) => name);
  const target = freeName('target', features);
  const weights = train.weights === undefined ? null : freeName('sample_weight', [...features, target]);
  const columns: Column[] = [
    { kind: 'numeric', name: target, type: 'integer', values: train.target },
    ...train.features.columns,
  ];
  if (weights !== null && train.weights !== undefined)
    columns.push({ kind: 'numeric', name: weights, type: 'number', values: train.weights });
  const part = async (name: string, table: Table) => {
    const path = join(folder, name);
    await writeParquet(path, table);
    return { path, rows: table.rows };
  };
  const output = join(folder, 'work', 'output');
  mkdirSync(output, { recursive: true });
  const job: TrainerJob = {
    version: 1,
    train: await part('train.parquet', { rows: train.features.rows, columns }),
    validation: await part('validation.parquet', validation.features),
    target,
    features,
    categories: [...categories],
    weights,
    seed,
    options: { ...trainer.options },
    golden_rows: Math.min(mostGoldenRows, validation.features.rows),
    output: { model: join(output, 'model.onnx'), metrics: join(output, 'metrics.json') },
    limits: {
      seconds: trainer.limits.ms / 1000,
      memory_bytes: trainer.limits.memoryBytes,
      output_bytes: trainer.limits.outputBytes,
    },
  };
  writeFileAtomic(join(folder, 'job.json'), Buffer.from(JSON.stringify(job, null, 2)));
  return job;
}

function freeName(wanted: string, taken: readonly string[]): string {
  return taken.includes(wanted) ? freeName(`${wanted}_`, taken) : wanted;
}

async function answersOf(bytes: Uint8Array, features: Table): Promise<Float64Array> {
  const names = features.columns.map(({ name }) => name);
  const scorer = await openScorer(bytes, names);
  try {
    const own = scorer.metadata.features;
    if (own !== undefined && own.join('\n') !== names.join('\n')) {
      throw new DataError("the trainer's model is for other features", {
        why: `it names ${own.join(', ')}; the job named ${names.join(', ')}`,
        remedy: 'have it take the features of the job, in their order',
      });
    }
    return await scoreTable(scorer, features);
  } finally {
    await scorer.close();
  }
}

function requireSameAnswers(said: readonly number[], answers: Float64Array): void {
  const row = said.findIndex(
    (each, place) => !(Math.abs(each - (answers[place] ?? Number.NaN)) <= tolerance),
  );
  if (row < 0) return;
  throw new DataError("the trainer's ONNX file does not answer as its model did", {
    why: `row ${row + 1} of the validation part gives ${answers[row]}, metrics.json says ${said[row]}`,
    remedy: 'give the features in the order of the job, as float32; export the model that was measured',
  });
}
