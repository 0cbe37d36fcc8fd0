import { heldColumns } from '../../data/index.ts';
import {
  type Against,
  comparableFeatures,
  defaultRules,
  measureMultivariate,
  warnOfFaults,
  withAdvice,
  withBeside,
} from '../../drift/index.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import { DataError } from '../../platform/errors.ts';
import { nextTurn } from '../../platform/next-turn.ts';
import { findProductionAt } from '../../registry/index.ts';
import { openForReading } from '../../store/index.ts';
import { durationMs, type Workspace } from '../../workspace/index.ts';
import { type AskedRules, comparisonRules } from './asked-rules.ts';
import { compareWindow } from './compare-window.ts';
import type { ComparedDrift } from './drift-reports.ts';
import { addOnsets } from './onsets.ts';
import { pastRuns, pastUpTo } from './past-runs.ts';
import { readWindowToCompare } from './read-window.ts';
import { featuresToCompare, requireReference } from './reference-data.ts';
import { compareStoreAnswers } from './store-answers.ts';
import { windowReference } from './window-reference.ts';

export interface WindowToCompare {
  /** How far back, such as `7d`; by default `monitoring.lookback`. */
  readonly last?: string | undefined;
  /** By default `monitoring.drift.against`. */
  readonly against?: Against | undefined;
  readonly rules: AskedRules;
  /** Look at the features together, too. */
  readonly multivariate?: boolean | undefined;
}

/**
 * Drift of the store's latest predictions against the reference or earlier ones: nothing is stored.
 * @throws DataError when the window holds no prediction; ConfigurationError when there is nothing to compare with
 */
export async function compareStore(
  workspace: Workspace,
  { last, against, rules, multivariate = false }: WindowToCompare,
  clock: Clock,
  signal: AbortSignal,
): Promise<ComparedDrift> {
  using store = openForReading(workspace.paths.store);
  const until = clock.now();
  const { monitoring } = workspace.config;
  const from = until - durationMs(last ?? monitoring.lookback);
  const window = await readWindowToCompare(store, workspace.paths.store, { from, until }, signal);
  await nextTurn(signal);
  const production = findProductionAt(store, until);
  const reference = requireReference(
    await windowReference(workspace, store, production, {
      from,
      until,
      against: against ?? monitoring.drift.against,
    }),
  );
  const compared = compareWindow(workspace, production, window.features, reference, rules);
  await nextTurn(signal);
  const span = `${toIso(from)} to ${toIso(until)}`;
  if (compared.drift === null) throw noPrediction(span);
  const pair = {
    reference: reference.table,
    current: window.features,
    features: featuresToCompare(workspace, production, reference.table, window.features),
  };
  const joint =
    multivariate && reference.table.rows > 0
      ? await measureMultivariate({
          reference: heldColumns(pair.reference),
          current: heldColumns(pair.current),
          features: comparableFeatures(pair),
          seed: rules.seed ?? defaultRules.seed,
          signal,
        })
      : {};
  const measured = compared.examined ? addOnsets(store, compared.drift, reference, until) : compared.drift;
  const answers = await compareStoreAnswers(
    workspace,
    {
      store,
      production,
      window,
      reference,
      features: pair.features,
      rules: comparisonRules(rules, monitoring.drift),
      now: until,
    },
    signal,
  );
  const drift = withAdvice(withBeside(warnOfFaults(measured), joint, answers), compared.issues);
  return {
    result: drift,
    subject: {
      referenceName: reference.name,
      currentName: `predictions from ${span}`,
      generatedAt: until,
      past: pastUpTo(pastRuns(store, until), drift, until),
    },
  };
}

export function noPrediction(span: string): DataError {
  return new DataError('no prediction in the window', {
    why: `it reaches from ${span}`,
    remedy: 'look further back with --last, or record predictions: mlops predictions import FILE',
  });
}
