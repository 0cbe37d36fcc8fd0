import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Importance } from '../../drift/importance.ts';
import { fromSystemError, UsageError } from '../../platform/errors.ts';

const weight = z.number().nonnegative();
const weights = z.record(z.string(), weight);

/**
 * Importance of features as the option gives it: `FEATURE=W,FEATURE=W`, or a file with a JSON object; may be repeated.
 * @throws UsageError when a weight is no number from 0, NoInputError when there is no such file
 */
export function parseWeights(given: readonly string[] | undefined): Importance | undefined {
  if (given === undefined) return undefined;
  const all = new Map(given.flatMap((text) => (text.includes('=') ? pairs(text) : fromFile(text))));
  if ([...all.values()].some((value) => value > 0)) return all;
  throw refuse(given.join(' '), 'no feature has a weight above 0');
}

function pairs(text: string): readonly (readonly [string, number])[] {
  return text.split(',').map((pair) => {
    const equals = pair.lastIndexOf('=');
    const value = weight.safeParse(Number(pair.slice(equals + 1) || Number.NaN));
    if (equals < 1 || !value.success) throw refuse(text, `'${pair}' is no feature with a weight from 0`);
    return [pair.slice(0, equals).trim(), value.data] as const;
  });
}

function fromFile(path: string): readonly (readonly [string, number])[] {
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw fromSystemError(error, `the weights ${path} cannot be read`);
  }
  const read = weights.safeParse(document);
  if (read.success) return Object.entries(read.data);
  throw refuse(path, 'it is no JSON object of numbers from 0');
}

function refuse(given: string, why: string): UsageError {
  return new UsageError(`--weights '${given}' cannot be used`, {
    why,
    remedy: 'write it like --weights age=3,income=1, or name a file with {"age": 3, "income": 1}',
  });
}
