import type { DriftWindows } from '../../data/results/drift-windows.ts';
import {
  type Against,
  comparableFeatures,
  cutWindows,
  measureWindows,
  requireWeekApart,
  type WindowRule,
} from '../../drift/index.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import { nextTurn } from '../../platform/next-turn.ts';
import { findProductionAt } from '../../registry/index.ts';
import { openForReading, readWindow } from '../../store/index.ts';
import { durationMs, type Workspace } from '../../workspace/index.ts';
import { type AskedRules, comparisonRules, requireRulesFit } from './asked-rules.ts';
import { schemaCalibration, withCalibrationNotes } from './calibration-file.ts';
import { noPrediction } from './compare-store.ts';
import { featuresToCompare, referenceData, requireReference } from './reference-data.ts';

export interface StoreInWindows {
  /** How far back, such as `56d`; by default `monitoring.lookback`. */
  readonly last?: string | undefined;
  readonly rule: WindowRule;
  /** By default `monitoring.drift.against`. */
  readonly against: Against | undefined;
  readonly rules: AskedRules;
}

/**
 * Drift of each window of the store's latest predictions, against the reference or against each other; periods that are no weeks or
 * months end with the present. Nothing is stored.
 * @throws DataError when there is no prediction; ConfigurationError when there is nothing to compare with
 */
export async function compareStoreWindows(
  workspace: Workspace,
  { last, rule, against: asked, rules }: StoreInWindows,
  clock: Clock,
  signal: AbortSignal,
): Promise<DriftWindows> {
  const { monitoring } = workspace.config;
  const against = asked ?? monitoring.drift.against;
  if (against === 'week_before') requireWeekApart(rule);
  using store = openForReading(workspace.paths.store);
  const until = clock.now();
  const from = until - durationMs(last ?? monitoring.lookback);
  const { features: current, rows, times } = readWindow(store, { from, until });
  if (rows === 0) throw noPrediction(`${toIso(from)} to ${toIso(until)}`);
  await nextTurn(signal);
  const production = findProductionAt(store, until);
  const found =
    against === 'reference' ? requireReference(await referenceData(workspace, production)) : undefined;
  const reference = found?.table ?? current;
  const features = featuresToCompare(workspace, production, reference, current);
  requireRulesFit(rules, features, monitoring.drift);
  const byRules = comparisonRules(rules, monitoring.drift);
  const calibration = schemaCalibration(workspace.schemaPath, {
    referenceSha256: found?.sha256,
    asked: rules,
    rules: byRules,
  });
  const measured = measureWindows({
    current,
    times,
    windows: cutWindows(rule, { rows, times, span: { from, until } }),
    against: against === 'reference' ? { kind: against, reference } : { kind: against },
    features: comparableFeatures({ reference, current, features }),
    warningShare: monitoring.drift.warning_share,
    criticalShare: monitoring.drift.critical_share,
    minimumRows: monitoring.minimum_sample,
    rules: { ...byRules, calibration: calibration?.limits },
  });
  return withCalibrationNotes(measured, calibration);
}
