import type { GateJudgement, GateResult } from '../../data/results/gate.ts';
import type { GatePreset } from '../../gate/index.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import { dayMs } from '../../platform/durations.ts';
import { nextTurn } from '../../platform/next-turn.ts';
import { sha256 } from '../../platform/sha256.ts';
import { version } from '../../platform/version.ts';
import { type Change, findProductionAt, type ModelVersion } from '../../registry/index.ts';
import {
  insertGateDecision,
  lastPromotionAt,
  openStore,
  recordEvent,
  type Store,
} from '../../store/index.ts';
import type { GateConfiguration, Workspace } from '../../workspace/index.ts';
import { chooseChallenger } from './choose-challenger.ts';
import { configuredCriteria } from './configured-criteria.ts';
import type { DecisionBasis } from './decision-basis.ts';
import { earlierChallengers, evidenceExpectedAt } from './evidence-of-store.ts';
import { gateRows } from './gate-rows.ts';
import { segmentFeatures, segmentsConfigured } from './gate-segments.ts';
import { judgeRows } from './judge-rows.ts';
import { type JudgedRows, keepJudgedRows } from './judged-rows.ts';
import { labelSelection } from './label-selection.ts';
import { runCriteriaCommands } from './run-criteria-commands.ts';
import { scoreRows } from './score-rows.ts';

export interface GateRequest {
  /** Version to judge; by default the newest in Staging. */
  readonly challenger?: string | undefined;
  readonly preset?: GatePreset | undefined;
  /** What stands in place of `gate` in mlops.yaml. */
  readonly gate?: GateConfiguration | undefined;
}

/** A decision that is made and not yet stored: `record` does that, inside a transaction of the caller or its own. */
export interface PreparedDecision {
  readonly judgement: GateJudgement;
  record(store: Store, change: Change): GateResult;
}

/** What was looked at, and what the gate says of it. */
export interface Judged {
  readonly basis: Omit<DecisionBasis, 'rows_sha256'>;
  readonly rows: JudgedRows;
  readonly judgement: GateJudgement;
}

/**
 * Scores champion and challenger on the same labelled rows and asks the gate.
 * @throws UnavailableError when there is no challenger; DataError when an artifact is damaged or a feature is missing;
 *   ConfigurationError when the configuration names a column that there is not
 */
export async function judgeNow(
  workspace: Workspace,
  store: Store,
  request: GateRequest,
  now: number,
  signal: AbortSignal,
): Promise<Judged> {
  const champion = findProductionAt(store, now);
  const challenger = chooseChallenger(store, request.challenger, champion, now);
  const configured = request.gate ?? workspace.config.gate;
  const gate = { ...configured, preset: request.preset ?? configured.preset };
  const criteria = configuredCriteria(gate, workspace.config.performance);
  const { features, labels, ids, unlabelled, coverage, notes } = await gateRows(
    workspace,
    store,
    champion,
    challenger,
    now,
    criteria.minimumRows,
  );
  await nextTurn(signal);
  const promotedAt = lastPromotionAt(store);
  const selection = await labelSelection(features, unlabelled, segmentFeatures(workspace, features), signal);
  const asked = {
    mlops: version,
    champion: champion === undefined ? null : modelOf(champion),
    challenger: modelOf(challenger),
    coverage,
    days_since_promotion: promotedAt === undefined ? null : (now - promotedAt) / dayMs,
    earlier_challengers: champion === undefined ? 0 : earlierChallengers(store, champion, challenger, now),
    criteria,
    ...segmentsConfigured(workspace, gate, features),
    selection: selection?.found ?? null,
  };
  const answers = (model: ModelVersion) => scoreRows(workspace, model.sha256, model.features, features);
  const rows = {
    features,
    labels,
    ids,
    weights: selection?.weights ?? null,
    champion: champion === undefined ? null : await answers(champion),
    challenger: await answers(challenger),
  };
  await nextTurn(signal);
  const commanded = await runCriteriaCommands(workspace, gate.commands, asked, rows, signal);
  const basis = { ...asked, commanded };
  const judgement = judgeRows(basis, rows);
  const expected = evidenceExpectedAt(store, judgement.evidence, now);
  const given = {
    preset: gate.preset,
    evidence_expected_at: expected === null ? null : toIso(expected),
    notes: [...notes],
  };
  return { basis: { ...basis, given }, rows, judgement };
}

function modelOf({ version: number, sha256, threshold }: ModelVersion): DecisionBasis['challenger'] {
  return { version: number.toString(), sha256, threshold };
}

/** Judges, and keeps the rows that were judged; throws as `judgeNow` does. */
export async function prepareDecision(
  workspace: Workspace,
  store: Store,
  request: GateRequest,
  now: number,
  signal: AbortSignal,
): Promise<PreparedDecision> {
  const { basis, rows, judgement } = await judgeNow(workspace, store, request, now, signal);
  await nextTurn(signal);
  const kept = JSON.stringify({ ...basis, rows_sha256: await keepJudgedRows(workspace, rows) });
  const { decision, champion, challenger } = judgement;
  return {
    judgement,
    record: (target, change) =>
      target.change(() => {
        const result = { ...judgement, ...basis.given };
        const id = insertGateDecision(target, {
          at: change.at,
          who: change.who,
          decision,
          champion: champion === null ? null : Number(champion),
          challenger: Number(challenger),
          rows: judgement.rows,
          required: JSON.stringify(basis.criteria),
          result: JSON.stringify(result),
          basis: kept,
        });
        recordEvent(target, {
          ...change,
          before: null,
          after: { decision_id: id, decision, challenger: Number(challenger), basis_sha256: sha256(kept) },
        });
        return { decision_id: id.toString(), ...result };
      }),
  };
}

/** Decides and stores the decision with its evidence. */
export async function judgeChallenger(
  workspace: Workspace,
  request: GateRequest & { readonly who: string },
  clock: Clock,
  signal: AbortSignal,
): Promise<GateResult> {
  using store = openStore(workspace.paths.store, { create: false });
  const prepared = await prepareDecision(workspace, store, request, clock.now(), signal);
  return prepared.record(store, {
    at: clock.now(),
    who: request.who,
    command: 'gate',
    reason: 'asked by hand',
  });
}
