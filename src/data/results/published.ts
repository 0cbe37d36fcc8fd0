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
import { contactsResultDefinition, escalationResultDefinition } from './contacts.ts';
import { demoResultDefinition } from './demo.ts';
import { driftResultDefinition } from './drift.ts';
import { exportManifestDefinition, exportResultDefinition, exportVerificationDefinition } from './export.ts';
import { failureDefinition } from './failure.ts';
import { gateResultDefinition } from './gate.ts';
import { healResultDefinition } from './heal.ts';
import { healthResultDefinition } from './health.ts';
import { labelCoverageDefinition } from './label-coverage.ts';
import { labelsAddDefinition } from './labels-add.ts';
import { modelRegisterDefinition } from './model-register.ts';
import { modelsDefinition, modelVersionDefinition, productionThenDefinition } from './models.ts';
import { monitorResultDefinition } from './monitor.ts';
import { predictionsImportDefinition } from './predictions-import.ts';
import { productionChangeDefinition } from './production-change.ts';
import { scoreResultDefinition } from './score.ts';
import { trainResultDefinition } from './train.ts';
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
  contacts: contactsResultDefinition,
  demo: demoResultDefinition,
  drift: driftResultDefinition,
  escalate: escalationResultDefinition,
  failure: failureDefinition,
  export: exportResultDefinition,
  'export-manifest': exportManifestDefinition,
  'export-verify': exportVerificationDefinition,
  gate: gateResultDefinition,
  heal: healResultDefinition,
  monitor: monitorResultDefinition,
  score: scoreResultDefinition,
  health: healthResultDefinition,
  'labels-add': labelsAddDefinition,
  'labels-coverage': labelCoverageDefinition,
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
