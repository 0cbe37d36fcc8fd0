import type { z } from 'zod';
import { tableSchemaDefinition } from '../schema.ts';
import {
  backupListDefinition,
  backupManifestDefinition,
  backupResultDefinition,
  backupVerificationDefinition,
  restoreResultDefinition,
} from './backup.ts';
import { cleanResultDefinition, diskResultDefinition } from './disk.ts';
import { driftResultDefinition } from './drift.ts';
import { driftHistoryDefinition, reportsDefinition } from './drift-history.ts';
import { exportManifestDefinition, exportResultDefinition, exportVerificationDefinition } from './export.ts';
import { gateResultDefinition } from './gate.ts';
import { healResultDefinition } from './heal.ts';
import { healthResultDefinition } from './health.ts';
import { labelCoverageDefinition } from './label-coverage.ts';
import { modelsDefinition, modelVersionDefinition, productionThenDefinition } from './models.ts';
import { modelsReviewDefinition } from './models-review.ts';
import { monitorResultDefinition } from './monitor.ts';
import { recoverResultDefinition } from './recover.ts';
import { runDefinition, runsDefinition } from './runs.ts';
import { scoreResultDefinition } from './score.ts';
import { trainResultDefinition } from './train.ts';
import { validateResultDefinition } from './validate.ts';

/** Name of the published JSON Schema (schemas/NAME.schema.json) → the definition it is made from. */
export const publishedDefinitions: Readonly<Record<string, z.ZodType>> = {
  'models-review': modelsReviewDefinition,
  'drift-history': driftHistoryDefinition,
  reports: reportsDefinition,
  clean: cleanResultDefinition,
  disk: diskResultDefinition,
  backup: backupResultDefinition,
  'backup-list': backupListDefinition,
  'backup-manifest': backupManifestDefinition,
  'backup-verify': backupVerificationDefinition,
  restore: restoreResultDefinition,
  drift: driftResultDefinition,
  export: exportResultDefinition,
  'export-manifest': exportManifestDefinition,
  'export-verify': exportVerificationDefinition,
  gate: gateResultDefinition,
  heal: healResultDefinition,
  monitor: monitorResultDefinition,
  runs: runsDefinition,
  'runs-show': runDefinition,
  score: scoreResultDefinition,
  'store-recover': recoverResultDefinition,
  health: healthResultDefinition,
  'labels-coverage': labelCoverageDefinition,
  models: modelsDefinition,
  'models-at': productionThenDefinition,
  'models-show': modelVersionDefinition,
  'table-schema': tableSchemaDefinition,
  train: trainResultDefinition,
  validate: validateResultDefinition,
};
