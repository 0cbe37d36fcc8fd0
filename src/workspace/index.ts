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
export {
  type EscalationConfiguration,
  escalationDefaults,
  type RotaPerson,
  weekdays,
} from './escalation.ts';
export { type InitOutcome, initOutcomeDefinition } from './init-outcome.ts';
export { existingWorkspace, initWorkspace, type NewWorkspace } from './init-workspace.ts';
export { acquireLease, isProcessGone, type Lease, processMark } from './lease.ts';
export { readConfiguration } from './read-configuration.ts';
export { immediateMs, parseResponse, type ResponseTime, responseForms } from './response-time.ts';
export { findWorkspace, openWorkspace, type Workspace, type WorkspacePaths } from './workspace.ts';
