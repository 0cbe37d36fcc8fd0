export {
  type Configuration,
  type Contacts,
  configurationDefinition,
  durationMs,
  type ServiceConfiguration,
} from './configuration.ts';
export {
  contactDefaults,
  diskDefaults,
  driftDefaults,
  minimumSample,
  performanceDefaults,
  serviceDefaults,
  trainerDefaults,
  volumeDefaults,
} from './defaults.ts';
export { type InitOutcome, initOutcomeDefinition } from './init-outcome.ts';
export { existingWorkspace, initWorkspace, type NewWorkspace } from './init-workspace.ts';
export { acquireLease, type Lease } from './lease.ts';
export { readConfiguration } from './read-configuration.ts';
export { findWorkspace, openWorkspace, type Workspace, type WorkspacePaths } from './workspace.ts';
