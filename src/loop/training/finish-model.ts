import { classificationMetrics } from '../../data/classification-metrics.ts';
import type { Table } from '../../data/index.ts';
import type { ClassificationMetrics } from '../../data/results/classification.ts';
import type { ChosenCalibration, ChosenThreshold } from '../../data/results/train.ts';
import {
  type CalibrationMethod,
  chooseCalibration,
  chooseThreshold,
  type Model,
  modelScores,
  predictProbabilities,
  type ThresholdRule,
  uncalibrated,
} from '../../training/index.ts';

/** How a trained model becomes one that decides. */
export interface Finish {
  readonly calibrate: CalibrationMethod;
  readonly threshold: ThresholdRule;
}

/** Rows that a model did not learn from. */
export interface HeldRows {
  readonly features: Table;
  /** 0 or 1, one a row. */
  readonly labels: Float64Array;
  readonly weights?: Float64Array | undefined;
}

export interface FinishedModel {
  readonly model: Model;
  readonly calibration: ChosenCalibration;
  readonly threshold: ChosenThreshold;
  /** Like the threshold, on the validation rows. */
  readonly metrics: ClassificationMetrics;
  /** Of outcome 1, one a validation row. */
  readonly probabilities: Float64Array;
}

/** How many of the held-out rows, the earliest, a calibration learns from; the others validate. */
export function calibrationRows(heldOut: number, { calibrate }: Finish): number {
  return calibrate === 'none' ? 0 : Math.floor(heldOut / 2);
}

/**
 * Calibrates a model on rows that it did not learn from, chooses its threshold and measures it on others still.
 * @throws DataError when the rows do not tell how to calibrate, or no threshold is as the rule asks
 */
export async function finishModel(
  model: Model,
  rows: { readonly calibration: HeldRows; readonly validation: HeldRows },
  { calibrate, threshold: rule }: Finish,
  signal: AbortSignal,
): Promise<FinishedModel> {
  const scored = ({ features, labels, weights }: HeldRows) => ({
    scores: modelScores(model, features),
    labels,
    weights,
  });
  const own = predictProbabilities(model, rows.validation.features);
  const { calibration, result } =
    calibrate === 'none'
      ? uncalibrated
      : await chooseCalibration({
          method: calibrate,
          calibration: scored(rows.calibration),
          validation: { ...scored(rows.validation), probabilities: own },
          signal,
        });
  const finished: Model = calibration === undefined ? model : { ...model, calibration };
  const probabilities =
    calibration === undefined ? own : predictProbabilities(finished, rows.validation.features);
  const threshold = chooseThreshold(probabilities, rows.validation.labels, rule);
  return {
    model: finished,
    calibration: result,
    threshold,
    metrics: classificationMetrics(probabilities, rows.validation.labels, threshold.value),
    probabilities,
  };
}
