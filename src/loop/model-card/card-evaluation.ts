import { findColumn } from '../../data/index.ts';
import type { Evaluation } from '../../data/results/model-evaluation.ts';
import { evaluateModel } from '../../evaluation/index.ts';
import type { ModelVersion } from '../../registry/index.ts';
import { type Scorer, scoreTable } from '../../scoring/index.ts';
import { randomFrom } from '../../training/random.ts';
import type { Workspace } from '../../workspace/index.ts';
import type { CardRows } from './card-rows.ts';
import { typesOf } from './feature-types.ts';

const seed = 1;

/** How good the version is on the labelled rows of its card, segments cut as the gate cuts them; null without rows. */
export async function cardEvaluation(
  workspace: Workspace,
  version: ModelVersion,
  { evaluated }: CardRows,
  scorer: Scorer,
  signal: AbortSignal,
): Promise<Evaluation | null> {
  if (evaluated === undefined || evaluated.labels.length === 0) return null;
  const { what, features, labels } = evaluated;
  const { bins, bins_of, columns } = workspace.config.gate.segments;
  return evaluateModel({
    what,
    features,
    probabilities: await scoreTable(scorer, features, signal),
    labels,
    threshold: version.threshold,
    segments: typesOf(workspace, version, features).filter(
      ({ name }) => findColumn(features, name) !== undefined && (columns?.includes(name) ?? true),
    ),
    plan: { bins, binsOf: bins_of },
    random: randomFrom(seed),
  });
}
