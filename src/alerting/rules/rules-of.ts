import { hourMs } from '../../platform/durations.ts';
import {
  type Configuration,
  durationMs,
  keepingAgeHours,
  type RuleName,
  ruleDefaults,
  type ThresholdRuleConfiguration,
  type VerdictRuleConfiguration,
} from '../../workspace/index.ts';
import type { AlertRule, Limits } from './rule.ts';

const names = Object.keys(ruleDefaults).filter((name): name is RuleName => name in ruleDefaults);

/** The rules that are switched on, in the order of their page; limits from `alerts.rules`, else from where they stand in mlops.yaml. */
export function rulesOf(config: Configuration): ReadonlyMap<RuleName, AlertRule> {
  const rules = names.filter((name) => config.alerts.rules[name].enabled);
  return new Map(rules.map((name) => [name, ruleOf(config, name)]));
}

function ruleOf(config: Configuration, name: RuleName): AlertRule {
  const text = ruleDefaults[name];
  const wanted = config.alerts.rules[name];
  const common = {
    name,
    text,
    contact: wanted.contact ?? text.contact,
    for: wanted.for ?? text.for,
    windowMs: durationMs(wanted.window ?? text.window),
    repeatMs: durationMs(wanted.repeat ?? config.alerts.repeat),
    channels: wanted.channels ?? null,
  };
  if (text.kind === 'verdict') {
    const { severity }: Partial<VerdictRuleConfiguration> = wanted;
    return { ...common, kind: 'verdict', severity: severity ?? text.severity };
  }
  const own: Partial<ThresholdRuleConfiguration> = wanted;
  const limits = limitsOf(config, name);
  return {
    ...common,
    kind: 'threshold',
    warning: own.warning === undefined ? limits?.warning : own.warning,
    critical: own.critical === undefined ? limits?.critical : own.critical,
    hysteresis: own.hysteresis ?? text.hysteresis,
    minimumSample: own.minimum_sample ?? sampleOf(config, name),
  };
}

/** Undefined where each observation brings its own. */
function limitsOf(config: Configuration, name: RuleName): Limits | undefined {
  const { monitoring, performance, disk } = config;
  switch (name) {
    case 'drift':
      return { warning: monitoring.drift.warning_share, critical: monitoring.drift.critical_share };
    case 'volume_high':
      return { warning: monitoring.volume.unusual_per_hour, critical: null };
    case 'f1':
      return { warning: performance.f1_warning_drop, critical: performance.f1_critical_drop };
    case 'brier':
      return { warning: performance.brier_maximum, critical: null };
    case 'disk':
      return { warning: disk.warning, critical: disk.critical };
    case 'monitoring_age':
      return { warning: (2 * durationMs(monitoring.lookback)) / hourMs, critical: null };
    case 'export_age':
    case 'backup_age':
      return { warning: keepingAgeHours, critical: null };
    default:
      return undefined;
  }
}

function sampleOf({ monitoring }: Configuration, name: RuleName): number {
  return name === 'drift' || name === 'f1' || name === 'brier' ? monitoring.minimum_sample : 0;
}
