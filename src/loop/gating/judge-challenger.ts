import type { Table } from '../../data/index.ts';
import type { GateJudgement, GateResult } from '../../data/results/gate.ts';
import { evaluateGate, type GatePreset, type ScoredModel } from '../../gate/index.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import { dayMs } from '../../platform/durations.ts';
import { UnavailableError } from '../../platform/errors.ts';
import { nextTurn } from '../../platform/next-turn.ts';
import {
  type Change,
  findChallenger,
  findProductionAt,
  type ModelVersion,
  readArtifact,
  requireVersion,
} from '../../registry/index.ts';
import { openScorer, scoreTable } from '../../scoring/index.ts';
import {
  insertGateDecision,
  lastPromotionAt,
  openStore,
  recordEvent,
  type Store,
} from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { configuredCriteria } from './configured-criteria.ts';
import { earlierChallengers, evidenceExpectedAt } from './evidence-of-store.ts';
import { gateRows } from './gate-rows.ts';
import { segmentColumns, segmentsAsked } from './gate-segments.ts';

export interface GateRequest {
  /** Version to judge; by default the newest in Staging. */
  readonly challenger?: string | undefined;
  readonly preset?: GatePreset | undefined;
}

/** A decision that is made and not yet stored: `record` does that, inside a transaction of the caller or its own. */
export interface PreparedDecision {
  readonly judgement: GateJudgement;
  record(store: Store, change: Change): GateResult;
}

/**
 * Scores champion and challenger on the same labelled rows and asks the gate.
 * @throws UnavailableError when there is no challenger; DataError when an artifact is damaged or a feature is missing
 */
export async function prepareDecision(
  workspace: Workspace,
  store: Store,
  request: GateRequest,
  now: number,
  signal: AbortSignal,
): Promise<PreparedDecision> {
  const champion = findProductionAt(store, now);
  const challenger = chooseChallenger(store, request.challenger, champion, now);
  const rows = await gateRows(workspace, store, champion, challenger, now);
  await nextTurn(signal);
  const gate = { ...workspace.config.gate, preset: request.preset ?? workspace.config.gate.preset };
  const columns = segmentColumns(workspace, gate, rows.features);
  const criteria = configuredCriteria(gate, workspace.config.performance);
  const promotedAt = lastPromotionAt(store);
  const models = {
    champion: champion === undefined ? null : await scored(workspace, champion, rows.features),
    challenger: await scored(workspace, challenger, rows.features),
    labels: rows.labels,
    criteria,
  };
  const judgement = evaluateGate({
    ...models,
    coverage: rows.coverage,
    daysSincePromotion: promotedAt === undefined ? null : (now - promotedAt) / dayMs,
    earlierChallengers: champion === undefined ? 0 : earlierChallengers(store, champion, challenger, now),
    ...segmentsAsked(rows.features, columns, gate.segments, models),
  });
  const expected = evidenceExpectedAt(store, judgement.evidence, now);
  await nextTurn(signal);
  return {
    judgement,
    record: (target, change) =>
      target.change(() => {
        const result = {
          ...judgement,
          preset: gate.preset,
          evidence_expected_at: expected === null ? null : toIso(expected),
          notes: [...rows.notes],
        };
        const id = insertGateDecision(target, {
          at: change.at,
          who: change.who,
          decision: judgement.decision,
          champion: champion?.version ?? null,
          challenger: challenger.version,
          rows: judgement.rows,
          required: JSON.stringify(criteria),
          result: JSON.stringify(result),
        });
        const { decision } = judgement;
        recordEvent(target, {
          ...change,
          before: null,
          after: { decision_id: id, decision, challenger: challenger.version },
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

function chooseChallenger(
  store: Store,
  named: string | undefined,
  champion: ModelVersion | undefined,
  now: number,
): ModelVersion {
  const challenger = named === undefined ? findChallenger(store, now) : requireVersion(store, named);
  if (challenger === undefined) {
    throw new UnavailableError('there is no challenger', {
      why: 'no version in Staging came after the one in Production',
      remedy: 'train one: mlops train --from-store, or name a version with --challenger V',
    });
  }
  if (challenger.createdAt > now) {
    throw new UnavailableError(`there was no version ${challenger.version} at ${toIso(now)}`, {
      why: `it was made at ${toIso(challenger.createdAt)}`,
      remedy: 'name another with --challenger V, or leave out --as-of',
    });
  }
  if (challenger.version !== champion?.version) return challenger;
  throw new UnavailableError(`version ${challenger.version} is the champion itself`, {
    why: 'a challenger is compared with the version in Production',
    remedy: 'name another with --challenger V; mlops models lists them',
  });
}

async function scored(workspace: Workspace, version: ModelVersion, rows: Table): Promise<ScoredModel> {
  const content = readArtifact(workspace.paths.artifacts, version.sha256, 'onnx');
  const name = version.version.toString();
  if (rows.rows === 0)
    return { version: name, threshold: version.threshold, probabilities: new Float64Array() };
  const scorer = await openScorer(content, version.features);
  try {
    return { version: name, threshold: version.threshold, probabilities: await scoreTable(scorer, rows) };
  } finally {
    await scorer.close();
  }
}
