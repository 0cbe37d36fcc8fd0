/** Parameters of the boosted trees; names as LightGBM and scikit-learn use them. */
export interface TrainingParameters {
  readonly maxTrees: number;
  readonly maxLeaves: number;
  readonly learningRate: number;
  /** L2 regularisation of leaf values. */
  readonly l2: number;
  /** Smallest sum of hessians in a leaf. */
  readonly minChildWeight: number;
  readonly minRowsPerLeaf: number;
  /** Most bins a feature, missing values apart; at most 255. */
  readonly maxBins: number;
  /** Share of features that each tree may use, 0..1. */
  readonly featureShare: number;
  /** Trees without improvement of the log loss on the held-out rows after which growth stops. */
  readonly earlyStoppingRounds: number;
  /** Share of the training rows, the last ones, held out for early stopping, 0..1. */
  readonly earlyStoppingShare: number;
}

export const defaultTrainingParameters: TrainingParameters = {
  maxTrees: 400,
  maxLeaves: 12,
  learningRate: 0.05,
  l2: 5,
  minChildWeight: 1,
  minRowsPerLeaf: 20,
  maxBins: 255,
  featureShare: 0.6,
  earlyStoppingRounds: 40,
  earlyStoppingShare: 0.2,
};
