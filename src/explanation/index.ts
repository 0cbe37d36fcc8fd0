export { type AnswerToTell, explanationInWords, probabilityOf } from './in-words.ts';
export { linearShap } from './linear-shap.ts';
export { type SampledParts, sampledShapley } from './sampled-shapley.ts';
export type { Shapley } from './shapley.ts';
export { treeShap } from './tree-shap.ts';
