import { z } from 'zod';

export const modelRegisterDefinition = z.object({
  version: z.string(),
  stage: z.literal('Staging'),
  features: z.array(z.string()),
  threshold: z.number(),
  golden_rows: z.int(),
});

export type ModelRegisterResult = z.infer<typeof modelRegisterDefinition>;
