import { z } from 'zod';
import { comparisonBases } from '../../platform/drift-test-names.ts';
import { driftFeatureDefinition } from './drift.ts';
import { verdictDefinition } from './verdict.ts';

const featureInWindow = driftFeatureDefinition
  .pick({
    name: true,
    test: true,
    score: true,
    p_value: true,
    q_value: true,
    threshold: true,
    drifted: true,
    missing: true,
    summary: true,
    note: true,
  })
  .extend({
    /** How far towards its threshold, 1 being at it; null where it was not measured. */
    level: z.number().nullable(),
  });

const window = z.object({
  /** Times in ISO 8601, `until` not included; of windows by row the numbers of the first and the last row, from 1. */
  from: z.string(),
  until: z.string(),
  rows: z.int(),
  /** The data end within the window, or begin within it, so that a tenth of it or more is not there. */
  partial: z.boolean(),
  status: verdictDefinition,
  /** Why the window could not be judged. */
  note: z.string().optional(),
  features_drifted: z.int(),
  share_drifted: z.number(),
  /** Empty where the window could not be judged. */
  features: z.array(featureInWindow),
});

/** `drift` with --every, --chunk-rows or --chunks: each window compared by itself. */
export const driftWindowsDefinition = z.object({
  /** That of the last window that could be judged; UNKNOWN where none could. */
  status: verdictDefinition,
  against: z.enum(comparisonBases),
  /** Null where each window has a reference of its own. */
  reference: z.object({ rows: z.int() }).nullable(),
  rows: z.int(),
  windows: z.array(window),
  /** In order of the columns. */
  features: z.array(
    z.object({
      name: z.string(),
      judged_windows: z.int(),
      drifted_windows: z.int(),
      /** One a window, as in the windows. */
      levels: z.array(z.number().nullable()),
      onset: driftFeatureDefinition.shape.onset,
    }),
  ),
  notes: z.array(z.string()),
});

export type DriftWindows = z.infer<typeof driftWindowsDefinition>;
export type DriftWindow = DriftWindows['windows'][number];
