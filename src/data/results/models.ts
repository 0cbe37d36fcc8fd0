import { z } from 'zod';
import { tableSchemaDefinition } from '../schema.ts';
import { registeredMetricsDefinition } from './classification.ts';

const stage = z.enum(['None', 'Staging', 'Production', 'Archived']);

const listed = z.object({
  version: z.string(),
  stage,
  sha256: z.string(),
  bytes: z.int(),
  threshold: z.number(),
  features: z.array(z.string()),
  created_at: z.string(),
  /** On the rows that validated it; null where none came with the model. */
  metrics: registeredMetricsDefinition.nullable(),
});

export const modelsDefinition = z.object({ versions: z.array(listed) });

export const modelVersionDefinition = listed.omit({ sha256: true, bytes: true }).extend({
  artifact: z.object({
    path: z.string(),
    sha256: z.string(),
    bytes: z.int(),
    state: z.enum(['intact', 'damaged', 'missing']),
  }),
  golden_rows: z.int(),
  schema: tableSchemaDefinition.nullable(),
  /** Latest times among the rows it learned from, and among those that chose its threshold. */
  learned_until: z.string().nullable(),
  validated_until: z.string().nullable(),
  /** Null for a model made elsewhere. */
  training_run: z
    .object({
      run_id: z.string(),
      started_at: z.string(),
      duration_ms: z.number(),
      who: z.string(),
      reason: z.string(),
      data: z.string(),
      data_sha256: z.string(),
      target: z.string(),
      rows: z.object({ train: z.int(), validation: z.int() }),
      seed: z.int(),
      parameters: z.record(z.string(), z.unknown()),
    })
    .nullable(),
  stage_changes: z.array(z.object({ at: z.string(), from: stage, to: stage })),
  gate_decisions: z.array(
    z.object({
      decision_id: z.string(),
      at: z.string(),
      who: z.string(),
      decision: z.enum(['promote', 'reject']),
      champion: z.string().nullable(),
      rows: z.int(),
    }),
  ),
});

export const productionThenDefinition = z.object({
  at: z.string(),
  /** Null, like the rest, when no version was in Production then. */
  version: z.string().nullable(),
  since: z.string().nullable(),
  who: z.string().nullable(),
  reason: z.string().nullable(),
});

export type ModelsResult = z.infer<typeof modelsDefinition>;
export type ModelVersionResult = z.infer<typeof modelVersionDefinition>;
export type ProductionThen = z.infer<typeof productionThenDefinition>;
