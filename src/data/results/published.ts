import type { z } from 'zod';
import { tableSchemaDefinition } from '../schema.ts';
import { driftResultDefinition } from './drift.ts';
import { exportManifestDefinition, exportResultDefinition, exportVerificationDefinition } from './export.ts';
import { gateResultDefinition } from './gate.ts';
import { healResultDefinition } from './heal.ts';
import { healthResultDefinition } from './health.ts';
import { incidentDefinition, incidentReportDefinition, incidentsDefinition } from './incidents.ts';
import { labelCoverageDefinition } from './label-coverage.ts';
import { modelsDefinition, modelVersionDefinition, productionThenDefinition } from './models.ts';
import { monitorResultDefinition } from './monitor.ts';
import {
  pageDefinition,
  runbookListDefinition,
  runbookPlanDefinition,
  runbookRunDefinition,
  runbookTrustDefinition,
} from './runbook.ts';
import { scoreResultDefinition } from './score.ts';
import { trainResultDefinition } from './train.ts';
import { validateResultDefinition } from './validate.ts';

/** Name of the published JSON Schema (schemas/NAME.schema.json) → the definition it is made from. */
export const publishedDefinitions: Readonly<Record<string, z.ZodType>> = {
  drift: driftResultDefinition,
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
  incidents: incidentsDefinition,
  'incidents-show': incidentReportDefinition,
  'incidents-close': incidentDefinition,
  'runbook-list': runbookListDefinition,
  'runbook-show': pageDefinition,
  'runbook-run': runbookRunDefinition,
  'runbook-run-dry': runbookPlanDefinition,
  'runbook-trust': runbookTrustDefinition,
};
