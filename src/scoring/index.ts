export { type ModelMetadata, modelMetadata } from './model-metadata.ts';
export { scoreTable } from './score-table.ts';
export { openScorer, type Scorer } from './scorer.ts';
export { readTreeEnsemble, type TreeEnsemble } from './tree-ensemble.ts';
