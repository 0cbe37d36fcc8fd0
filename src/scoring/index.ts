export { type Calibration, calibrated } from './calibration.ts';
export { type LinearModel, readLinearModel } from './linear-model.ts';
export { type ModelMetadata, modelMetadata } from './model-metadata.ts';
export { scoreTable } from './score-table.ts';
export { openScorer, type Scorer } from './scorer.ts';
export type { SplitNode, SplitRule, SplitTree } from './split-trees.ts';
export { readTreeEnsemble, type TreeEnsemble } from './tree-ensemble.ts';
