import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

export const modelFolder = join(import.meta.dirname, '..', 'fixtures', 'onnx');

const probabilities = z.array(z.number());

/** What make_models.py wrote down: models of other programs, rows, and the probabilities that Python got for them. */
export const foreignModels = z
  .array(
    z.object({
      file: z.string(),
      features: z.array(z.string()),
      rows: z.array(z.array(z.number().nullable())),
      onnxruntime: probabilities,
      library: probabilities,
    }),
  )
  .parse(JSON.parse(readFileSync(join(modelFolder, 'answers.json'), 'utf8')));

export const refusedModels = readdirSync(modelFolder).filter((name) => /^refused_.*\.onnx$/.test(name));

export function readModel(file: string): Uint8Array {
  return readFileSync(join(modelFolder, file));
}

/** Row-major, NaN where missing. */
export function toValues(rows: readonly (readonly (number | null)[])[]): Float64Array {
  return Float64Array.from(rows.flat(), (value) => value ?? Number.NaN);
}

export function largestDifference(answers: Float64Array, expected: readonly number[]): number {
  if (answers.length !== expected.length) return Number.POSITIVE_INFINITY;
  return answers.reduce((most, answer, row) => {
    const difference = Math.abs(answer - (expected[row] ?? Number.NaN));
    return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(most, difference);
  }, 0);
}
