import { logLoss } from '../../data/classification-metrics.ts';
import type { ChosenCalibration } from '../../data/results/train.ts';
import { DataError } from '../../platform/errors.ts';
import { type Calibration, calibrated } from '../../scoring/index.ts';
import { isotonicRegression, type LabelledScores } from './isotonic-regression.ts';
import { plattScaling } from './platt-scaling.ts';

/** How a calibration is found; `auto` where it lowers the log loss, and as does so most. */
export type CalibrationMethod = Calibration['kind'] | 'none' | 'auto';

export interface CalibrationQuestion {
  readonly method: CalibrationMethod;
  /** Rows that the model did not learn from: the calibration learns from these. */
  readonly calibration: LabelledScores;
  /** Others still, which it is measured on; with the model's own probabilities beside the scores. */
  readonly validation: LabelledScores & { readonly probabilities: Float64Array };
  readonly signal: AbortSignal;
}

export interface CalibrationChoice {
  /** Undefined where the model's own probabilities are kept. */
  readonly calibration: Calibration | undefined;
  readonly result: ChosenCalibration;
}

/** Without a calibration, no row is set apart for one. */
export const uncalibrated: CalibrationChoice = {
  calibration: undefined,
  result: { asked: 'none', method: 'none', rows: 0, log_loss: null },
};

/**
 * Fits the calibration that is asked for; of `auto` the one whose log loss on the validation rows is the lowest, the model's own
 * probabilities among them.
 * @throws DataError when one is asked for by name that the calibration rows cannot tell: one outcome only, one score only, or
 *   scores that fall where outcomes rise
 */
export async function chooseCalibration({
  method,
  calibration: rows,
  validation,
  signal,
}: CalibrationQuestion): Promise<CalibrationChoice> {
  const kinds = method === 'auto' ? (['sigmoid', 'isotonic'] as const) : method === 'none' ? [] : [method];
  const obstacle = obstacleTo(rows);
  if (obstacle !== undefined && method !== 'auto') throw refusal(obstacle);
  const own = logLoss(validation.probabilities, validation.labels);
  const losses: { none: number; sigmoid: number | null; isotonic: number | null } = {
    none: own,
    sigmoid: null,
    isotonic: null,
  };
  let best: { calibration: Calibration | undefined; loss: number } = {
    calibration: undefined,
    loss: method === 'auto' ? own : Number.POSITIVE_INFINITY,
  };
  for (const kind of obstacle === undefined ? kinds : []) {
    const calibration = await learnCalibration(kind, rows, signal);
    if (calibration.kind === 'sigmoid' && calibration.slope <= 0) {
      if (method === 'auto') continue;
      throw refusal('the scores fall where the outcomes rise');
    }
    const answers = validation.scores.map((score) => calibrated(calibration, score));
    const loss = logLoss(answers, validation.labels);
    losses[kind] = loss;
    if (loss < best.loss) best = { calibration, loss };
  }
  return {
    calibration: best.calibration,
    result: {
      asked: method,
      method: best.calibration?.kind ?? 'none',
      rows: rows.labels.length,
      log_loss: losses,
    },
  };
}

async function learnCalibration(
  kind: Calibration['kind'],
  rows: LabelledScores,
  signal: AbortSignal,
): Promise<Calibration> {
  if (kind === 'sigmoid') return { kind, ...(await plattScaling(rows, signal)) };
  const { scores, values } = isotonicRegression(rows);
  return { kind, scores, probabilities: values };
}

/** Why no calibration can be learned from these rows; undefined where one can. */
function obstacleTo({ scores, labels, weights }: LabelledScores): string | undefined {
  const isCounted = (_: number, row: number) => (weights?.[row] ?? 1) > 0;
  const outcomes = labels.filter(isCounted);
  for (const outcome of [0, 1]) if (!outcomes.includes(outcome)) return `none of them has target ${outcome}`;
  return new Set(scores.filter(isCounted)).size < 2
    ? 'the model answers the same for all of them'
    : undefined;
}

function refusal(why: string): DataError {
  return new DataError('the calibration rows do not tell how to calibrate', {
    why,
    remedy: 'add labelled rows, or leave it out: --calibrate none, or auto',
  });
}
