import { figure } from '../report/figures.ts';
import type { LabelledPerformance } from '../store/index.ts';
import { type Check, type Finding, notMeasured } from './check.ts';
import { counted } from './in-words.ts';

/** Brier score of the Production version by the labels of `performance.lookback`. */
export const checkBrier: Check = {
  name: 'brier',
  contact: 'model_performance',
  needs: 'store',
  examine: ({ workspace: { config }, performance }) =>
    judgeBrier(performance(), config.monitoring.minimum_sample, config.performance.brier_maximum),
};

/** @param maximum the highest Brier score that is still well */
export function judgeBrier(
  performance: LabelledPerformance | undefined,
  minimumRows: number,
  maximum: number,
): Finding {
  const { rows = 0, brier = null } = performance ?? {};
  if (rows < minimumRows || brier === null) return notMeasured(tooFewLabels(rows, minimumRows));
  const bad = brier > maximum;
  return {
    status: bad ? 'WARNING' : 'OK',
    summary: `${figure(brier)} on ${counted(rows, 'labelled row')}, at most ${maximum}`,
    observed: brier,
    threshold: maximum,
    limits: { alarms: 'above', warning: maximum, critical: null },
    unit: 'score',
    remedy: bad ? 'look at mlops monitor for what changed; then retrain: mlops heal' : null,
  };
}

/** Why performance is not measured. */
export function tooFewLabels(rows: number, minimumRows: number): string {
  return `${counted(rows, 'labelled row')} of the Production version lately, ${minimumRows} are needed`;
}
