import type { Observation } from '../../src/alerting/observations/observation.ts';
import type { ThresholdRule, VerdictRule } from '../../src/alerting/rules/rule.ts';
import { ruleDefaults } from '../../src/workspace/index.ts';

export const hour = 3_600_000;
export const start = Date.parse('2026-09-28T00:00:00Z');

const common = {
  contact: 'high_drift',
  for: 1,
  windowMs: 48 * hour,
  repeatMs: 4 * hour,
  channels: null,
} as const;

export const driftRule: ThresholdRule = {
  ...common,
  kind: 'threshold',
  name: 'drift',
  text: ruleDefaults.drift,
  warning: 0.3,
  critical: 0.5,
  hysteresis: 0.05,
  minimumSample: 200,
};

export const storeRule: VerdictRule = {
  ...common,
  kind: 'verdict',
  name: 'store',
  text: ruleDefaults.store,
  severity: 'CRITICAL',
};

export function driftOf(value: number | null, at = start, sample = 1000): Observation {
  return { kind: 'value', rule: 'drift', at, value, sample, summary: '' };
}
