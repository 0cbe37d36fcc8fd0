import type { z } from 'zod';
import { definitionFaults } from '../../data/definition-faults.ts';
import { Problem } from './problem.ts';

const mostFaults = 10;

/** @returns the value, known to be as its definition says. @throws Problem 422 that says where it is not */
export function requireShape<Definition extends z.ZodType>(
  definition: Definition,
  value: unknown,
): z.infer<Definition> {
  const { success, data, error } = definition.safeParse(value);
  if (success) return data;
  throw new Problem(422, { detail: definitionFaults(error).slice(0, mostFaults).join('; ') });
}
