/** What a person chooses; names as LightGBM and scikit-learn use them. */
export interface TrainerChoices {
  readonly learningRate: number;
  readonly trees: number;
  readonly leaves: number;
  /** L2 regularisation of leaf values. */
  readonly l2: number;
  readonly minimumRowsPerLeaf: number;
  /** Trees without improvement of the log loss on the held-out rows after which growth stops. */
  readonly earlyStoppingRounds: number;
}

/** All parameters of the boosted trees. */
export interface TrainingParameters {
  readonly maxTrees: number;
  readonly maxLeaves: number;
  readonly learningRate: number;
  readonly l2: number;
  readonly minRowsPerLeaf: number;
  readonly earlyStoppingRounds: number;
  /** Smallest sum of hessians in a leaf. */
  readonly minChildWeight: number;
  /** Most bins a feature, missing values apart; at most 255. */
  readonly maxBins: number;
  /** Share of features that each tree may use, 0..1. */
  readonly featureShare: number;
  /** Share of the training rows, the last ones, held out for early stopping, 0..1. */
  readonly earlyStoppingShare: number;
}

export function trainingParameters(choices: TrainerChoices): TrainingParameters {
  return {
    maxTrees: choices.trees,
    maxLeaves: choices.leaves,
    learningRate: choices.learningRate,
    l2: choices.l2,
    minRowsPerLeaf: choices.minimumRowsPerLeaf,
    earlyStoppingRounds: choices.earlyStoppingRounds,
    minChildWeight: 1,
    maxBins: 255,
    featureShare: 0.6,
    earlyStoppingShare: 0.2,
  };
}
