import type { Labels } from '../data/classification-metrics.ts';
import type { GateCosts, GateCriterion, GateGroupColumn } from '../data/results/gate.ts';
import { InternalError } from '../platform/errors.ts';
import type { SegmentsCompared } from './compare-segments.ts';
import type { GateCriteria } from './criteria.ts';
import type { EvidenceFigures } from './evidence.ts';
import type { ProtectedColumn } from './group-differences.ts';

import type { LabelSelection } from './weigh-selection.ts';

/** A model version and what it says about the labelled rows. */
export interface ScoredModel {
  readonly version: string;
  /** A row is predicted positive when its probability is at least this. */
  readonly threshold: number;
  /** Of class 1, one a labelled row, 0..1. */
  readonly probabilities: Float64Array;
}

export interface Segment {
  readonly name: string;
  /** Indices into the labelled rows. */
  readonly rows: Uint32Array;
}

export interface GateQuestion {
  readonly champion: ScoredModel | null;
  readonly challenger: ScoredModel;
  /** 0 or 1, one a row, the same rows for both models. */
  readonly labels: Labels;
  /** Share of the predictions that have a label, 0..1. */
  readonly coverage: number;
  /** Days since the champion was promoted; null where that is not known. */
  readonly daysSincePromotion: number | null;
  readonly segments: readonly Segment[];
  /** How many other challengers this champion was compared with before; by default none. */
  readonly earlierChallengers?: number;
  /** Columns whose groups are to be treated alike. */
  readonly protectedColumns?: readonly ProtectedColumn[];
  readonly criteria: GateCriteria;
  /** Null where there was nothing to compare the labelled rows with. */
  readonly selection?: LabelSelection | null;
  /** Criteria that were judged elsewhere, by commands of the user's. */
  readonly commanded?: readonly GateCriterion[];
}

/** A question with a champion, and the reason, if any, why the two models cannot be compared on these rows. */
export interface Comparison extends GateQuestion {
  readonly champion: ScoredModel;
  readonly obstacle: string | undefined;
  /** Null where there is an obstacle, and where the criteria ask for no segments. */
  readonly compared: SegmentsCompared | null;
  /** Null where there is an obstacle. */
  readonly evidence: EvidenceFigures | null;
  /** Null where there is an obstacle, and where no costs are set. */
  readonly costs: GateCosts | null;
  readonly groups: readonly GateGroupColumn[] | null;
}

/** A question without a champion, and the reason, if any, why the model cannot be measured on these rows. */
export interface FirstModel extends GateQuestion {
  readonly obstacle: string | undefined;
  /** Null where there is an obstacle, and where no column is protected. */
  readonly groups: readonly GateGroupColumn[] | null;
}

/**
 * Why no figure of these models on these rows can be trusted, as the end of a sentence; undefined when there is no reason.
 * @throws InternalError when probabilities and labels differ in length, or a segment names a row that is not there
 */
export function obstacleOf({ champion, challenger, labels, segments }: GateQuestion): string | undefined {
  for (const { name, rows } of segments)
    if (rows.some((row) => row >= labels.length))
      throw new InternalError(`segment '${name}' names a row beyond the ${labels.length} labelled ones`);
  if (labels.length === 0) return "there is no labelled row; add labels with 'mlops labels add'";
  for (const model of champion === null ? [challenger] : [champion, challenger]) {
    const flaw = flawOf(model, labels.length);
    if (flaw !== undefined) return flaw;
  }
  let positives = 0;
  for (let row = 0; row < labels.length; row++) {
    if (labels[row] === 1) positives++;
    else if (labels[row] !== 0)
      return `label ${labels[row]} of row ${row + 1} is neither 0 nor 1; correct it`;
  }
  if (positives > 0 && positives < labels.length) return undefined;
  const only = positives === 0 ? 'negative' : 'positive';
  return `every one of the ${labels.length} labels is ${only}; wait for labels of the other class`;
}

function flawOf({ version, threshold, probabilities }: ScoredModel, rows: number): string | undefined {
  if (probabilities.length !== rows)
    throw new InternalError(
      `version ${version} has ${probabilities.length} probabilities for ${rows} labels`,
    );
  if (!Number.isFinite(threshold))
    return `version ${version} has no threshold; register it again with one, or train anew`;
  let unusable = 0;
  for (const probability of probabilities) if (!(probability >= 0 && probability <= 1)) unusable++;
  if (unusable === 0) return undefined;
  return `version ${version} gave no probability between 0 and 1 on ${unusable} of ${rows} rows; look at those rows and at the model`;
}
