import { z } from 'zod';

export const scoreResultDefinition = z.object({
  rows: z.int(),
  output: z.string(),
  duration_ms: z.number(),
  /** What --log did with the predictions; null without it. */
  recorded: z
    .object({
      added: z.int(),
      unchanged: z.int(),
      /** Known already with other values, which stay. */
      conflicting: z.int(),
      conflicts: z.array(z.string()),
    })
    .nullable(),
});

export type ScoreResult = z.infer<typeof scoreResultDefinition>;
