import { z } from 'zod';

/** What every command prints with --json when it fails. */
export const failureDefinition = z.object({
  /** What happened. */
  error: z.string(),
  cause: z.string().nullable(),
  /** What to do next. */
  try: z.string().nullable(),
  exit_code: z.int(),
});

export type Failure = z.infer<typeof failureDefinition>;
