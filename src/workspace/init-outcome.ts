import { z } from 'zod';

export const initOutcomeDefinition = z.object({
  /** False when there was a workspace already; then nothing was changed. */
  created: z.boolean(),
  /** Of mlops.yaml. */
  path: z.string(),
  root: z.string(),
});

export type InitOutcome = Readonly<z.infer<typeof initOutcomeDefinition>>;
