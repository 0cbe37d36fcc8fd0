import { takeRows } from '../../../src/data/index.ts';
import { anytimeEvidence } from '../../../src/gate/anytime-evidence.ts';
import { bootstrapF1 } from '../../../src/gate/bootstrap-f1.ts';
import { evaluateGate, gateCriteria, type ScoredModel, segmentsOf } from '../../../src/gate/index.ts';
import { f1OfBoth, pairedCounts } from '../../../src/gate/paired-counts.ts';
import { pairedScores } from '../../../src/gate/paired-scores.ts';
import type { Learner, Population } from './learners.ts';

/** What each rule says of a challenger on the same rows. */
export interface Trial {
  /** F1 and Brier score by the runbook's figures: the gate of 0.4.0 on rows, coverage and days that suffice. */
  readonly figures: boolean;
  /** The one-sided 95 % BCa bound of the F1 difference lies above 0. */
  readonly bootstrap: boolean;
  readonly evidence: boolean;
  /** All seven criteria. */
  readonly promoted: boolean;
}

/** Champion and challenger on the same rows. */
export interface Asked {
  readonly champion: ScoredModel;
  readonly challenger: ScoredModel;
  readonly labels: Uint8Array;
}

const criteria = gateCriteria('production');

/** @param draws of the bootstrap; 0 leaves it out */
export function trial(population: Population, asked: Asked, rows: Uint32Array, draws: number): Trial {
  const { figures, evidence } = look(asked, 1);
  const counts = pairedCounts(asked.champion, asked.challenger, asked.labels);
  const interval = draws === 0 ? null : bootstrapF1(counts, { draws, outside: 0.05, seed: rows[0] ?? 0 });
  return {
    figures,
    bootstrap: (interval?.low ?? 0) > 0,
    evidence,
    promoted: figures && evidence && isPromoted(population, asked, rows),
  };
}

function isPromoted({ judging }: Population, asked: Asked, rows: Uint32Array): boolean {
  const features = takeRows(judging.features, rows);
  const names = features.columns.map(({ name }) => ({ name, type: 'numerical' as const }));
  const segments = segmentsOf(features, names);
  return (
    evaluateGate({ ...asked, coverage: 1, daysSincePromotion: 30, segments, criteria }).decision === 'promote'
  );
}

/** The criteria that chance decides for equal models, but for the segments, which would reject a few more. */
export function look(
  { champion, challenger, labels }: Asked,
  number: number,
): Pick<Trial, 'figures' | 'evidence'> {
  const counts = pairedCounts(champion, challenger, labels);
  const scores = pairedScores(champion, challenger, labels);
  const f1 = f1OfBoth(counts);
  const wanted = Math.log((number * (number + 1)) / (criteria.maximumFalsePromotion ?? 1));
  return {
    figures:
      f1.challenger >= (1 + criteria.minimumF1Improvement) * f1.champion &&
      -scores.brier.sum / labels.length <= criteria.maximumBrierDegradation,
    evidence: anytimeEvidence(counts, scores).logarithm >= wanted,
  };
}

export function onRows(
  { judging }: Population,
  champion: Learner,
  challenger: Learner,
  rows: Uint32Array,
): Asked {
  return {
    champion: scored('1', champion, rows),
    challenger: scored('2', challenger, rows),
    labels: Uint8Array.from(rows, (row) => judging.labels[row] ?? 0),
  };
}

/** The answers of the two exchanged on each row, or not, by a coin: then neither is better, whatever they were. */
export function exchanged({ champion, challenger, labels }: Asked, random: () => number): Asked {
  const coins = Uint8Array.from(labels, () => (random() < 0.5 ? 1 : 0));
  // The decision travels with the probability, so that both have to have one threshold.
  const [first, second] = [centred(champion), centred(challenger)];
  const mixed = (version: string, heads: Float64Array, tails: Float64Array): ScoredModel => ({
    version,
    threshold: 0.5,
    probabilities: heads.map((value, row) => (coins[row] === 1 ? value : (tails[row] ?? value))),
  });
  return { champion: mixed('1', first, second), challenger: mixed('2', second, first), labels };
}

/** The same question on its first rows alone. */
export function firstOf({ champion, challenger, labels }: Asked, rows: number): Asked {
  const first = (model: ScoredModel) => ({ ...model, probabilities: model.probabilities.subarray(0, rows) });
  return { champion: first(champion), challenger: first(challenger), labels: labels.subarray(0, rows) };
}

/** Probabilities whose odds are divided by those of the threshold, so that one half is the new one. */
function centred({ threshold, probabilities }: ScoredModel): Float64Array {
  const odds = threshold / (1 - threshold);
  return probabilities.map((value) => value / (value + (1 - value) * odds));
}

function scored(version: string, { threshold, probabilities }: Learner, rows: Uint32Array): ScoredModel {
  return {
    version,
    threshold,
    probabilities: Float64Array.from(rows, (row) => probabilities[row] ?? Number.NaN),
  };
}
