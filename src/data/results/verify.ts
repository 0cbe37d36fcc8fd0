import { z } from 'zod';
import { verdictDefinition } from './verdict.ts';

export const verificationDefinition = z.object({
  status: verdictDefinition,
  /** Rows of the audit. */
  events: z.int(),
  artifacts: z.int(),
  /** Files of training rows that are kept for comparison. */
  kept_tables: z.int(),
  problems: z.array(z.string()),
});

export type Verification = z.infer<typeof verificationDefinition>;
