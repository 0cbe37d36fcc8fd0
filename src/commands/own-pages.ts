import addLabels from '../../runbook/add-labels.md';
import alerts from '../../runbook/alerts.md';
import api from '../../runbook/api.md';
import apiDown from '../../runbook/api-down.md';
import architecture from '../../runbook/architecture.md';
import contacts from '../../runbook/contacts.md';
import daily from '../../runbook/daily.md';
import dataQuality from '../../runbook/data-quality.md';
import evaluationGates from '../../runbook/evaluation_gates.md';
import exportData from '../../runbook/export.md';
import gateCriteria from '../../runbook/gate-criteria.md';
import highDrift from '../../runbook/high-drift.md';
import mlflowDown from '../../runbook/mlflow-down.md';
import readme from '../../runbook/README.md';
import retrain from '../../runbook/retrain.md';
import retrainingFailure from '../../runbook/retraining-failure.md';
import rollback from '../../runbook/rollback.md';
import storeDamaged from '../../runbook/store-damaged.md';
import thresholds from '../../runbook/thresholds.md';
import trainers from '../../runbook/trainers/README.md';
import troubleshooting from '../../runbook/troubleshooting.md';
import weeklyFriday from '../../runbook/weekly-friday.md';
import weeklyMonday from '../../runbook/weekly-monday.md';
import weeklyWednesday from '../../runbook/weekly-wednesday.md';

/** The pages of runbook/, which the bundler puts into the executable: name → text. */
export const ownPages = {
  daily,
  'weekly-monday': weeklyMonday,
  'weekly-wednesday': weeklyWednesday,
  'weekly-friday': weeklyFriday,
  'api-down': apiDown,
  'mlflow-down': mlflowDown,
  'high-drift': highDrift,
  'retraining-failure': retrainingFailure,
  'store-damaged': storeDamaged,
  'add-labels': addLabels,
  retrain,
  rollback,
  'gate-criteria': gateCriteria,
  export: exportData,
  thresholds,
  trainers,
  'data-quality': dataQuality,
  contacts,
  alerts,
  troubleshooting,
  architecture,
  api,
  evaluation_gates: evaluationGates,
  README: readme,
} as const;
