import { z } from 'zod';
import type { ModelsResult, ModelVersionResult, ProductionThen } from '../../data/results/models.ts';
import { toIso } from '../../platform/clock.ts';
import { DataError, NoInputError } from '../../platform/errors.ts';
import {
  artifactPath,
  listVersions,
  type ModelVersion,
  readArtifact,
  requireVersion,
} from '../../registry/index.ts';
import {
  gateDecisionsOf,
  openForReading,
  promotionBefore,
  type Store,
  stageChanges,
  type TrainingRunRow,
  trainingRunRow,
} from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';

/** Every version with its stage, oldest first. */
export function readRegistry(workspace: Workspace): ModelsResult {
  return withStore(workspace, (store) => ({
    versions: listVersions(store).map((each) => ({
      ...figuresOf(each),
      sha256: each.sha256,
      bytes: each.bytes,
    })),
  }));
}

/** Everything the store and the artifacts folder know about one version. @throws NoInputError when there is no such version */
export function readVersion(workspace: Workspace, name: string): ModelVersionResult {
  return withStore(workspace, (store) => {
    const model = requireVersion(store, name);
    const run = model.runId === null ? undefined : trainingRunRow(store, model.runId);
    const iso = (time: number | null) => (time === null ? null : toIso(time));
    return {
      ...figuresOf(model),
      artifact: {
        path: artifactPath(workspace.paths.artifacts, model.sha256, 'onnx'),
        sha256: model.sha256,
        bytes: model.bytes,
        state: artifactState(workspace, model),
      },
      golden_rows: model.golden.length,
      schema: model.schema,
      learned_until: iso(model.learnedUntil),
      validated_until: iso(model.validatedUntil),
      training_run: run === undefined ? null : trainingRunOf(run),
      stage_changes: stageChanges(store, model.version).map(({ at, from_stage: from, to_stage: to }) => ({
        at: toIso(at),
        from,
        to,
      })),
      gate_decisions: gateDecisionsOf(store, model.version).map((each) => ({
        decision_id: each.decision_id.toString(),
        at: toIso(each.at),
        who: each.who,
        decision: each.decision,
        champion: each.champion?.toString() ?? null,
        rows: each.rows,
      })),
    };
  });
}

/** The version that was Production at that time (epoch milliseconds), since when, and who put it there. */
export function productionThen(workspace: Workspace, time: number): ProductionThen {
  const found = withStore(workspace, (store) => promotionBefore(store, time));
  return {
    at: toIso(time),
    version: found?.version.toString() ?? null,
    since: found === undefined ? null : toIso(found.at),
    who: found?.who ?? null,
    reason: found?.reason ?? null,
  };
}

function figuresOf(model: ModelVersion) {
  return {
    version: model.version.toString(),
    stage: model.stage,
    threshold: model.threshold,
    features: [...model.features],
    created_at: toIso(model.createdAt),
    metrics: model.metrics,
  };
}

const parameters = z.record(z.string(), z.unknown());

function trainingRunOf(run: TrainingRunRow): NonNullable<ModelVersionResult['training_run']> {
  const { run_id, started_at, rows_train, rows_validation, metrics: _, ...rest } = run;
  return {
    ...rest,
    run_id: run_id.toString(),
    started_at: toIso(started_at),
    rows: { train: rows_train, validation: rows_validation },
    parameters: parameters.parse(JSON.parse(run.parameters)),
  };
}

function artifactState(workspace: Workspace, model: ModelVersion) {
  try {
    readArtifact(workspace.paths.artifacts, model.sha256, 'onnx');
    return 'intact';
  } catch (error) {
    if (error instanceof DataError) return 'damaged';
    if (error instanceof NoInputError) return 'missing';
    throw error;
  }
}

function withStore<T>(workspace: Workspace, read: (store: Store) => T): T {
  using store = openForReading(workspace.paths.store);
  return read(store);
}
