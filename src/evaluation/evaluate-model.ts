import { confusionCounts, type Labels } from '../data/classification-metrics.ts';
import { rocAucInterval } from '../data/delong.ts';
import type { Evaluation } from '../data/results/model-evaluation.ts';
import type { Table } from '../data/table.ts';
import { type SegmentFeature, type SegmentPlan, segmentsOf } from '../gate/index.ts';
import { wilsonInterval } from '../gate/wilson.ts';
import { bootstrapIntervals } from './bootstrap-intervals.ts';
import { calibrationCurve } from './calibration-curve.ts';
import { segmentFigures } from './segment-figures.ts';
import { thresholdChoices } from './threshold-choices.ts';

export interface EvaluationQuestion {
  /** Which rows these are, for a reader. */
  readonly what: string;
  /** The rows' columns, for the segments. */
  readonly features: Table;
  /** Of outcome 1, one a row, 0..1; at least one. */
  readonly probabilities: Float64Array;
  /** 0 or 1, one a row. */
  readonly labels: Labels;
  readonly threshold: number;
  readonly segments: readonly SegmentFeature[];
  readonly plan: SegmentPlan;
  /** Numbers in [0, 1). */
  readonly random: () => number;
}

const mostDraws = 2_000;
const fewestDraws = 200;
/** Rows that are drawn altogether, at most, where there are draws enough. */
const mostDrawn = 2e7;

/** Every figure of a binary classifier on labelled rows, with 95 % intervals where one is known. */
export function evaluateModel(question: EvaluationQuestion): Evaluation {
  const { what, features, probabilities, labels, threshold, segments, plan, random } = question;
  const rows = probabilities.length;
  const counts = confusionCounts(probabilities, labels, threshold);
  const positives = counts.truePositives + counts.falseNegatives;
  const draws = Math.max(fewestDraws, Math.min(mostDraws, Math.floor(mostDrawn / rows)));
  const drawn = bootstrapIntervals({ probabilities, labels, threshold, draws, random });
  return {
    what,
    rows,
    positives,
    confusion: {
      true_positives: counts.truePositives,
      false_positives: counts.falsePositives,
      false_negatives: counts.falseNegatives,
      true_negatives: counts.trueNegatives,
    },
    metrics: [
      { name: 'roc_auc', interval: rocAucInterval(probabilities, labels), method: 'delong' },
      {
        name: 'precision',
        interval: wilsonInterval(counts.truePositives, counts.truePositives + counts.falsePositives),
        method: 'wilson',
      },
      { name: 'recall', interval: wilsonInterval(counts.truePositives, positives), method: 'wilson' },
      { name: 'f1', interval: drawn.f1, method: 'bootstrap' },
      { name: 'brier', interval: drawn.brier, method: 'bootstrap' },
      { name: 'log_loss', interval: drawn.log_loss, method: 'bootstrap' },
    ],
    bootstrap_draws: draws,
    calibration: calibrationCurve(probabilities, labels),
    thresholds: thresholdChoices(probabilities, labels, threshold),
    segments: segments.flatMap((feature) =>
      segmentsOf(features, [feature], plan).flatMap(
        (segment) => segmentFigures(feature.name, segment, probabilities, labels, threshold) ?? [],
      ),
    ),
  };
}
