import type { z } from 'zod';
import { tableSchemaDefinition } from '../schema.ts';
import { bundleResultDefinition } from './bundle.ts';
import { checklistDefinition } from './checklist.ts';
import { demoResultDefinition } from './demo.ts';
import { diagnosisDefinition } from './diagnosis.ts';
import { driftResultDefinition } from './drift.ts';
import { exportManifestDefinition, exportResultDefinition, exportVerificationDefinition } from './export.ts';
import { failureDefinition } from './failure.ts';
import { gateResultDefinition } from './gate.ts';
import { healResultDefinition } from './heal.ts';
import { healthResultDefinition, healthSweepDefinition } from './health.ts';
import { labelCoverageDefinition } from './label-coverage.ts';
import { labelsAddDefinition } from './labels-add.ts';
import { logsResultDefinition } from './logs.ts';
import { modelRegisterDefinition } from './model-register.ts';
import { modelsDefinition, modelVersionDefinition, productionThenDefinition } from './models.ts';
import { monitorResultDefinition, monitorSweepDefinition } from './monitor.ts';
import { predictionsImportDefinition } from './predictions-import.ts';
import { productionChangeDefinition } from './production-change.ts';
import { restartResultDefinition } from './restart.ts';
import { scoreResultDefinition } from './score.ts';
import { statsResultDefinition } from './stats.ts';
import { trainResultDefinition } from './train.ts';
import { validateResultDefinition } from './validate.ts';
import { verificationDefinition } from './verify.ts';

/** Name of the published JSON Schema (schemas/NAME.schema.json) → the definition it is made from. */
export const publishedDefinitions: Readonly<Record<string, z.ZodType>> = {
  bundle: bundleResultDefinition,
  checklist: checklistDefinition,
  demo: demoResultDefinition,
  diagnose: diagnosisDefinition,
  drift: driftResultDefinition,
  failure: failureDefinition,
  export: exportResultDefinition,
  'export-manifest': exportManifestDefinition,
  'export-verify': exportVerificationDefinition,
  gate: gateResultDefinition,
  heal: healResultDefinition,
  monitor: monitorResultDefinition,
  'monitor-sweep': monitorSweepDefinition,
  restart: restartResultDefinition,
  score: scoreResultDefinition,
  health: healthResultDefinition,
  'health-sweep': healthSweepDefinition,
  'labels-add': labelsAddDefinition,
  'labels-coverage': labelCoverageDefinition,
  logs: logsResultDefinition,
  'model-register': modelRegisterDefinition,
  models: modelsDefinition,
  'models-at': productionThenDefinition,
  'models-show': modelVersionDefinition,
  'predictions-import': predictionsImportDefinition,
  'production-change': productionChangeDefinition,
  stats: statsResultDefinition,
  'table-schema': tableSchemaDefinition,
  train: trainResultDefinition,
  validate: validateResultDefinition,
  verify: verificationDefinition,
};
