import type { z } from 'zod';
import { tableSchemaDefinition } from '../schema.ts';
import { demoResultDefinition } from './demo.ts';
import { driftResultDefinition } from './drift.ts';
import { explainResultDefinition } from './explain.ts';
import { exportManifestDefinition, exportResultDefinition, exportVerificationDefinition } from './export.ts';
import { failureDefinition } from './failure.ts';
import { gateDecisionDefinition, gateResultDefinition, gateSetDefinition } from './gate.ts';
import { healResultDefinition } from './heal.ts';
import { healthResultDefinition } from './health.ts';
import { labelCoverageDefinition } from './label-coverage.ts';
import { labelsAddDefinition } from './labels-add.ts';
import { labelsPendingDefinition } from './labels-pending.ts';
import { modelRegisterDefinition } from './model-register.ts';
import { modelsDefinition, modelVersionDefinition, productionThenDefinition } from './models.ts';
import { monitorResultDefinition } from './monitor.ts';
import { predictionsImportDefinition } from './predictions-import.ts';
import { productionChangeDefinition } from './production-change.ts';
import { retrainResultDefinition } from './retrain.ts';
import { scheduleInstallDefinition, schedulePrintDefinition } from './schedule.ts';
import { scoreResultDefinition } from './score.ts';
import { trainResultDefinition } from './train.ts';
import { validateResultDefinition } from './validate.ts';
import { verificationDefinition } from './verify.ts';

/** Name of the published JSON Schema (schemas/NAME.schema.json) → the definition it is made from. */
export const publishedDefinitions: Readonly<Record<string, z.ZodType>> = {
  demo: demoResultDefinition,
  drift: driftResultDefinition,
  explain: explainResultDefinition,
  failure: failureDefinition,
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
  'labels-pending': labelsPendingDefinition,
  'model-register': modelRegisterDefinition,
  models: modelsDefinition,
  'models-at': productionThenDefinition,
  'models-show': modelVersionDefinition,
  'predictions-import': predictionsImportDefinition,
  'production-change': productionChangeDefinition,
  'table-schema': tableSchemaDefinition,
  train: trainResultDefinition,
  validate: validateResultDefinition,
  verify: verificationDefinition,
};
