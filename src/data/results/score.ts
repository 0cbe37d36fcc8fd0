import { z } from 'zod';

export const scoreResultDefinition = z.object({
  rows: z.int(),
  output: z.string(),
  duration_ms: z.number(),
});

export type ScoreResult = z.infer<typeof scoreResultDefinition>;
