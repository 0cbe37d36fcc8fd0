import type { Calibration } from '../scoring/index.ts';
import type { LogisticRegression } from './logistic-regression.ts';
import type { BoostedTrees, RandomForest } from './tree.ts';

export type Model = (BoostedTrees | RandomForest | LogisticRegression) & {
  /** Makes the probability of the score; without one the score has its own. */
  readonly calibration?: Calibration | undefined;
};
