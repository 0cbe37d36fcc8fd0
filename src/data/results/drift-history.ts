import { z } from 'zod';
import { verdictDefinition } from './verdict.ts';

/** A feature in one of the monitoring runs. */
export const featureRunDefinition = z.object({
  /** Null for one that is not stored, or not yet. */
  run_id: z.string().nullable(),
  at: z.string(),
  score: z.number().nullable(),
  threshold: z.number().nullable(),
  /** How far towards its threshold the feature was, 1 being at it; null where it was not measured. */
  level: z.number().nullable(),
  drifted: z.boolean(),
});

export const driftHistoryDefinition = z.object({
  /** WARNING when there is a finding. */
  status: verdictDefinition,
  from: z.string(),
  until: z.string(),
  /** Oldest first. */
  runs: z.array(
    z.object({
      run_id: z.string(),
      at: z.string(),
      status: verdictDefinition,
      rows: z.int(),
      share_drifted: z.number(),
    }),
  ),
  /** Most often drifted first. */
  features: z.array(
    z.object({
      name: z.string(),
      runs: z.int(),
      drifted_runs: z.int(),
      /** One a run: how far towards its threshold the feature was, 1 being at it; null where it was not measured. */
      levels: z.array(z.number().nullable()),
    }),
  ),
  findings: z.array(
    z.object({
      finding: z.enum(['consistent_drift', 'sudden_spike', 'no_drift', 'no_runs']),
      summary: z.string(),
      features: z.array(z.string()),
      advice: z.string(),
    }),
  ),
});

export const reportsDefinition = z.object({
  /** Newest first. */
  reports: z.array(
    z.object({
      run_id: z.string(),
      at: z.string(),
      status: verdictDefinition,
      share_drifted: z.number(),
      drifted: z.array(z.string()),
      path: z.string(),
      /** False where the file is gone. */
      present: z.boolean(),
    }),
  ),
});

export type DriftHistory = z.infer<typeof driftHistoryDefinition>;
export type DriftFinding = DriftHistory['findings'][number];
export type ReportsResult = z.infer<typeof reportsDefinition>;
export type FeatureRun = z.infer<typeof featureRunDefinition>;
/** The monitoring runs of each feature, oldest first. */
export type PastRuns = ReadonlyMap<string, readonly FeatureRun[]>;
