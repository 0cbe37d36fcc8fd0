import type { Register } from './command.ts';
import { registerDemo } from './demo.ts';
import { registerDrift } from './drift.ts';
import { registerExport } from './export.ts';
import { registerGate } from './gate.ts';
import { registerHeal } from './heal.ts';
import { registerHealth } from './health.ts';
import { registerIncidents } from './incidents.ts';
import { registerInit } from './init.ts';
import { registerLabels } from './labels.ts';
import { registerModelCommand } from './model.ts';
import { registerModels } from './models.ts';
import { registerMonitor } from './monitor.ts';
import { registerPredictions } from './predictions.ts';
import { registerPromote, registerRollback } from './promote.ts';
import { registerRunbook } from './runbook.ts';
import { registerSchema } from './schema.ts';
import { registerScore } from './score.ts';
import { registerTrain } from './train.ts';
import { registerValidate } from './validate.ts';
import { registerVerify } from './verify.ts';

/** Every subcommand, in the order of the help: a new command is one file and one line here. */
export const commands: readonly Register[] = [
  registerDemo,
  registerInit,
  registerMonitor,
  registerHeal,
  registerSchema,
  registerValidate,
  registerDrift,
  registerTrain,
  registerGate,
  registerScore,
  registerPredictions,
  registerLabels,
  registerModelCommand,
  registerModels,
  registerPromote,
  registerRollback,
  registerHealth,
  registerExport,
  registerVerify,
  registerRunbook,
  registerIncidents,
];
