import { benjaminiHochberg } from '../../data/benjamini-hochberg.ts';
import type { ConceptDrift } from '../../data/results/drift.ts';
import { type Table, takeRows } from '../../data/table.ts';
import type { Feature } from '../feature-types.ts';
import { studentPValue } from '../tests/student-t.ts';
import { segments } from './segments.ts';

/** Rows that a model answered; one entry a row in every part. */
export interface ResidualRows {
  readonly features: Table;
  /** Of outcome 1, 0..1; NaN where the row was not scored. */
  readonly probabilities: Float64Array;
  /** 0 or 1; NaN where no label is known. */
  readonly labels: Float64Array;
}

export interface ConceptQuestion {
  /** Rows that the model had not learned from, best; of those it had, its errors are smaller than of any others. */
  readonly reference: ResidualRows;
  readonly current: ResidualRows;
  readonly features: readonly Feature[];
  /** With fewer labelled rows on a side nothing is said. */
  readonly minimumRows: number;
  /** Chance that a report in which the errors are what they were names a segment, 0..1. */
  readonly falseAlarms: number;
}

type ConceptSegment = ConceptDrift['segments'][number];

/** A smaller difference of the mean residual is of no account, however many rows prove it. */
const leastDifference = 0.02;
const fewestOfSegment = 30;
const mostShown = 20;

/**
 * Whether P(y|x) is what it was: the model's residuals, label less probability, against those of the reference, overall and by
 * segment. All comparisons are judged together (Benjamini and Hochberg 1995); a segment has drifted when its mean residual
 * moved by 0.02 at least and by more than chance explains.
 * @returns null where a side has fewer than `minimumRows` rows with probability and label
 */
export function measureConcept(question: ConceptQuestion): ConceptDrift | null {
  const reference = labelled(question.reference);
  const current = labelled(question.current);
  if (Math.min(reference.residuals.length, current.residuals.length) < question.minimumRows) return null;
  const overall = difference(reference.residuals, current.residuals);
  const compared = segments(reference.features, current.features, question.features)
    .filter((segment) => Math.min(segment.reference.length, segment.current.length) >= fewestOfSegment)
    .map((segment) => ({
      feature: segment.feature,
      segment: segment.name,
      rows: segment.current.length,
      ...difference(
        Float64Array.from(segment.reference, (row) => reference.residuals[row] ?? Number.NaN),
        Float64Array.from(segment.current, (row) => current.residuals[row] ?? Number.NaN),
      ),
    }));
  const { q } = benjaminiHochberg([overall, ...compared].map(({ pValue }) => pValue));
  const isDrifted = ({ reference: before, current: after }: Difference, index: number) =>
    (q[index] ?? 1) < question.falseAlarms && Math.abs(after - before) >= leastDifference;
  const judged: readonly ConceptSegment[] = compared
    .map(({ pValue: _, ...segment }, index) => ({
      ...segment,
      q_value: q[index + 1] ?? 1,
      drifted: isDrifted({ ...segment, pValue: 1 }, index + 1),
    }))
    .sort((a, b) => Number(b.drifted) - Number(a.drifted) || a.q_value - b.q_value);
  const all = {
    labelled: current.residuals.length,
    reference: overall.reference,
    current: overall.current,
    p_value: overall.pValue,
    drifted: isDrifted(overall, 0) || judged.some(({ drifted }) => drifted),
    segments: judged.slice(0, mostShown),
  };
  return { ...all, sentence: inWords(all) };
}

function labelled({ features, probabilities, labels }: ResidualRows) {
  const rows = Uint32Array.from(labels.keys()).filter(
    (row) => !Number.isNaN(labels[row]) && !Number.isNaN(probabilities[row]),
  );
  return {
    features: takeRows(features, rows),
    residuals: Float64Array.from(rows, (row) => (labels[row] ?? 0) - (probabilities[row] ?? 0)),
  };
}

interface Difference {
  readonly reference: number;
  readonly current: number;
  readonly pValue: number;
}

/**
 * Two-sided test of the difference of two means, with the greater of the two variances for both: of an outcome as rare as
 * a default, thirty rows may hold none, and their own variance would call that certain.
 */
function difference(reference: Float64Array, current: Float64Array): Difference {
  const before = moments(reference);
  const after = moments(current);
  const variance = Math.max(before.variance, after.variance);
  const error = Math.sqrt(variance / reference.length + variance / current.length);
  const freedom = Math.min(reference.length, current.length) - 1;
  const gap = after.mean - before.mean;
  const pValue = gap === 0 ? 1 : error === 0 ? 0 : studentPValue(gap / error, freedom);
  return { reference: before.mean, current: after.mean, pValue };
}

function moments(values: Float64Array) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: squares / (values.length - 1) };
}

function inWords({
  labelled: rows,
  reference,
  current,
  drifted,
  segments: found,
}: Omit<ConceptDrift, 'sentence'>): string {
  const worst = found.find((segment) => segment.drifted);
  if (worst !== undefined)
    return `errors ${moved(worst)} in ${worst.feature} ${worst.segment}: residual ${signed(worst.reference)} → ${signed(worst.current)} over ${worst.rows} labelled rows`;
  const residual = `residual ${signed(reference)} → ${signed(current)} over ${rows} labelled rows`;
  return drifted
    ? `errors ${moved({ reference, current })}: ${residual}`
    : `errors are what they were: ${residual}`;
}

function moved({ reference, current }: Pick<Difference, 'reference' | 'current'>): string {
  return Math.abs(current) > Math.abs(reference) ? 'rose' : 'fell';
}

function signed(residual: number): string {
  const size = Math.abs(residual).toFixed(2);
  return residual < 0 ? `−${size}` : `+${size}`;
}
