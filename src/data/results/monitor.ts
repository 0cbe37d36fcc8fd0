import { z } from 'zod';
import { driftResultDefinition } from './drift.ts';
import { proxyWindowDefinition } from './proxy-metrics.ts';
import { dataIssueDefinition, featureQualityDefinition, volumeResultDefinition } from './quality.ts';
import { sweptDefinition } from './sweep.ts';
import { verdictDefinition } from './verdict.ts';

export const monitorCheckDefinition = z.object({
  name: z.enum(['drift', 'data_issues', 'missing_values', 'outliers', 'concept', 'volume', 'performance']),
  status: verdictDefinition,
  summary: z.string(),
});

export const performanceDefinition = z.object({
  /** Labelled predictions of the Production version that the figures stand on, and how many of them are positive. */
  rows: z.int(),
  positives: z.int(),
  brier: z.number().nullable(),
  /** Null where neither an outcome nor a label is 1. */
  f1: z.number().nullable(),
  /** F1 at registration; null where the version came without. */
  baseline_f1: z.number().nullable(),
});

export const monitorResultDefinition = z.object({
  run_id: z.string(),
  status: verdictDefinition,
  at: z.string(),
  window: z.object({ from: z.string(), until: z.string() }),
  model_version: z.string().nullable(),
  /** Predictions in the window. */
  rows: z.int(),
  checks: z.array(monitorCheckDefinition),
  /** Null when the window holds no prediction. */
  drift: driftResultDefinition.nullable(),
  issues: z.array(dataIssueDefinition),
  quality: z.array(featureQualityDefinition),
  volume: volumeResultDefinition,
  proxy: z.array(proxyWindowDefinition),
  /** Null while too few predictions have labels. */
  performance: performanceDefinition.nullable(),
  report: z.string(),
});

/** `monitor -C 'models/*'`: each workspace by itself. */
export const monitorSweepDefinition = z.object({
  /** That of the worst workspace. */
  status: verdictDefinition,
  workspaces: z.array(sweptDefinition(monitorResultDefinition)),
});

export type MonitorCheck = z.infer<typeof monitorCheckDefinition>;
export type MonitorResult = z.infer<typeof monitorResultDefinition>;
