import { z } from 'zod';

/** What `serve` says once it listens. */
export const serveStartedDefinition = z.object({
  address: z.string(),
  pid: z.int(),
  model: z.string(),
  /** Null while no version is in Production: it waits for one. */
  model_version: z.string().nullable(),
});

export type ServeStarted = z.infer<typeof serveStartedDefinition>;
