import type { z } from 'zod';
import { tableSchemaDefinition } from '../schema.ts';
import {
  alertDetailDefinition,
  alertRulesDefinition,
  alertsEvaluationDefinition,
  alertsResultDefinition,
  deliveryReportDefinition,
} from './alerts.ts';
import { contactsResultDefinition, escalationResultDefinition } from './contacts.ts';
import { driftResultDefinition } from './drift.ts';
import { exportManifestDefinition, exportResultDefinition, exportVerificationDefinition } from './export.ts';
import { gateResultDefinition } from './gate.ts';
import { healResultDefinition } from './heal.ts';
import { healthResultDefinition } from './health.ts';
import { labelCoverageDefinition } from './label-coverage.ts';
import { modelsDefinition, modelVersionDefinition, productionThenDefinition } from './models.ts';
import { monitorResultDefinition } from './monitor.ts';
import { scoreResultDefinition } from './score.ts';
import { trainResultDefinition } from './train.ts';
import { validateResultDefinition } from './validate.ts';

/** Name of the published JSON Schema (schemas/NAME.schema.json) → the definition it is made from. */
export const publishedDefinitions: Readonly<Record<string, z.ZodType>> = {
  alerts: alertsResultDefinition,
  'alerts-deliver': deliveryReportDefinition,
  'alerts-evaluate': alertsEvaluationDefinition,
  'alerts-rules': alertRulesDefinition,
  'alerts-show': alertDetailDefinition,
  contacts: contactsResultDefinition,
  drift: driftResultDefinition,
  escalate: escalationResultDefinition,
  export: exportResultDefinition,
  'export-manifest': exportManifestDefinition,
  'export-verify': exportVerificationDefinition,
  gate: gateResultDefinition,
  heal: healResultDefinition,
  monitor: monitorResultDefinition,
  score: scoreResultDefinition,
  health: healthResultDefinition,
  'labels-coverage': labelCoverageDefinition,
  models: modelsDefinition,
  'models-at': productionThenDefinition,
  'models-show': modelVersionDefinition,
  'table-schema': tableSchemaDefinition,
  train: trainResultDefinition,
  validate: validateResultDefinition,
};
