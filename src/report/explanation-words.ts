import type { ExplanationMethod, ExplanationScale } from '../data/results/prediction-explanation.ts';
import { figure } from './figures.ts';

/** What the parts of an answer are told in. */
export const partsAreIn: Readonly<Record<ExplanationScale, string>> = {
  log_odds: 'log odds',
  probability: 'probability',
  before_calibration: 'score before calibration',
};

export const methodInWords: Readonly<Record<ExplanationMethod, string>> = {
  tree_shap: 'exact Shapley values of the trees (TreeSHAP, path-dependent)',
  linear_shap: 'exact Shapley values of the log odds (linear)',
  sampled_shapley: 'Shapley values estimated by sampling (interventional)',
};

/** With its sign, also where it is positive. */
export function signed(value: number): string {
  return value < 0 ? `−${figure(-value)}` : `+${figure(value)}`;
}
