import type { z } from 'zod';
import { tableSchemaDefinition } from '../schema.ts';
import {
  alertDefinition,
  alertDetailDefinition,
  alertRulesDefinition,
  alertsEvaluationDefinition,
  alertsResultDefinition,
  channelTestDefinition,
  deliveryReportDefinition,
  silenceResultDefinition,
} from './alerts.ts';
import {
  backupListDefinition,
  backupManifestDefinition,
  backupResultDefinition,
  backupVerificationDefinition,
  restoreResultDefinition,
} from './backup.ts';
import { bundleResultDefinition } from './bundle.ts';
import { checklistDefinition } from './checklist.ts';
import { contactsResultDefinition, escalationResultDefinition } from './contacts.ts';
import { demoResultDefinition } from './demo.ts';
import { diagnosisDefinition } from './diagnosis.ts';
import { cleanResultDefinition, diskResultDefinition } from './disk.ts';
import { driftResultDefinition } from './drift.ts';
import { driftCalibrateDefinition, driftCalibrationDefinition } from './drift-calibration.ts';
import { driftCompareDefinition } from './drift-compare.ts';
import { driftExplainDefinition } from './drift-explain.ts';
import { driftHistoryDefinition, reportsDefinition } from './drift-history.ts';
import { driftWindowsDefinition } from './drift-windows.ts';
import { explainResultDefinition } from './explain.ts';
import { exportManifestDefinition, exportResultDefinition, exportVerificationDefinition } from './export.ts';
import { failureDefinition } from './failure.ts';
import {
  gateDecisionDefinition,
  gateLookDefinition,
  gateReplayDefinition,
  gateResultDefinition,
  gateSetDefinition,
  gateSimulationDefinition,
  gateWhatIfDefinition,
} from './gate.ts';
import { healResultDefinition } from './heal.ts';
import { healthResultDefinition, healthSweepDefinition } from './health.ts';
import { incidentDefinition, incidentReportDefinition, incidentsDefinition } from './incidents.ts';
import { labelCoverageDefinition } from './label-coverage.ts';
import { labelsAddDefinition } from './labels-add.ts';
import { labelsPendingDefinition } from './labels-pending.ts';
import { logsResultDefinition } from './logs.ts';
import { modelCardDefinition } from './model-card.ts';
import { modelRegisterDefinition } from './model-register.ts';
import { modelsDefinition, modelVersionDefinition, productionThenDefinition } from './models.ts';
import { modelsReviewDefinition } from './models-review.ts';
import { monitorResultDefinition, monitorSweepDefinition } from './monitor.ts';
import { predictionExplanationDefinition } from './prediction-explanation.ts';
import { predictionsImportDefinition } from './predictions-import.ts';
import { productionChangeDefinition } from './production-change.ts';
import { recoverResultDefinition } from './recover.ts';
import { restartResultDefinition } from './restart.ts';
import { retrainResultDefinition } from './retrain.ts';
import {
  pageDefinition,
  runbookListDefinition,
  runbookPlanDefinition,
  runbookRunDefinition,
  runbookTrustDefinition,
} from './runbook.ts';
import { runDefinition, runsDefinition } from './runs.ts';
import { scheduleInstallDefinition, schedulePrintDefinition } from './schedule.ts';
import { scoreResultDefinition } from './score.ts';
import { serveKeyDefinition, serveStartedDefinition } from './serve.ts';
import {
  problemDefinition,
  servedHealthDefinition,
  servedModelDefinition,
  servedPredictionDefinition,
  servedPredictionsDefinition,
  takenLabelsDefinition,
} from './serving.ts';
import { statsResultDefinition } from './stats.ts';
import { trainResultDefinition } from './train.ts';
import { trainerJobDefinition, trainerMetricsDefinition } from './trainer-contract.ts';
import { validateResultDefinition } from './validate.ts';
import { verificationDefinition } from './verify.ts';

