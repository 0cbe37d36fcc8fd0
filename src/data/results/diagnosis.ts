import { z } from 'zod';
import { verdictDefinition } from './verdict.ts';

export const causeNames = [
  'healthy',
  'process_down',
  'port_taken',
  'model_missing',
  'artifact_damaged',
  'store_damaged',
  'slow',
  'wrong_answer',
  'certificate',
  'unreachable',
  'overloaded',
  'check_failed',
  'unknown',
] as const;

const causeDefinition = z.object({
  cause: z.enum(causeNames),
  summary: z.string(),
  /** What was seen that speaks for it. */
  evidence: z.array(z.string()),
  /** What to do, in order; a command stands as it is to be typed. */
  remedy: z.array(z.string()),
});

export const diagnosisDefinition = causeDefinition.extend({
  service: z.string(),
  status: verdictDefinition,
  /** Further causes, less likely the first or on top of it. */
  further: z.array(causeDefinition),
  contact: z.object({ issue: z.string(), contact: z.string(), response: z.string() }),
});

export type CauseName = (typeof causeNames)[number];
export type Cause = z.infer<typeof causeDefinition>;
export type Diagnosis = z.infer<typeof diagnosisDefinition>;
