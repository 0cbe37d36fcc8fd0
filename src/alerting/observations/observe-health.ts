import { z } from 'zod';
import type { HealthCheck, HealthResult } from '../../data/results/health.ts';
import type { Configuration, RuleName } from '../../workspace/index.ts';
import type { Limits } from '../rules/rule.ts';
import type { Observation } from './observation.ts';

const takenOver: Readonly<Record<string, RuleName>> = {
  store: 'store',
  audit: 'audit',
  model: 'artifact',
  predictions: 'predictions',
  label_coverage: 'label_coverage',
  artifacts: 'artifacts_size',
};

const servicePrefix = 'service:';

/** What the checks of health say to the rules; volume, performance and ages are observed from the store itself. */
export function observeHealth(
  { checks }: HealthResult,
  services: Configuration['services'],
  at: number,
): readonly Observation[] {
  return checks.flatMap((check) => observeCheck(check, services, at));
}

function observeCheck(
  check: HealthCheck,
  services: Configuration['services'],
  at: number,
): readonly Observation[] {
  const { name, status, summary, observed, unit } = check;
  if (name.startsWith(servicePrefix)) return observeService(check, services, at);
  if (name === 'disk' && unit === 'share')
    return [{ kind: 'value', rule: 'disk', at, value: observed, sample: null, summary }];
  const rule = takenOver[name];
  return rule === undefined ? [] : [{ kind: 'verdict', rule, at, status, summary }];
}

/** Slow and out of order are two alerts; one that only is slow is not out of order. */
function observeService(
  { name, status, summary, observed, threshold, unit }: HealthCheck,
  services: Configuration['services'],
  at: number,
): readonly Observation[] {
  const subject = name.slice(servicePrefix.length);
  const ms = unit === 'ms' ? observed : null;
  const onlySlow = ms !== null && threshold !== null && ms > threshold;
  const limits = limitsOf(services.find((each) => each.name === subject));
  return [
    { kind: 'verdict', rule: 'service', subject, at, status: onlySlow ? 'OK' : status, summary },
    { kind: 'value', rule: 'api_latency', subject, at, value: ms, sample: null, summary, limits },
  ];
}

const timed = z.object({ warning_ms: z.number(), critical_ms: z.number() });

/** Not every kind of service is timed. */
function limitsOf(service: unknown): Limits {
  const read = timed.safeParse(service);
  return read.success
    ? { warning: read.data.warning_ms, critical: read.data.critical_ms }
    : { warning: null, critical: null };
}
