import type { LogisticRegression } from './logistic-regression.ts';
import type { BoostedTrees, RandomForest } from './tree.ts';

export type Model = BoostedTrees | RandomForest | LogisticRegression;
