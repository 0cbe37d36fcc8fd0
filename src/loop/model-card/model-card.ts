import type { ModelCard } from '../../data/results/model-card.ts';
import type { ModelVersionResult } from '../../data/results/models.ts';
import { toIso } from '../../platform/clock.ts';
import { findProductionAt, type ModelVersion, readArtifact, requireVersion } from '../../registry/index.ts';
import { openScorer } from '../../scoring/index.ts';
import { gateDecisionsOf, openForReading, type Store } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { decisionOf } from '../gating/stored-decision.ts';
import { liveFigures } from '../versions/live-figures.ts';
import { readVersion } from '../versions/read-registry.ts';
import { cardEvaluation } from './card-evaluation.ts';
import { cardFeatures } from './card-features.ts';
import { cardRows } from './card-rows.ts';
import { limitsInWords } from './limits-in-words.ts';

/**
 * Everything that is known of a version, from its kept rows, the store and the model itself. The same store and time give the same
 * card.
 * @param now epoch milliseconds; neither predictions nor labels from later are seen
 * @throws NoInputError when there is no such version, or its file is gone; DataError when that is damaged
 */
export async function modelCard(
  workspace: Workspace,
  name: string,
  now: number,
  signal: AbortSignal,
): Promise<ModelCard> {
  using store = openForReading(workspace.paths.store);
  const version = requireVersion(store, name);
  const content = readArtifact(workspace.paths.artifacts, version.sha256, 'onnx');
  const rows = await cardRows(workspace, store, version, now);
  const scorer = await openScorer(content, version.features);
  try {
    const found = readVersion(workspace, version.version.toString());
    const { purpose, not_for, name: model } = workspace.config.model;
    const card = {
      model,
      generated_at: toIso(now),
      version: found,
      parent: parentOf(store, version),
      estimator: estimatorOf(found),
      purpose: purpose ?? null,
      not_for: [...not_for],
      data: {
        what: rows.data?.what ?? null,
        rows: rows.data?.features.rows ?? 0,
        target: rows.target,
        outcomes: rows.outcomes,
        period: rows.period,
      },
      ...(await cardFeatures({ workspace, version, content, scorer, rows, signal })),
      evaluation: await cardEvaluation(workspace, version, rows, scorer, signal),
      live: liveFigures(store, version.version.toString(), now),
      gate: lastDecision(store, version),
    };
    return { ...card, limits: limitsInWords(card) };
  } finally {
    await scorer.close();
  }
}

/** The version that was in Production when this one was made. */
function parentOf(store: Store, { version, createdAt }: ModelVersion): string | null {
  const parent = findProductionAt(store, createdAt);
  return parent === undefined || parent.version >= version ? null : parent.version.toString();
}

function estimatorOf({ training_run }: ModelVersionResult): string | null {
  const estimator = training_run?.parameters.estimator;
  return typeof estimator === 'string' ? estimator : null;
}

function lastDecision(store: Store, { version }: ModelVersion): ModelCard['gate'] {
  const row = gateDecisionsOf(store, version).at(-1);
  if (row === undefined) return null;
  const { decision_id, at, who, decision, champion, rows, criteria } = decisionOf(row);
  return {
    decision_id,
    at,
    who,
    decision,
    champion,
    rows,
    criteria: criteria.map(({ name, passed, detail }) => ({ name, passed, detail })),
  };
}
