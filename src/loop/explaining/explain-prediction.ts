import type { PredictionExplanation } from '../../data/results/prediction-explanation.ts';
import { explanationInWords } from '../../explanation/index.ts';
import { toIso } from '../../platform/clock.ts';
import { DataError, NoInputError, UnavailableError } from '../../platform/errors.ts';
import { type ModelVersion, requireVersion } from '../../registry/index.ts';
import { findPrediction, openForReading, type Store, type StoredPrediction } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { backgroundRows } from './background-rows.ts';
import { openExplainer } from './open-explainer.ts';

export interface PredictionToExplain {
  readonly id: string;
  /** By which version; by default the one that made the prediction. */
  readonly version?: string | undefined;
}

/** A few thousandths of standard error on a probability, in some thousand rows to score. */
const choices = { draws: 500, seed: 1 } as const;
/** A recorded probability that is further from the model's answer was not made from these features. */
const tolerance = 1e-4;

/**
 * Why a stored prediction came out as it did: its features, and what each adds to the model's answer.
 * @param now epoch milliseconds; neither a prediction nor a label from later is seen
 * @throws NoInputError when there is no such prediction or version; UnavailableError when no version made it, or there are no
 *   rows to compare it with; DataError when a feature of the model was recorded as text
 */
export async function explainPrediction(
  workspace: Workspace,
  { id, version: named }: PredictionToExplain,
  now: number,
  signal: AbortSignal,
): Promise<PredictionExplanation> {
  using store = openForReading(workspace.paths.store);
  const prediction = findPrediction(store, id, now);
  if (prediction === undefined) throw noPrediction(id);
  const version = versionOf(store, prediction, named);
  const background = await backgroundRows(workspace, store, version, now, signal);
  if (background === undefined) throw noBackground(workspace, version);
  const row = rowOf(prediction, version);
  const explainer = await openExplainer(workspace, version, background.rows, choices);
  try {
    const { base, parts, errors, probability } = await explainer.explain(row);
    const { scale, method } = explainer;
    const sum = parts.reduce((total, part) => total + part, base);
    const { threshold } = version;
    const outcome = probability >= threshold ? 1 : 0;
    const features = version.features
      .map((name, place) => ({
        name,
        value: prediction.features.get(name) ?? null,
        part: parts[place] ?? 0,
        error: errors?.[place] ?? null,
      }))
      .toSorted((a, b) => Math.abs(b.part) - Math.abs(a.part));
    return {
      prediction_id: id,
      predicted_at: toIso(prediction.predicted_at),
      version: version.version.toString(),
      recorded: {
        version: prediction.model_version,
        probability: prediction.probability,
        outcome: prediction.outcome,
        label: prediction.label,
      },
      probability,
      outcome,
      threshold,
      method,
      scale,
      base,
      sum,
      background: { rows: background.rows.length, what: background.what },
      features,
      sentence: explanationInWords({ probability, outcome, threshold, scale, base, features }),
      notes: [...notesOn(prediction, version, probability), ...calibrationNote(scale)],
    };
  } finally {
    await explainer.close();
  }
}

function versionOf(store: Store, { model_version }: StoredPrediction, named: string | undefined) {
  const name = named ?? model_version;
  if (name !== null) return requireVersion(store, name);
  throw new UnavailableError('the prediction does not say which version made it', {
    why: 'it was recorded without a model version',
    remedy: 'name the version to explain it by: --version V',
  });
}

function rowOf({ features }: StoredPrediction, version: ModelVersion): Float64Array {
  return Float64Array.from(version.features, (name) => {
    const value = features.get(name) ?? Number.NaN;
    if (typeof value === 'number') return value;
    throw new DataError(`${name} of the prediction is text, and version ${version.version} takes numbers`, {
      remedy: 'explain it by the version that made it',
    });
  });
}

function notesOn(prediction: StoredPrediction, version: ModelVersion, probability: number): string[] {
  const { features, probability: recorded, model_version } = prediction;
  const unknown = version.features.filter((name) => !features.has(name));
  const own = model_version === version.version.toString();
  const notes: string[] = [];
  if (unknown.length > 0) notes.push(`the store has no ${unknown.join(', ')}: explained as missing`);
  if (!own && model_version !== null) notes.push(`version ${model_version} made the prediction`);
  if (own && recorded !== null && !(Math.abs(recorded - probability) <= tolerance))
    notes.push(
      `recorded with probability ${recorded}, and the model answers ${probability} to the recorded features: they are not those it was made from`,
    );
  return notes;
}

function calibrationNote(scale: PredictionExplanation['scale']): readonly string[] {
  if (scale !== 'before_calibration') return [];
  return ['the parts explain the score before calibration, which an isotonic line makes a probability of'];
}

function noPrediction(id: string): NoInputError {
  return new NoInputError(`there is no prediction '${id}'`, {
    why: 'no prediction of the store has that id',
    remedy: 'mlops export predictions --to FILE writes them with their ids',
  });
}

function noBackground({ configurationPath }: Workspace, { version }: ModelVersion): UnavailableError {
  return new UnavailableError(`there are no rows to compare the prediction with`, {
    why: `version ${version} was made elsewhere, without its training data`,
    remedy: `set monitoring.reference in ${configurationPath} to a file of training data`,
  });
}