/** Name of the published JSON Schema (schemas/NAME.schema.json) → the definition it is made from. */
export const publishedDefinitions: Readonly<Record<string, z.ZodType>> = {
  alerts: alertsResultDefinition,
  'alerts-ack': alertDefinition,
  'alerts-deliver': deliveryReportDefinition,
  'alerts-evaluate': alertsEvaluationDefinition,
  'alerts-rules': alertRulesDefinition,
  'alerts-show': alertDetailDefinition,
  'alerts-silence': silenceResultDefinition,
  'alerts-test': channelTestDefinition,
  backup: backupResultDefinition,
  'backup-list': backupListDefinition,
  'backup-manifest': backupManifestDefinition,
  'backup-verify': backupVerificationDefinition,
  bundle: bundleResultDefinition,
  checklist: checklistDefinition,
  clean: cleanResultDefinition,
  contacts: contactsResultDefinition,
  demo: demoResultDefinition,
  diagnose: diagnosisDefinition,
  disk: diskResultDefinition,
  drift: driftResultDefinition,
  'drift-calibrate': driftCalibrateDefinition,
  'drift-calibration': driftCalibrationDefinition,
  'drift-compare': driftCompareDefinition,
  'drift-explain': driftExplainDefinition,
  'drift-history': driftHistoryDefinition,
  'drift-windows': driftWindowsDefinition,
  escalate: escalationResultDefinition,
  explain: explainResultDefinition,
  export: exportResultDefinition,
  'export-manifest': exportManifestDefinition,
  'export-verify': exportVerificationDefinition,
  failure: failureDefinition,
  gate: gateResultDefinition,
  'gate-look': gateLookDefinition,
  'gate-replay': gateReplayDefinition,
  'gate-set': gateSetDefinition,
  'gate-show': gateDecisionDefinition,
  'gate-simulate': gateSimulationDefinition,
  'gate-what-if': gateWhatIfDefinition,
  heal: healResultDefinition,
  health: healthResultDefinition,
  'health-sweep': healthSweepDefinition,
  incidents: incidentsDefinition,
  'incidents-close': incidentDefinition,
  'incidents-show': incidentReportDefinition,
  'labels-add': labelsAddDefinition,
  'labels-coverage': labelCoverageDefinition,
  'labels-pending': labelsPendingDefinition,
  logs: logsResultDefinition,
  'model-register': modelRegisterDefinition,
  models: modelsDefinition,
  'models-at': productionThenDefinition,
  'models-card': modelCardDefinition,
  'models-review': modelsReviewDefinition,
  'models-show': modelVersionDefinition,
  monitor: monitorResultDefinition,
  'monitor-sweep': monitorSweepDefinition,
  'predictions-explain': predictionExplanationDefinition,
  'predictions-import': predictionsImportDefinition,
  'production-change': productionChangeDefinition,
  reports: reportsDefinition,
  restart: restartResultDefinition,
  restore: restoreResultDefinition,
  retrain: retrainResultDefinition,
  'runbook-list': runbookListDefinition,
  'runbook-run': runbookRunDefinition,
  'runbook-run-dry': runbookPlanDefinition,
  'runbook-show': pageDefinition,
  'runbook-trust': runbookTrustDefinition,
  runs: runsDefinition,
  'runs-show': runDefinition,
  'schedule-install': scheduleInstallDefinition,
  'schedule-print': schedulePrintDefinition,
  score: scoreResultDefinition,
  serve: serveStartedDefinition,
  'serve-health': servedHealthDefinition,
  'serve-key': serveKeyDefinition,
  'serve-labels': takenLabelsDefinition,
  'serve-model': servedModelDefinition,
  'serve-prediction': servedPredictionDefinition,
  'serve-predictions': servedPredictionsDefinition,
  'serve-problem': problemDefinition,
  stats: statsResultDefinition,
  'store-recover': recoverResultDefinition,
  'table-schema': tableSchemaDefinition,
  train: trainResultDefinition,
  'trainer-job': trainerJobDefinition,
  'trainer-metrics': trainerMetricsDefinition,
  validate: validateResultDefinition,
  verify: verificationDefinition,
};
