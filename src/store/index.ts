export { type AlertRow, closeAlert, openAlerts, type RaisedAlert, raiseAlert } from './alerts.ts';
export { type AuditEntry, auditHead, auditProblems, lastEventAt, recordEvent } from './audit.ts';
export {
  type ExportFilter,
  type ExportTable,
  type ExportWindow,
  exportTables,
  hasPredictionsOf,
  noFilter,
} from './export-rows.ts';
export {
  type GateDecisionRow,
  gateDecisionRow,
  gateDecisionsOf,
  insertGateDecision,
  newestGateDecisions,
} from './gate-decisions.ts';
export {
  finishHealStep,
  type HealRunRow,
  type HealStepRow,
  healRunAtWork,
  healRunRow,
  healSteps,
  insertHealRun,
} from './heal-runs.ts';
export { type IncidentRow, openIncident } from './incidents.ts';
export { outlineProblems, stageProblems, storeProblems } from './integrity.ts';
export {
  type LabelledPerformance,
  labelledPerformance,
  type PerformanceQuestion,
} from './labelled-performance.ts';
export {
  type Label,
  type LabelCoverage,
  labelCoverage,
  labelCoverageBetween,
  labelCoverageByWeek,
  labelCoverageOfNewest,
  labelsBetween,
  labelWriter,
  type WeeklyCoverage,
} from './labels.ts';
export * from './model-versions.ts';
export {
  insertMonitoringRun,
  lastMonitoringRun,
  type MonitoringRunRow,
  monitoringRunRow,
} from './monitoring-runs.ts';
export { openOrMakeStore } from './new-store.ts';
export { openForReading } from './open-for-reading.ts';
export { type PendingPrediction, pendingBetween, pendingPredictions } from './pending-labels.ts';
export { firstPredictionAt, hourlyVolume, lastPredictionAt } from './prediction-volume.ts';
export { type PredictionWindow, readWindow, type WindowQuestion } from './prediction-window.ts';
export {
  type Cell,
  type ConflictingRow,
  type FeatureColumn,
  featureColumns,
  type Prediction,
  type PredictionSpool,
  predictionSpool,
  type RecordedPredictions,
} from './predictions.ts';
export { openStore, type Store } from './store.ts';
export { insertTrainingRun, type TrainingRunRow, trainingRunRow } from './training-runs.ts';
