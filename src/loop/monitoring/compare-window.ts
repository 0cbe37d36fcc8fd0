import type { Table } from '../../data/index.ts';
import type { DriftResult } from '../../data/results/drift.ts';
import type { DataIssue, FeatureQuality } from '../../data/results/quality.ts';
import {
  comparableFeatures,
  featureQuality,
  findDataIssues,
  markFaults,
  measureDrift,
  withBeside,
} from '../../drift/index.ts';
import type { ModelVersion } from '../../registry/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { type AskedRules, comparisonRules, requireRulesFit } from './asked-rules.ts';
import { schemaCalibration } from './calibration-file.ts';
import { championImportance } from './champion-importance.ts';
import { featuresToCompare, type ReferenceData } from './reference-data.ts';

/** A window of predictions against the reference or an earlier window. */
export interface ComparedWindow {
  /** Null when the window holds no prediction. */
  readonly drift: DriftResult | null;
  readonly issues: readonly DataIssue[];
  readonly quality: readonly FeatureQuality[];
  /** Whether there were rows enough to look for faults of the data. */
  readonly examined: boolean;
}

export const nothingCompared: ComparedWindow = { drift: null, issues: [], quality: [], examined: false };

/** Drift, faults of the data and quality of a window; of a few rows only the drift, because they are alike by chance. */
export function compareWindow(
  workspace: Workspace,
  production: ModelVersion | undefined,
  current: Table,
  { table: reference, name, sha256 }: ReferenceData,
  asked: AskedRules = {},
): ComparedWindow {
  if (current.rows === 0) return nothingCompared;
  const { monitoring } = workspace.config;
  const features = featuresToCompare(workspace, production, reference, current);
  requireRulesFit(asked, features, monitoring.drift);
  const pair = { reference, current, features };
  const rules = comparisonRules(asked, monitoring.drift);
  const calibration = schemaCalibration(workspace.schemaPath, { referenceSha256: sha256, asked, rules });
  const measured = measureDrift({
    ...pair,
    features: comparableFeatures(pair),
    warningShare: monitoring.drift.warning_share,
    criticalShare: monitoring.drift.critical_share,
    minimumRows: monitoring.minimum_sample,
    ...rules,
    calibration: calibration?.limits,
    importance: asked.importance ?? championImportance(workspace, production, reference),
  });
  const notes = calibration?.notesOn(measured.features) ?? [];
  const named = { ...measured, reference: { ...measured.reference, name } };
  const drift = notes.length === 0 ? named : withBeside(named, { notes: [...notes] });
  if (Math.min(current.rows, reference.rows) < monitoring.minimum_sample)
    return { ...nothingCompared, drift };
  const fields = production?.schema?.fields;
  const issues = findDataIssues(fields === undefined ? pair : { ...pair, fields });
  return { drift: markFaults(drift, issues), issues, quality: featureQuality(pair), examined: true };
}
