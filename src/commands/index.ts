import { registerAlerts } from './alerts.ts';
import { registerBackup } from './backup.ts';
import { registerBundle } from './bundle.ts';
import { registerChecklist } from './checklist.ts';
import { registerClean } from './clean.ts';
import type { Register } from './command.ts';
import { registerComplete, registerCompletion } from './completion.ts';
import { registerContacts, registerEscalate } from './contacts.ts';
import { registerDemo } from './demo.ts';
import { registerDiagnose } from './diagnose.ts';
import { registerDisk } from './disk.ts';
import { registerDrift } from './drift/index.ts';
import { registerExplain } from './explain.ts';
import { registerExport } from './export.ts';
import { registerGate } from './gate.ts';
import { registerHeal } from './heal.ts';
import { registerHealth } from './health.ts';
import { registerHelp } from './help.ts';
import { registerIncidents } from './incidents.ts';
import { registerInit } from './init.ts';
import { registerLabels } from './labels.ts';
import { registerLogs } from './logs.ts';
import { registerMan } from './man.ts';
import { registerModelCommand } from './model.ts';
import { registerModels } from './models.ts';
import { registerMonitor } from './monitor.ts';
import { registerPredictions } from './predictions.ts';
import { registerPromote, registerRollback } from './promote.ts';
import { registerReports } from './reports.ts';
import { registerRestart } from './restart.ts';
import { registerRestore } from './restore.ts';
import { registerRetrain } from './retrain.ts';
import { registerRunbook } from './runbook.ts';
import { registerRuns } from './runs.ts';
import { registerSchedule } from './schedule.ts';
import { registerSchema } from './schema.ts';
import { registerScore } from './score.ts';
import { registerServe } from './serve.ts';
import { registerStats } from './stats.ts';
import { registerStore } from './store.ts';
import { registerTrain } from './train/index.ts';
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
  registerServe,
  registerPredictions,
  registerLabels,
  registerModelCommand,
  registerModels,
  registerPromote,
  registerRollback,
  registerHealth,
  registerChecklist,
  registerDiagnose,
  registerRestart,
  registerBundle,
  registerStats,
  registerLogs,
  registerAlerts,
  registerContacts,
  registerEscalate,
  registerExport,
  registerVerify,
  registerRetrain,
  registerSchedule,
  registerExplain,
  registerHelp,
  registerMan,
  registerCompletion,
  registerComplete,
  registerStore,
  registerBackup,
  registerRestore,
  registerRuns,
  registerReports,
  registerDisk,
  registerClean,
  registerRunbook,
  registerIncidents,
];
