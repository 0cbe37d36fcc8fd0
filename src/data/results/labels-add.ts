import { z } from 'zod';
import { coverageDefinition } from './label-coverage.ts';

export const labelsAddDefinition = z.object({
  read: z.int(),
  added: z.int(),
  corrected: z.int(),
  unchanged: z.int(),
  rejected: z.int(),
  /** Of the rejected: labels of predictions that the store does not know. */
  unmatched: z.int(),
  /** CSV of every rejected row: line, value, reason; null when none was rejected, and for a dry run. */
  rejects_file: z.string().nullable(),
  coverage: z.object({ before: coverageDefinition, after: coverageDefinition }),
  dry_run: z.boolean(),
});

export type LabelsAddResult = z.infer<typeof labelsAddDefinition>;
