import type { GateDecision, GateLook } from '../../data/results/gate.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import { UnavailableError } from '../../platform/errors.ts';
import { gateDecisionsAgainst, openStore } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { judgeNow } from './judge-challenger.ts';
import { decisionOf } from './stored-decision.ts';

/**
 * The evidence for a challenger as it is now, and how much of the error of its champion's time is spent. Stores nothing and
 * spends nothing.
 * @throws UnavailableError when there is no champion or no challenger, or the two cannot be compared; else as `judgeNow`
 */
export async function lookAtEvidence(
  workspace: Workspace,
  request: { readonly challenger?: string | undefined },
  clock: Clock,
  signal: AbortSignal,
): Promise<GateLook> {
  using store = openStore(workspace.paths.store, { create: false });
  const { judgement, basis } = await judgeNow(workspace, store, request, clock.now(), signal);
  const { champion, challenger, rows, evidence } = judgement;
  const criterion = judgement.criteria.find(({ name }) => name === 'improvement_evidence');
  if (champion === null || evidence === null || criterion === undefined) {
    throw new UnavailableError('there is no evidence to look at', {
      why: champion === null ? 'no version is in Production' : (criterion?.detail ?? 'nothing was compared'),
      remedy: 'mlops gate says what is missing',
    });
  }
  const decisions = gateDecisionsAgainst(store, Number(champion), clock.now()).map(decisionOf);
  const challengers = lookedAt(decisions);
  const allowed = criterion.required;
  const share = (counted: number) => (allowed === null ? null : allowed * (1 - 1 / (counted + 1)));
  return {
    champion,
    challenger,
    rows,
    ...evidence,
    enough: criterion.passed,
    required: allowed,
    error_spent: share(challengers.length),
    error_after: share(Math.max(challengers.length, evidence.counted ? evidence.challenger_number : 0)),
    evidence_expected_at: basis.given.evidence_expected_at,
    challengers,
    detail: criterion.detail,
    at: toIso(clock.now()),
  };
}

/** The challengers that count, in the order in which they first did. */
function lookedAt(decisions: readonly GateDecision[]): GateLook['challengers'] {
  const byChallenger = Map.groupBy(
    decisions.filter(({ evidence }) => evidence?.counted === true),
    ({ challenger }) => challenger,
  );
  return [...byChallenger].map(([challenger, looks]) => ({
    challenger,
    looks: looks.length,
    first_at: looks[0]?.at ?? '',
    last_at: looks.at(-1)?.at ?? '',
    false_promotion: looks.at(-1)?.evidence?.false_promotion ?? null,
  }));
}
