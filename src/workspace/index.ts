export {
  type Configuration,
  type Contacts,
  configurationDefinition,
  durationMs,
} from './configuration.ts';
export { configurationWithoutSecrets } from './configuration-without-secrets.ts';
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
export { commandLogPath } from './find-root.ts';
export { type InitOutcome, initOutcomeDefinition } from './init-outcome.ts';
export { existingWorkspace, initWorkspace, type NewWorkspace } from './init-workspace.ts';
export { acquireLease, type Lease } from './lease.ts';
export { matchWorkspaces } from './match-workspaces.ts';
export { readConfiguration } from './read-configuration.ts';
export {
  bodyPattern,
  type CommandService,
  type ContainerService,
  type LogSource,
  logSource,
  type ProcessService,
  type ServiceConfiguration,
  type TcpService,
  type UrlService,
} from './services.ts';
export {
  findWorkspace,
  openWorkspace,
  openWorkspaceAt,
  type Workspace,
  type WorkspacePaths,
} from './workspace.ts';
