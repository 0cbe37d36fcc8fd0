import { serviceDefaults } from './defaults.ts';

export type ContactKey = 'api_down' | 'high_drift' | 'model_performance' | 'infrastructure';
export type Severity = 'WARNING' | 'CRITICAL';

interface RuleText {
  /** What is watched, a line for the page and the help. */
  readonly watches: string;
  /** What to do when it fires. */
  readonly advice: string;
  /** Page of the runbook, as `mlops runbook show` names it. */
  readonly page: string;
  readonly contact: ContactKey;
  /** So many breaches one after the other before it fires, */
  readonly for: number;
  /** with no longer than this between two of them. */
  readonly window: string;
}

export interface ThresholdRuleDefault extends RuleText {
  readonly kind: 'threshold';
  readonly unit: 'share' | 'score' | 'ms' | 'hours' | 'per_hour';
  /** Where the limits come from when `alerts.rules` does not give them. */
  readonly limits: string;
  /** How far back within the limit, in the unit, the value must come before the alert closes. */
  readonly hysteresis: number;
}

/** Takes over the verdict of a check that is more than one number against one limit. */
export interface VerdictRuleDefault extends RuleText {
  readonly kind: 'verdict';
  /** The worst it becomes, whatever the check says. */
  readonly severity: Severity;
}

export type RuleDefault = ThresholdRuleDefault | VerdictRuleDefault;

const once = { for: 1, window: '48h' } as const;

