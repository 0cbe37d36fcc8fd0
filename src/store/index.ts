export { type AuditEntry, auditProblems, recordEvent } from './audit.ts';
export { storeProblems } from './integrity.ts';
export { type Label, type LabelCoverage, labelCoverage, labelWriter } from './labels.ts';
export * from './model-versions.ts';
export {
  type Cell,
  ensureFeatureColumns,
  type FeatureColumn,
  type Prediction,
  predictionWriter,
} from './predictions.ts';
export { openStore, type Store } from './store.ts';
