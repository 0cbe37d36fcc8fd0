import { z } from 'zod';
import { verdictDefinition } from './verdict.ts';

export const healthCheckDefinition = z.object({
  /** Such as `store`, `volume` or `service:API`. */
  name: z.string(),
  status: verdictDefinition,
  summary: z.string(),
  /** What was measured, in `unit`; null where there was nothing to measure yet, or it could not be. */
  observed: z.number().nullable(),
  /** The limit that decided; where none was crossed, the first that would be. */
  threshold: z.number().nullable(),
  unit: z
    .enum(['problems', 'rows', 'bytes', 'share', 'hours', 'per_hour', 'per_day', 'ms', 'score'])
    .nullable(),
  /** What to do next; null when nothing is to be done, or another check names it. */
  remedy: z.string().nullable(),
  /** Whom it concerns, as mlops.yaml names them. */
  contact: z.object({ issue: z.string(), contact: z.string(), response: z.string() }),
});

export const healthResultDefinition = z.object({
  /** That of the worst check. */
  status: verdictDefinition,
  generated_at: z.string(),
  checks: z.array(healthCheckDefinition),
});

export type HealthCheck = z.infer<typeof healthCheckDefinition>;
export type HealthResult = z.infer<typeof healthResultDefinition>;
