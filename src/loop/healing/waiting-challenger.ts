import { parseIso } from '../../platform/clock.ts';
import { findChallenger, findProductionAt, type ModelVersion } from '../../registry/index.ts';
import { gateDecisionsOf, labelsBetween } from '../../store/index.ts';
import { durationMs } from '../../workspace/index.ts';
import { decisionOf } from '../gating/stored-decision.ts';
import type { HealContext } from './heal-step.ts';

export interface WaitingChallenger {
  readonly challenger: ModelVersion;
  /** Labels that have come since the gate last looked at it. */
  readonly newLabels: number;
}

/**
 * The newest challenger, where nothing spoke against it but that the labels were too few to tell, and enough of them are expected
 * before it is as old as a champion that is retrained. To look at it again costs none of the gate's error; another challenger would,
 * and would begin with no labels. runbook/decisions/0033
 */
export function waitingChallenger({
  store,
  workspace,
  clock,
}: Pick<HealContext, 'store' | 'workspace' | 'clock'>): WaitingChallenger | undefined {
  const now = clock.now();
  const challenger = findChallenger(store, now);
  const last = challenger === undefined ? undefined : gateDecisionsOf(store, challenger.version).at(-1);
  if (challenger === undefined || last === undefined) return undefined;
  if (last.champion !== (findProductionAt(store, now)?.version ?? null)) return undefined;
  const { reason, evidence_expected_at } = decisionOf(last);
  const expected = reason === 'not_enough_evidence' ? parseIso(evidence_expected_at ?? '') : undefined;
  const old = challenger.createdAt + durationMs(workspace.config.heal.retrain_after);
  if (expected === undefined || expected > old) return undefined;
  return { challenger, newLabels: labelsBetween(store, last.at, now) };
}
