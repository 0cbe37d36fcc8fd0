export { type AnswerToTell, explanationInWords } from './in-words.ts';
export { linearShap } from './linear-shap.ts';
export { type DependencePoint, dependencePoints, partialDependence } from './partial-dependence.ts';
export { type FeatureImportance, permutationImportance, type ScoreRows } from './permutation-importance.ts';
export { type SampledParts, sampledShapley } from './sampled-shapley.ts';
export type { Shapley } from './shapley.ts';
export { treeShap } from './tree-shap.ts';
