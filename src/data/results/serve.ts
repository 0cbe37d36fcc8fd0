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

/** What `serve key` makes; the key itself is kept nowhere. */
export const serveKeyDefinition = z.object({
  key: z.string(),
  name: z.string(),
  sha256: z.string(),
  scopes: z.array(z.string()),
});
