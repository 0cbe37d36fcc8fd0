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
export { existingWorkspace, type InitOutcome, initWorkspace, type NewWorkspace } from './init-workspace.ts';
export { acquireLease, isAlive, type Lease, type ProcessMark, thisProcess } from './lease.ts';
export { readConfiguration } from './read-configuration.ts';
export { findWorkspace, openWorkspace, type Workspace, type WorkspacePaths } from './workspace.ts';
