export { type AlertRow, closeAlert, openAlerts, type RaisedAlert, raiseAlert } from './alerts.ts';
export { type AuditEntry, auditHead, auditProblems, recordEvent } from './audit.ts';
export { type ExportTable, type ExportWindow, exportTables } from './export-rows.ts';
export { type GateDecisionRow, gateDecisionsOf, insertGateDecision } from './gate-decisions.ts';
export {
  finishHealStep,
  type HealRunRow,
  type HealStepRow,
  healRunAtWork,
  healRunRow,
  healSteps,
  insertHealRun,
} from './heal-runs.ts';
export { type Moment, momentsBetween } from './incident-timeline.ts';
export { closeIncident, type IncidentRow, incidentRow, incidentRows, openIncident } from './incidents.ts';
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
export { openForReading } from './open-for-reading.ts';
export { firstPredictionAt, hourlyVolume, lastPredictionAt } from './prediction-volume.ts';
export { type PredictionWindow, readWindow, type WindowQuestion } from './prediction-window.ts';
export {
  type Cell,
  type FeatureColumn,
  featureColumns,
  type Prediction,
  type PredictionSpool,
  predictionSpool,
  type RecordedPredictions,
} from './predictions.ts';
export * from './runbook-runs.ts';
export { isTrusted, trustPage } from './runbook-trust.ts';
export { openStore, type Store } from './store.ts';
export { insertTrainingRun, type TrainingRunRow, trainingRunRow } from './training-runs.ts';
