export type { ChannelConfiguration, ChannelOf } from './alert-channels.ts';
export {
  type ContactKey,
  keepingAgeHours,
  type RuleDefault,
  type RuleName,
  ruleDefaults,
  type Severity,
} from './alert-rules.ts';
export {
  type AlertsConfiguration,
  contactKeys,
  type ThresholdRuleConfiguration,
  type VerdictRuleConfiguration,
} from './alerts.ts';
export {
  type Configuration,
  type Contacts,
  configurationDefinition,
  durationMs,
  type GateConfiguration,
  gateKeys,
} from './configuration.ts';
export { configurationText } from './configuration-text.ts';
export { configurationWithoutSecrets } from './configuration-without-secrets.ts';
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
export {
  type EscalationConfiguration,
  escalationDefaults,
  type RotaPerson,
} from './escalation.ts';
export { commandLogPath, findRoot } from './find-root.ts';
export { type InitOutcome, initOutcomeDefinition } from './init-outcome.ts';
export { existingWorkspace, initWorkspace, type NewWorkspace } from './init-workspace.ts';
export {
  acquireLease,
  isAlive,
  isProcessGone,
  type Lease,
  type ProcessMark,
  processMark,
  thisProcess,
} from './lease.ts';
export { matchWorkspaces } from './match-workspaces.ts';
export {
  parseConfiguration,
  readConfiguration,
  readConfigurationText,
  readGateCriteria,
} from './read-configuration.ts';
export { immediateMs, parseResponse, type ResponseTime, responseForms } from './response-time.ts';
export { parseScheduledTime, periodMs, type ScheduledTime, weekdays } from './scheduled-time.ts';
export {
  type ApiKey,
  type ServeConfiguration,
  type ServeScope,
  serveDefaults,
  serveScopes,
} from './serve.ts';
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
export { waitForLease } from './wait-for-lease.ts';
export {
  findWorkspace,
  openWorkspace,
  openWorkspaceAt,
  type Workspace,
  type WorkspacePaths,
} from './workspace.ts';
