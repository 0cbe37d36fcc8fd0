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
  alertDefaults,
  type ChannelConfiguration,
  type ChannelOf,
  contactKeys,
  type EscalationConfiguration,
  escalationDefaults,
  type RotaPerson,
  type ThresholdRuleConfiguration,
  type VerdictRuleConfiguration,
  weekdays,
} from './alerts.ts';
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
export { acquireLease, isProcessGone, type Lease, processMark } from './lease.ts';
export { readConfiguration } from './read-configuration.ts';
export { immediateMs, parseResponse, type ResponseTime, responseForms } from './response-time.ts';
export { findWorkspace, openWorkspace, type Workspace, type WorkspacePaths } from './workspace.ts';
