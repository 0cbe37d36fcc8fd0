import type { CardFeature } from '../../data/results/model-card.ts';
import {
  dependencePoints,
  type FeatureImportance,
  partialDependence,
  permutationImportance,
  type ScoreRows,
} from '../../explanation/index.ts';
import { randomFrom } from '../../training/random.ts';
import { spread } from './shap-summary.ts';

/** So often the values of a feature are exchanged. */
export const repeats = 5;
/** Rows that are scored for all importances together, at most, and for one feature at least. */
const mostScored = 150_000;
const fewestRows = 500;
/** The most important features alone are looked at so closely. */
const mostPermuted = 60;
const mostDrawn = 12;
const dependenceRows = 200;
const seed = 1;

export interface MeasuredImportance {
  /** By name; the features that were looked at. */
  readonly features: ReadonlyMap<string, FeatureImportance>;
  readonly rows: number;
}

/**
 * How much worse the model becomes on labelled rows without what a feature says.
 * @param ranked names of the features, most important first
 * @param rows one value a feature of `features` in each, at least one
 */
export async function importanceOf(
  features: readonly string[],
  ranked: readonly string[],
  rows: readonly Float64Array[],
  labels: Float64Array,
  score: ScoreRows,
  signal: AbortSignal,
): Promise<MeasuredImportance> {
  const asked = ranked.slice(0, mostPermuted);
  const affordable = Math.max(fewestRows, Math.floor(mostScored / (asked.length * repeats)));
  const taken = spread([...rows.keys()], affordable);
  const found = await permutationImportance({
    rows: taken.map((row) => rows[row] ?? new Float64Array(features.length)),
    labels: Float64Array.from(taken, (row) => labels[row] ?? Number.NaN),
    features: asked.map((name) => features.indexOf(name)),
    repeats,
    random: randomFrom(seed),
    score,
    signal,
  });
  const named = asked.flatMap((name, place) => {
    const importance = found[place];
    return importance === undefined ? [] : [[name, importance] as const];
  });
  return { features: new Map(named), rows: taken.length };
}

/** How the mean answer goes with each of the most important features. @param rows at least one */
export async function dependenceOf(
  features: readonly string[],
  ranked: readonly string[],
  rows: readonly Float64Array[],
  score: ScoreRows,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, CardFeature['dependence']>> {
  const found = new Map<string, CardFeature['dependence']>();
  for (const name of ranked.slice(0, mostDrawn)) {
    signal.throwIfAborted();
    const feature = features.indexOf(name);
    const points = dependencePoints(Float64Array.from(rows, (row) => row[feature] ?? Number.NaN));
    const drawn = await partialDependence({ feature, points, rows: spread(rows, dependenceRows), score });
    found.set(name, [...drawn]);
  }
  return found;
}
