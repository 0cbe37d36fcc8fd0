import { z } from 'zod';

/** What `promote` and `rollback` answer. */
export const productionChangeDefinition = z.object({
  /** Null when no version was in Production before. */
  from: z.string().nullable(),
  to: z.string(),
  reason: z.string(),
  duration_ms: z.int(),
  /** What was checked before anything changed. */
  verified: z.object({ sha256: z.string(), golden_rows: z.int() }),
  dry_run: z.boolean(),
});

export type ProductionChange = z.infer<typeof productionChangeDefinition>;
