import type { z } from 'zod';
import { tableSchemaDefinition } from '../schema.ts';
import { bundleResultDefinition } from './bundle.ts';
import { checklistDefinition } from './checklist.ts';
import { demoResultDefinition } from './demo.ts';
import { diagnosisDefinition } from './diagnosis.ts';
import { driftResultDefinition } from './drift.ts';
import { explainResultDefinition } from './explain.ts';
import { exportManifestDefinition, exportResultDefinition, exportVerificationDefinition } from './export.ts';
import { failureDefinition } from './failure.ts';
import { gateDecisionDefinition, gateResultDefinition, gateSetDefinition } from './gate.ts';
import { healResultDefinition } from './heal.ts';
import { healthResultDefinition, healthSweepDefinition } from './health.ts';
import { labelCoverageDefinition } from './label-coverage.ts';
import { labelsAddDefinition } from './labels-add.ts';
import { labelsPendingDefinition } from './labels-pending.ts';
import { logsResultDefinition } from './logs.ts';
import { modelRegisterDefinition } from './model-register.ts';
import { modelsDefinition, modelVersionDefinition, productionThenDefinition } from './models.ts';
import { monitorResultDefinition, monitorSweepDefinition } from './monitor.ts';
import { predictionsImportDefinition } from './predictions-import.ts';
import { productionChangeDefinition } from './production-change.ts';
import { restartResultDefinition } from './restart.ts';
import { retrainResultDefinition } from './retrain.ts';
import { scheduleInstallDefinition, schedulePrintDefinition } from './schedule.ts';
import { scoreResultDefinition } from './score.ts';
import { statsResultDefinition } from './stats.ts';
import { trainResultDefinition } from './train.ts';
import { validateResultDefinition } from './validate.ts';
import { verificationDefinition } from './verify.ts';

/** Name of the published JSON Schema (schemas/NAME.schema.json) → the definition it is made from. */
export const publishedDefinitions: Readonly<Record<string, z.ZodType>> = {
  demo: demoResultDefinition,
  bundle: bundleResultDefinition,
  checklist: checklistDefinition,
  diagnose: diagnosisDefinition,
  drift: driftResultDefinition,
  failure: failureDefinition,
  explain: explainResultDefinition,
  export: exportResultDefinition,
  'export-manifest': exportManifestDefinition,
  'export-verify': exportVerificationDefinition,
  gate: gateResultDefinition,
  'gate-set': gateSetDefinition,
  'gate-show': gateDecisionDefinition,
  heal: healResultDefinition,
  monitor: monitorResultDefinition,
  retrain: retrainResultDefinition,
  'schedule-install': scheduleInstallDefinition,
  'schedule-print': schedulePrintDefinition,
  score: scoreResultDefinition,
  health: healthResultDefinition,
  'labels-add': labelsAddDefinition,
  'labels-coverage': labelCoverageDefinition,
  'model-register': modelRegisterDefinition,
  'labels-pending': labelsPendingDefinition,
  models: modelsDefinition,
  'models-at': productionThenDefinition,
  'models-show': modelVersionDefinition,
  'predictions-import': predictionsImportDefinition,
  'production-change': productionChangeDefinition,
  'monitor-sweep': monitorSweepDefinition,
  restart: restartResultDefinition,
  'health-sweep': healthSweepDefinition,
  logs: logsResultDefinition,
  stats: statsResultDefinition,
  'table-schema': tableSchemaDefinition,
  train: trainResultDefinition,
  validate: validateResultDefinition,
  verify: verificationDefinition,
};
