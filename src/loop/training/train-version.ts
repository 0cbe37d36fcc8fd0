import { findColumn, fingerprint, selectColumns } from '../../data/index.ts';
import type { TrainResult } from '../../data/results/train.ts';
import { InternalError, UsageError } from '../../platform/errors.ts';
import { nextTurn } from '../../platform/next-turn.ts';
import { sha256 } from '../../platform/sha256.ts';
import { artifactPath, type Change, keepTable, registerVersion } from '../../registry/index.ts';
import { openScorer, type Scorer, scoreTable } from '../../scoring/index.ts';
import { insertTrainingRun, type Store } from '../../store/index.ts';
import { type Estimator, estimatorParameters } from '../../training/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { firstRows, recordGoldenRows } from '../versions/record-golden-rows.ts';
import { schemaOfFeatures, workspaceSchema } from '../workspace-schema.ts';
import type { ContinuedVersion } from './continued-version.ts';
import type { ImportanceWish } from './current-rows.ts';
import { externalTrainer } from './external/external-trainer.ts';
import { learnOutside } from './external/learn-outside.ts';
import { fewOutcomes } from './few-outcomes.ts';
import type { Finish } from './finish-model.ts';
import { type FeatureWishes, honestRows } from './honest-rows.ts';
import { afterGrowth, interruptionNotes, type LearnedModel, type LearningRows, learn } from './learn.ts';
import { thresholdRule, trainerChoices } from './trainer-choices.ts';
import { storeSource, type TrainingData } from './training-data.ts';
import type { TuningPlan } from './tuning/tune.ts';
import { type CurrentRows, weighRows } from './weigh-rows.ts';

/** A model that is trained and not yet registered: `record` does that, inside a transaction of the caller or its own. */
export interface PreparedVersion {
  /** @param durationMs that the training took */
  record(store: Store, change: Change, durationMs: number): TrainResult;
}

/** Largest difference between our answers and ONNX Runtime's on one row: float32 sums in another order. */
const tolerance = 1e-6;

/** What one training does otherwise than mlops.yaml says. */
export interface TrainingWishes extends FeatureWishes {
  readonly seed?: number | undefined;
  readonly estimator?: Estimator | undefined;
  /** Features whose numbers are names. */
  readonly categories?: readonly string[] | undefined;
  /** Weighs the rows towards those of a file, or the store's predictions. */
  readonly importanceWeights?: ImportanceWish | undefined;
  readonly calibrate?: Finish['calibrate'] | undefined;
  readonly threshold?: Finish['threshold'] | undefined;
  readonly tuning?: TuningPlan | undefined;
  /** Ctrl-C ends the growth of boosted trees, and the best so far become the model. */
  readonly keepBest?: boolean | undefined;
}

/** What a training of a workspace has beside its data and wishes. */
export interface TrainingBesides {
  readonly current?: CurrentRows | undefined;
  readonly continued?: ContinuedVersion | undefined;
}

function lineageOf(continued: ContinuedVersion | undefined) {
  return continued && { version: continued.version, sha256: continued.sha256 };
}

/** @throws UsageError: a command of its own grows no trees on ours, and keeps none */
function requireOwnTrainer(continued: ContinuedVersion | undefined, keepBest: boolean | undefined) {
  if (continued === undefined && !keepBest) return;
  throw new UsageError(
    `${continued === undefined ? '--keep-best' : '--continue'} goes with our own boosted trees`,
    {
      why: 'trainer.command of mlops.yaml trains with a program of its own',
      remedy: 'add --estimator trees, or leave it out',
    },
  );
}

type Trainer = Workspace['config']['trainer'];

