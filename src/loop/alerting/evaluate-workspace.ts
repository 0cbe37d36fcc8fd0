import { advanceEscalations } from '../../alerting/escalation/advance-escalations.ts';
import { evaluateAlerts } from '../../alerting/evaluate-alerts.ts';
import type { Observation } from '../../alerting/observations/observation.ts';
import { observeAges } from '../../alerting/observations/observe-ages.ts';
import { observeHealth } from '../../alerting/observations/observe-health.ts';
import { observePerformance } from '../../alerting/observations/observe-performance.ts';
import { observeVolume } from '../../alerting/observations/observe-volume.ts';
import { deliverMessages } from '../../alerting/outbox/deliver.ts';
import type { AlertsEvaluation } from '../../data/results/alerts.ts';
import { examineHealth } from '../../health/examine-health.ts';
import { measurePerformance } from '../../health/measure-performance.ts';
import { measureVolume } from '../../health/measure-volume.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import { worstVerdict } from '../../platform/exit-codes.ts';
import { findProductionAt } from '../../registry/index.ts';
import { type AlertRow, firstPredictionAt, openStore, recordEvent, type Store } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { forgetLostStore, tellOfLostStore } from './lost-store.ts';

export interface EvaluationOptions {
  /** False leaves the services out, and what is open about them as it is. */
  readonly network: boolean;
  readonly who: string;
}

/**
 * Runs health, judges what it and the store say by the alert rules, passes on escalations that nobody took in time, and sends.
 * Drift and faults of the data are judged when monitoring measures them, not here again.
 * @throws what opening the store failed with, after the channels were told of it directly
 */
export async function evaluateWorkspace(
  workspace: Workspace,
  { network, who }: EvaluationOptions,
  clock: Clock,
  signal: AbortSignal,
): Promise<AlertsEvaluation> {
  using store = await openOrTell(workspace, clock, signal);
  const health = await examineHealth(workspace, clock, { network, signal });
  const now = clock.now();
  const observations = [
    ...observeHealth(health, workspace.config.services, now),
    ...store.read(() => observeStore(workspace, store, now)),
  ];
  const { evaluation, escalated } = store.change(() => {
    const evaluation = evaluateAlerts(store, workspace.config, { observations, now, attachment: null });
    const escalated = advanceEscalations(store, workspace.config, now);
    recordChanges(store, evaluation, who, now);
    return { evaluation, escalated };
  });
  const delivery = await deliverMessages(store, workspace, clock, signal);
  return {
    status: worstOf(evaluation.open),
    at: toIso(now),
    observations: observations.length,
    fired: evaluation.fired.map(told),
    changed: evaluation.changed.map(told),
    resolved: evaluation.resolved.map(told),
    open: evaluation.open.map(told),
    messages: evaluation.messages,
    escalated: escalated.map(({ id, to }) => ({ id, to: to ?? 'nobody is left to ask' })),
    delivery,
  };
}

async function openOrTell(workspace: Workspace, clock: Clock, signal: AbortSignal): Promise<Store> {
  try {
    const store = openStore(workspace.paths.store, { create: false });
    forgetLostStore(workspace);
    return store;
  } catch (error) {
    await tellOfLostStore(workspace, error, clock, signal);
    throw error;
  }
}

function observeStore(workspace: Workspace, store: Store, now: number): readonly Observation[] {
  const production = findProductionAt(store, now);
  const first = firstPredictionAt(store);
  const ages = observeAges(store, now);
  if (first === undefined || first > now) return ages;
  const volume = observeVolume(measureVolume(workspace, store, now), now);
  if (production === undefined) return [...ages, ...volume];
  const measured = measurePerformance(workspace, store, production.version.toString(), now);
  return [...ages, ...volume, ...observePerformance(measured, production.metrics?.f1 ?? null, now)];
}

function recordChanges(
  store: Store,
  { fired, changed, resolved }: ReturnType<typeof evaluateAlerts>,
  who: string,
  now: number,
): void {
  if (fired.length + changed.length + resolved.length === 0) return;
  const names = (alerts: readonly AlertRow[]) => alerts.map(({ name, severity }) => `${name} ${severity}`);
  recordEvent(store, {
    at: now,
    who,
    command: 'alerts evaluate',
    reason: 'alerts changed',
    before: null,
    after: { fired: names(fired), changed: names(changed), resolved: names(resolved) },
  });
}

function told({ alert_id, name, severity }: AlertRow) {
  return { id: alert_id, name, severity };
}

function worstOf(open: readonly AlertRow[]): AlertsEvaluation['status'] {
  const worst = worstVerdict(open.map(({ severity }) => severity));
  return worst === 'UNKNOWN' ? 'OK' : worst;
}
