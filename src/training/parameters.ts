import { DataError } from '../platform/errors.ts';

type Wishes<T, K extends keyof T> = { readonly [key in K]?: T[key] | undefined };

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
  /** Most splits above a leaf; no limit where undefined. */
  readonly depth?: number | undefined;
  /** L1 regularisation of leaf values. */
  readonly l1?: number | undefined;
  readonly minimumGain?: number | undefined;
  /** Smallest sum of second derivatives in a leaf. */
  readonly minimumHessianPerLeaf?: number | undefined;
  /** Share of rows that each tree learns from, 0..1. */
  readonly rowShare?: number | undefined;
  /** Share of features that each tree may use, 0..1. */
  readonly featureShare?: number | undefined;
  /** Most bins of present values a feature, 2..255. */
  readonly bins?: number | undefined;
  /** The same for single features, by name. */
  readonly binsOf?: Readonly<Record<string, number>> | undefined;
  /** Features whose numbers are names of categories. */
  readonly categories?: readonly string[] | undefined;
  /** Features that may only raise or only lower the probability. */
  readonly monotone?: Readonly<Record<string, 'increasing' | 'decreasing'>> | undefined;
  /** A number for how much heavier a row of outcome 1 weighs, or `balanced`: both outcomes weigh the same. */
  readonly positiveWeight?: number | 'balanced' | undefined;
  readonly logistic?: Wishes<LogisticParameters, 'l2'> | undefined;
  readonly forest?: Wishes<ForestParameters, 'trees' | 'depth' | 'minRowsPerLeaf'> | undefined;
}

export interface LogisticParameters {
  /** L2 regularisation of the coefficients of standardised features, above 0. */
  readonly l2: number;
  readonly categories: readonly string[];
  readonly positiveWeight: number | 'balanced';
}

export interface ForestParameters {
  readonly trees: number;
  /** Most splits above a leaf. */
  readonly depth: number;
  readonly minRowsPerLeaf: number;
  readonly maxBins: number;
  readonly maxBinsOf: Readonly<Record<string, number>>;
  readonly categories: readonly string[];
  readonly positiveWeight: number | 'balanced';
}

/** What a model is trained by, and how. */
export type EstimatorParameters =
  | ({ readonly estimator: 'trees' } & TrainingParameters)
  | ({ readonly estimator: 'forest' } & ForestParameters)
  | ({ readonly estimator: 'logistic' } & LogisticParameters);

export type Estimator = EstimatorParameters['estimator'];

/** All parameters of the boosted trees. */
export interface TrainingParameters {
  readonly maxTrees: number;
  readonly maxLeaves: number;
  readonly maxDepth?: number | undefined;
  readonly learningRate: number;
  readonly l1: number;
  readonly l2: number;
  readonly minGain: number;
  readonly minRowsPerLeaf: number;
  readonly earlyStoppingRounds: number;
  /** Smallest sum of hessians in a leaf. */
  readonly minChildWeight: number;
  /** Most bins a feature, missing values apart; at most 255. */
  readonly maxBins: number;
  readonly maxBinsOf: Readonly<Record<string, number>>;
  /** Share of the rows that each tree learns from, 0..1. */
  readonly rowShare: number;
  /** Share of features that each tree may use, 0..1. */
  readonly featureShare: number;
  /** Share of the training rows, the last ones, held out for early stopping, 0..1. */
  readonly earlyStoppingShare: number;
  readonly categories: readonly string[];
  readonly monotone: Readonly<Record<string, 'increasing' | 'decreasing'>>;
  readonly positiveWeight: number | 'balanced';
}

export function trainingParameters(choices: TrainerChoices): TrainingParameters {
  return {
    maxTrees: choices.trees,
    maxLeaves: choices.leaves,
    maxDepth: choices.depth,
    learningRate: choices.learningRate,
    l1: choices.l1 ?? 0,
    l2: choices.l2,
    minGain: choices.minimumGain ?? 0,
    minRowsPerLeaf: choices.minimumRowsPerLeaf,
    earlyStoppingRounds: choices.earlyStoppingRounds,
    minChildWeight: choices.minimumHessianPerLeaf ?? 1,
    maxBins: choices.bins ?? 255,
    maxBinsOf: choices.binsOf ?? {},
    rowShare: choices.rowShare ?? 1,
    featureShare: choices.featureShare ?? 0.6,
    earlyStoppingShare: 0.2,
    categories: choices.categories ?? [],
    monotone: choices.monotone ?? {},
    positiveWeight: choices.positiveWeight ?? 1,
  };
}

/** @throws DataError when a monotone feature is asked of an estimator that cannot keep to it */
export function estimatorParameters(estimator: Estimator, choices: TrainerChoices): EstimatorParameters {
  const trees = trainingParameters(choices);
  const { categories, positiveWeight, maxBins, maxBinsOf } = trees;
  if (estimator !== 'trees' && Object.keys(trees.monotone).length > 0) {
    throw new DataError(`the estimator ${estimator} cannot keep to trainer.monotone`, {
      remedy: 'take it out, or train the estimator trees',
    });
  }
  switch (estimator) {
    case 'trees':
      return { estimator, ...trees };
    case 'forest': {
      const { trees: count = 200, depth = 12, minRowsPerLeaf = 10 } = choices.forest ?? {};
      return {
        estimator,
        trees: count,
        depth,
        minRowsPerLeaf,
        maxBins,
        maxBinsOf,
        categories,
        positiveWeight,
      };
    }
    case 'logistic':
      return { estimator, l2: choices.logistic?.l2 ?? 1, categories, positiveWeight };
  }
}
