export {
  type Configuration,
  type Contacts,
  configurationDefinition,
  durationMs,
  gateKeys,
  type ServiceConfiguration,
} from './configuration.ts';
export { configurationText } from './configuration-text.ts';
export {
  contactDefaults,
  diskDefaults,
  driftDefaults,
  minimumSample,
  performanceDefaults,
  scheduleDefaults,
  serviceDefaults,
  trainerDefaults,
  volumeDefaults,
} from './defaults.ts';
export { type ConfigurationEdit, editConfiguration } from './edit-configuration.ts';
export { type InitOutcome, initOutcomeDefinition } from './init-outcome.ts';
export { existingWorkspace, initWorkspace, type NewWorkspace } from './init-workspace.ts';
export { acquireLease, type Lease } from './lease.ts';
export { parseConfiguration, readConfiguration, readConfigurationText } from './read-configuration.ts';
export { parseScheduledTime, periodMs, type ScheduledTime, weekdays } from './scheduled-time.ts';
export { waitForLease } from './wait-for-lease.ts';
export {
  existingRoot,
  findWorkspace,
  openWorkspace,
  type Workspace,
  type WorkspacePaths,
} from './workspace.ts';
