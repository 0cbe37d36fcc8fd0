export * from './alerts.ts';
export {
  type AuditEntry,
  auditHead,
  auditProblems,
  firstEventAt,
  lastEventAt,
  lastEventOf,
  recordEvent,
  storeIdentity,
} from './audit.ts';
export * from './escalations.ts';
export {
  type ExportFilter,
  type ExportTable,
  type ExportWindow,
  exportTables,
  hasPredictionsOf,
  noFilter,
} from './export-rows.ts';
export { type FeatureHistory, readFeatureHistory } from './feature-history.ts';
export {
  countedChallengers,
  type GateDecisionRow,
  gateBasesInAudit,
  gateDecisionRow,
  gateDecisionsAgainst,
  gateDecisionsOf,
  gateDecisionsSince,
  gateRowsKept,
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
export { type Moment, momentsBetween } from './incident-timeline.ts';
export {
  closeIncident,
  type IncidentRow,
  incidentRow,
  incidentRows,
  noteIncident,
  openIncident,
} from './incidents.ts';
export { outlineProblems, stageProblems, storeProblems } from './integrity.ts';
export {
  type LabelledOutcome,
  type LabelledPerformance,
  labelledOutcomes,
  labelledPerformance,
  labelledPerformanceByWeek,
  type PerformanceQuestion,
  type WeeklyPerformance,
} from './labelled-performance.ts';
export {
  type Label,
  type LabelCoverage,
  labelCoverage,
  labelCoverageBetween,
  labelCoverageByWeek,
  labelCoverageOfNewest,
  labelsBetween,
  labelsByDelay,
  labelWriter,
  type WeeklyCoverage,
} from './labels.ts';
export * from './model-versions.ts';
export {
  type DriftResultRow,
  type DriftScore,
  driftResultsBetween,
  driftScores,
  insertMonitoringRun,
  lastMonitoringRun,
  type MonitoringRunRow,
  type MonitoringRunSummary,
  monitoringRunRow,
  monitoringRunsBetween,
  newestMonitoringRuns,
} from './monitoring-runs.ts';
export { openOrMakeStore } from './new-store.ts';
export { findPrediction, type StoredPrediction } from './one-prediction.ts';
export { openForReading } from './open-for-reading.ts';
export * from './outbox.ts';
export { type PendingPrediction, pendingBetween, pendingPredictions } from './pending-labels.ts';
export {
  type KnownRow,
  type LoggedFeatures,
  outcomeOf,
  type PredictionLog,
  predictionAnswer,
  predictionLog,
  type ScoredRows,
  type StoredAnswer,
} from './prediction-log.ts';
export { type PredictionSums, predictionSums, predictionSumsByVersion } from './prediction-stats.ts';
export {
  countPredictions,
  firstPredictionAt,
  hourlyVolume,
  lastPredictionAt,
  predictionShareSince,
} from './prediction-volume.ts';
export {
  type PredictionWindow,
  readWindow,
  readWindowFeatures,
  type WindowQuestion,
} from './prediction-window.ts';
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
export { examineStore, peekAuditHead } from './recovery/examine-store.ts';
export type { Leftover } from './recovery/orphans.ts';
export { openPageFile } from './recovery/page-file.ts';
export { type Rebuilt, rebuildStore } from './recovery/rebuild-store.ts';
export * from './runbook-runs.ts';
export { isTrusted, trustPage } from './runbook-trust.ts';
export {
  type AttemptFailure,
  attemptOfHeal,
  attemptRow,
  beginAttempt,
  type FailureCause,
  failAttempt,
  finishAttempt,
  type RunRow,
  runRow,
  runRows,
  type TrainingAttemptRow,
  versionOfTraining,
} from './runs.ts';
export { changesByOthers, copyStore, openStore, type Store, storeVersion } from './store.ts';
export { switchStore } from './switch-store.ts';
export { insertTrainingRun, type TrainingRunRow, trainingRunRow } from './training-runs.ts';
export { insertTuningTrial, tuningTrials } from './tuning-trials.ts';