/** Trains with the workspace's settings and checks the ONNX file against our own answers on every validation row. */
export async function prepareVersion(
  workspace: Workspace,
  wanted: TrainingData & TrainingWishes & TrainingBesides,
  signal: AbortSignal,
): Promise<PreparedVersion> {
  const { trainer } = workspace.config;
  const seed = wanted.seed ?? trainer.seed;
  const configured = trainerChoices(trainer);
  const parameters = estimatorParameters(wanted.estimator ?? trainer.estimator, {
    ...configured,
    categories: wanted.categories ?? configured.categories,
  });
  const { source, target, reference } = wanted;
  const configuredWishes = wishesAbout(trainer, wanted.rows);
  const wishes = {
    leaveOut: [...configuredWishes.leaveOut, ...(wanted.leaveOut ?? [])],
    allowLeaks: [...configuredWishes.allowLeaks, ...(wanted.allowLeaks ?? [])],
  };
  const rows = honestRows(wanted.rows, wishes, parameters.categories);
  const finish = {
    calibrate: wanted.calibrate ?? trainer.calibrate,
    threshold: wanted.threshold ?? thresholdRule(trainer.threshold),
  };
  const distinct = wanted.older && withFeaturesOf(rows, wanted.older);
  const { importance, ...weighed } = await weighRows(rows, distinct, wanted.current, seed, signal);
  const question = { ...weighed, trainShare: trainer.train_share, finish, seed, signal };
  const { continued, keepBest } = wanted;
  const outside = wanted.estimator === undefined ? externalTrainer(workspace) : undefined;
  if (outside !== undefined && wanted.tuning !== undefined) throw notOursToTune();
  if (outside !== undefined) requireOwnTrainer(continued, keepBest);
  const { tuning } = wanted;
  const learned =
    outside === undefined
      ? await learn({ ...question, parameters, tuning, continued: continued?.model, keepBest })
      : await learnOutside({ ...question, trainer: outside, categories: parameters.categories });
  const interrupted = interruptionNotes(signal);
  const golden = await checkedGoldenRows(learned);
  await nextTurn(afterGrowth(signal, keepBest));
  const referenceSha256 = await keepTable(workspace.paths.artifacts, reference);
  const baseSha256 = source === storeSource ? wanted.baseSha256 : referenceSha256;
  const schema = schemaOfFeatures(workspaceSchema(workspace), learned.features);
  return {
    record: (store, change, durationMs) =>
      store.change(() => {
        const runId = insertTrainingRun(store, {
          started_at: change.at - durationMs,
          duration_ms: durationMs,
          who: change.who,
          reason: change.reason,
          data: source,
          data_sha256: fingerprint(reference),
          target,
          rows_train: learned.rows.train,
          rows_validation: learned.rows.validation,
          seed,
          parameters: JSON.stringify({
            ...learned.parameters,
            calibration: learned.calibration.method,
            threshold: learned.threshold.rule,
            importance,
            ...(learned.tuning !== null && {
              tuning: { trials: learned.tuning.trials.length, best: learned.tuning.best },
            }),
            continued_from: lineageOf(continued),
          }),
          metrics: JSON.stringify(learned.metrics),
        });
        const version = registerVersion(
          store,
          workspace.paths.artifacts,
          {
            content: learned.bytes,
            features: learned.features,
            threshold: learned.threshold.value,
            golden,
            runId,
            schema,
            metrics: learned.metrics,
            referenceSha256,
            baseSha256,
            learnedUntil: learned.learnedUntil,
            validatedUntil: learned.validatedUntil,
          },
          change,
        );
        const hash = sha256(learned.bytes);
        return {
          run_id: runId.toString(),
          version: version.toString(),
          status: 'registered',
          rows: learned.rows,
          positives: learned.positives,
          metrics: learned.metrics,
          threshold: learned.threshold,
          calibration: learned.calibration,
          tuning: learned.tuning,
          continued_from: lineageOf(continued) ?? null,
          artifact: {
            path: artifactPath(workspace.paths.artifacts, hash, 'onnx'),
            sha256: hash,
            bytes: learned.bytes.length,
          },
          duration_ms: durationMs,
          importance,
          notes: [...weighed.rows.notes, ...fewOutcomes(learned), ...trainedBy(learned), ...interrupted],
        };
      }),
  };
}

/** What mlops.yaml says of the features there are: the champion may never have had one that is left out. */
function wishesAbout({ leave_out = [], allow_leaks = [] }: Trainer, { features }: LearningRows) {
  const isThere = (name: string) => findColumn(features, name) !== undefined;
  return { leaveOut: leave_out.filter(isThere), allowLeaks: allow_leaks.filter(isThere) };
}

function withFeaturesOf({ features }: LearningRows, older: LearningRows): LearningRows {
  const names = features.columns.map(({ name }) => name);
  return { ...older, features: selectColumns(older.features, names) };
}

function trainedBy({ parameters }: LearnedModel): readonly string[] {
  return parameters.estimator === 'command' ? [`trained by ${parameters.trainer} (trainer.command)`] : [];
}

function notOursToTune(): UsageError {
  return new UsageError('--tune does not go with trainer.command', {
    why: 'its parameters are its own, and a search knows only those of our estimators',
    remedy: 'leave --tune out, or name an estimator: mlops train --estimator trees --tune',
  });
}

async function checkedGoldenRows(learned: LearnedModel) {
  const scorer = await openScorer(learned.bytes, learned.features);
  try {
    await requireParity(scorer, learned);
    return await recordGoldenRows(scorer, firstRows(learned.validation.features, learned.features));
  } finally {
    await scorer.close();
  }
}

async function requireParity(scorer: Scorer, { validation, features }: LearnedModel): Promise<void> {
  const answers = await scoreTable(scorer, validation.features);
  const row = answers.findIndex(
    (answer, index) => !(Math.abs(answer - (validation.probabilities[index] ?? Number.NaN)) <= tolerance),
  );
  if (row < 0) return;
  throw new InternalError('the ONNX model does not answer as the model it was made from', {
    why: `row ${row + 1} of the validation rows gives ${answers[row]} in ONNX Runtime and ${validation.probabilities[row]} in the model, for ${features.join(', ')}`,
    remedy: 'report it with the data; no version was registered',
  });
}
