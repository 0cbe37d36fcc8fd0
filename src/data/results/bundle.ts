import { z } from 'zod';

export const bundleResultDefinition = z.object({
  path: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  files: z.array(z.object({ name: z.string(), bytes: z.int() })),
  /** Parts that could not be had. */
  omitted: z.array(z.object({ name: z.string(), why: z.string() })),
});

export type BundleResult = z.infer<typeof bundleResultDefinition>;