/** Every alert rule. Limits that the rest of mlops.yaml sets (drift, volume, performance, disk, services) are taken from there. */
export const ruleDefaults = {
  api_latency: {
    kind: 'threshold',
    watches: 'time a service takes to answer, each service of its own',
    unit: 'ms',
    limits: `warning_ms and critical_ms of the service (${serviceDefaults.warningMs}, ${serviceDefaults.criticalMs})`,
    hysteresis: 50,
    for: 2,
    window: '1h',
    contact: 'api_down',
    page: 'api-down',
    advice: 'read the service’s log; restart it when it stays slow',
  },
  service: {
    kind: 'verdict',
    watches: 'a service of mlops.yaml does not answer, or answers with an error',
    severity: 'CRITICAL',
    ...once,
    contact: 'api_down',
    page: 'api-down',
    advice: 'see which of the causes it is: mlops diagnose SERVICE; then mlops restart SERVICE',
  },
  serving: {
    kind: 'verdict',
    watches: 'the version in Production cannot be loaded by mlops serve; the one before it answers',
    severity: 'CRITICAL',
    ...once,
    contact: 'api_down',
    page: 'rollback',
    advice: 'go back to the version that answers: mlops rollback; or restore the artifact from a backup',
  },
  volume: {
    kind: 'verdict',
    watches: 'too few predictions: monitoring.volume.warning_per_hour (50) and critical_per_hour (10)',
    severity: 'CRITICAL',
    ...once,
    contact: 'api_down',
    page: 'api-down',
    advice: 'see whether the API answers and its callers reach it, and that predictions are recorded here',
  },
  volume_high: {
    kind: 'threshold',
    watches: 'predictions in the busiest hour of the last 24',
    unit: 'per_hour',
    limits: 'monitoring.volume.unusual_per_hour (10,000), WARNING only',
    hysteresis: 500,
    ...once,
    contact: 'api_down',
    page: 'thresholds',
    advice: 'see who sends them: unusual traffic may be a loop or an attack',
  },
  drift: {
    kind: 'threshold',
    watches: 'share of the features that drifted in the last monitoring window',
    unit: 'share',
    limits: 'monitoring.drift.warning_share (0.3) and critical_share (0.5)',
    hysteresis: 0.05,
    ...once,
    contact: 'high_drift',
    page: 'high-drift',
    advice: 'read the report; a data issue: mend the pipeline; genuine drift: mlops heal; unsure: escalate',
  },
  data_issues: {
    kind: 'verdict',
    watches: 'faults of the data: a changed unit, a sentinel value, a column gone missing, …',
    severity: 'CRITICAL',
    ...once,
    contact: 'high_drift',
    page: 'high-drift',
    advice: 'mend the pipeline that brings these features; do not retrain',
  },
  missing_values: {
    kind: 'verdict',
    watches: 'share of missing values that jumped against the reference',
    severity: 'WARNING',
    ...once,
    contact: 'high_drift',
    page: 'high-drift',
    advice: 'ask the source of the feature what changed',
  },
  outliers: {
    kind: 'verdict',
    watches: 'share of outliers that jumped against the reference',
    severity: 'WARNING',
    ...once,
    contact: 'high_drift',
    page: 'high-drift',
    advice: 'look at the feature in the report; a unit or a default value may have changed',
  },
  f1: {
    kind: 'threshold',
    watches: 'F1 lost against the Production version’s baseline, as a share of it',
    unit: 'share',
    limits: 'performance.f1_warning_drop (0.05) and f1_critical_drop (0.1)',
    hysteresis: 0.01,
    ...once,
    contact: 'model_performance',
    page: 'rollback',
    advice: 'a fresh version may be the cause: mlops rollback; else retrain: mlops heal',
  },
  brier: {
    kind: 'threshold',
    watches: 'Brier score of the Production version on labelled predictions',
    unit: 'score',
    limits: 'performance.brier_maximum (0.2), WARNING only',
    hysteresis: 0.01,
    ...once,
    contact: 'model_performance',
    page: 'retrain',
    advice: 'look at mlops monitor for what changed; then retrain: mlops heal',
  },
  disk: {
    kind: 'threshold',
    watches: 'share of the disk in use',
    unit: 'share',
    limits: 'disk.warning (0.8) and disk.critical (0.95)',
    hysteresis: 0.02,
    ...once,
    contact: 'infrastructure',
    page: 'weekly-friday',
    advice: 'see what is large and what may go: mlops disk, mlops clean',
  },
  artifact: {
    kind: 'verdict',
    watches: 'the Production artifact is missing, damaged, or answers its golden rows otherwise',
    severity: 'CRITICAL',
    ...once,
    contact: 'api_down',
    page: 'api-down',
    advice: 'restore the file from a backup, or return to the version before: mlops rollback',
  },
  store: {
    kind: 'verdict',
    watches: 'the store does not open, or a table of it is missing or damaged',
    severity: 'CRITICAL',
    ...once,
    contact: 'infrastructure',
    page: 'store-damaged',
    advice: 'mlops verify names the damage; mlops store recover saves what can be read',
  },
  audit: {
    kind: 'verdict',
    watches: 'the audit chain does not hold',
    severity: 'CRITICAL',
    ...once,
    contact: 'infrastructure',
    page: 'store-damaged',
    advice: 'keep a copy of the store as it is, see all of it with mlops verify, ask who had access',
  },
  predictions: {
    kind: 'verdict',
    watches: 'no prediction within the monitoring window',
    severity: 'WARNING',
    ...once,
    contact: 'api_down',
    page: 'api-down',
    advice: 'see whether the API answers and reaches this store',
  },
  label_coverage: {
    kind: 'verdict',
    watches: 'too few predictions have their label by the time labels are due',
    severity: 'WARNING',
    ...once,
    contact: 'model_performance',
    page: 'add-labels',
    advice: 'ask where the labels are, then: mlops labels add FILE',
  },
  artifacts_size: {
    kind: 'verdict',
    watches: 'artifacts together are larger than retention.artifacts_gigabytes (10)',
    severity: 'WARNING',
    ...once,
    contact: 'infrastructure',
    page: 'weekly-friday',
    advice: 'review what may go: mlops clean shows it first',
  },
  monitoring_age: {
    kind: 'threshold',
    watches: 'hours since the last monitoring run, or since the first prediction where there was none',
    unit: 'hours',
    limits: 'twice monitoring.lookback (48), WARNING only',
    hysteresis: 0,
    ...once,
    contact: 'infrastructure',
    page: 'troubleshooting',
    advice: 'run it: mlops monitor; then see why cron did not',
  },
  export_age: {
    kind: 'threshold',
    watches: 'hours since the last export, or since the first thing recorded where there was none',
    unit: 'hours',
    limits: '192 (a week and a day), WARNING only',
    hysteresis: 0,
    ...once,
    contact: 'infrastructure',
    page: 'weekly-friday',
    advice:
      'write one: mlops export all; or, where nobody wants exports: alerts.rules.export_age.enabled: false',
  },
  backup_age: {
    kind: 'threshold',
    watches: 'hours since the last backup, or since the first thing recorded where there was none',
    unit: 'hours',
    limits: '192 (a week and a day), WARNING only',
    hysteresis: 0,
    ...once,
    contact: 'infrastructure',
    page: 'weekly-friday',
    advice: 'write one: mlops backup; then let cron do it every Friday',
  },
} as const satisfies Readonly<Record<string, RuleDefault>>;

export type RuleName = keyof typeof ruleDefaults;

/** Hours after which an export or a backup is missed: the runbook's Friday, and a day. */
export const keepingAgeHours = 8 * 24;
