import { z } from 'zod';
import { classificationMetricsDefinition } from './classification.ts';

export const trainResultDefinition = z.object({
  run_id: z.string().nullable(),
  version: z.string().nullable(),
  status: z.enum(['registered', 'written']),
  rows: z.object({ train: z.int(), validation: z.int() }),
  metrics: classificationMetricsDefinition,
  artifact: z.object({ path: z.string(), sha256: z.string(), bytes: z.int() }),
  duration_ms: z.number(),
  /** What the reader should know, such as that file order stood in for time. */
  notes: z.array(z.string()),
});

export type TrainResult = z.infer<typeof trainResultDefinition>;
