import { lstatSync, readFileSync } from 'node:fs';
import { definitionFaults } from '../../../data/definition-faults.ts';
import { type TrainerMetrics, trainerMetricsDefinition } from '../../../data/results/trainer-contract.ts';
import { DataError } from '../../../platform/errors.ts';

const remedy = 'mend the trainer (mlops runbook show trainers says what it has to write)';
const mostMetricsBytes = 1_000_000;

/** @throws DataError when the trainer wrote no model, or nothing into it */
export function readTrainedModel(path: string): Uint8Array {
  requireFile(path, 'no model', Number.POSITIVE_INFINITY);
  return readFileSync(path);
}

/** @throws DataError when there are no metrics, or they are not as the contract has them */
export function readTrainerMetrics(path: string, goldenRows: number): TrainerMetrics {
  requireFile(path, 'no metrics', mostMetricsBytes);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new DataError("the trainer's metrics.json is not JSON", { why: error.message, remedy });
  }
  const parsed = trainerMetricsDefinition.safeParse(content);
  if (!parsed.success) {
    throw new DataError("the trainer's metrics.json is not as the contract has it", {
      why: definitionFaults(parsed.error).join('; '),
      remedy,
    });
  }
  const found = parsed.data.golden_probabilities.length;
  if (found === goldenRows) return parsed.data;
  throw new DataError(`the trainer's metrics.json has ${found} golden probabilities for ${goldenRows} rows`, {
    why: 'they show that the ONNX file answers as the model did before it was written',
    remedy,
  });
}

function requireFile(path: string, nothing: string, mostBytes: number): void {
  // Never through a link, which might lead to any file of the machine.
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found?.isFile() && found.size > 0 && found.size <= mostBytes) return;
  const why =
    found === undefined
      ? `there is no ${path}`
      : !found.isFile()
        ? `${path} is no file`
        : found.size === 0
          ? `${path} is empty`
          : `${path} is larger than ${mostBytes / 1e6} MB`;
  throw new DataError(`the trainer wrote ${nothing}`, { why, remedy });
}
