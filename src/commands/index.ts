import type { Register } from './command.ts';
import { registerDemo } from './demo.ts';
import { registerDrift } from './drift.ts';
import { registerExport } from './export.ts';
import { registerInit } from './init.ts';
import { registerLabels } from './labels.ts';
import { registerModelCommand } from './model.ts';
import { registerModels } from './models.ts';
import { registerPredictions } from './predictions.ts';
import { registerPromote, registerRollback } from './promote.ts';
import { registerScore } from './score.ts';
import { registerTrain } from './train.ts';
import { registerVerify } from './verify.ts';

/** Every subcommand, in the order of the help: a new command is one file and one line here. */
export const commands: readonly Register[] = [
  registerDemo,
  registerInit,
  registerDrift,
  registerTrain,
  registerScore,
  registerPredictions,
  registerLabels,
  registerModelCommand,
  registerModels,
  registerPromote,
  registerRollback,
  registerExport,
  registerVerify,
];
