import { z } from 'zod';
import { diagnosisDefinition } from './diagnosis.ts';
import { verdictDefinition } from './verdict.ts';

export const restartResultDefinition = z.object({
  service: z.string(),
  /** OK when it is healthy again, and for a dry run. */
  status: verdictDefinition,
  dry_run: z.boolean(),
  command: z.string(),
  /** Null where the command was not run, or did not end by itself. */
  exit_code: z.int().nullable(),
  healthy: z.boolean(),
  /** From the end of the command until it was healthy, or given up. */
  waited_ms: z.int(),
  /** Times it was asked. */
  checks: z.int(),
  /** Processes that hold its port, or are it; empty where they cannot be seen. */
  processes: z.object({ before: z.array(z.int()), after: z.array(z.int()) }),
  summary: z.string(),
  /** Last lines that the command printed. */
  output: z.array(z.string()),
  /** Why it is not healthy; null when it is. */
  diagnosis: diagnosisDefinition.nullable(),
  /** Whether the audit has a row of it. */
  audited: z.boolean(),
});

export type RestartResult = z.infer<typeof restartResultDefinition>;
