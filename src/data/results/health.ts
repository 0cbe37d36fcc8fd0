import { z } from 'zod';
import { sweptDefinition } from './sweep.ts';
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
    .enum([
      'problems',
      'rows',
      'bytes',
      'share',
      'hours',
      'per_hour',
      'per_day',
      'per_core',
      'ms',
      'score',
      'exit_code',
    ])
    .nullable(),
  /** Above or below which `observed` is a WARNING, is CRITICAL; null where it has no such limits. */
  limits: z
    .object({
      alarms: z.enum(['above', 'below']),
      warning: z.number().nullable(),
      critical: z.number().nullable(),
    })
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

/** `health -C 'models/*'`: each workspace by itself. */
export const healthSweepDefinition = z.object({
  /** That of the worst workspace. */
  status: verdictDefinition,
  workspaces: z.array(sweptDefinition(healthResultDefinition)),
});

export type HealthSweep = z.infer<typeof healthSweepDefinition>;
export type HealthCheck = z.infer<typeof healthCheckDefinition>;
export type HealthResult = z.infer<typeof healthResultDefinition>;
