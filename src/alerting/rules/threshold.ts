import type { Severity } from '../../workspace/index.ts';
import type { ValueObservation } from '../observations/observation.ts';
import type { Level } from './level.ts';
import type { ThresholdRule } from './rule.ts';

/** @param held severity of the open alert; for it the limits lie lower by the hysteresis */
export function levelOfValue(
  rule: ThresholdRule,
  { value, sample, limits }: ValueObservation,
  held: Severity | null,
): Level {
  if (value === null || (sample !== null && sample < rule.minimumSample)) return { kind: 'unmeasured' };
  const critical = rule.critical === undefined ? (limits?.critical ?? null) : rule.critical;
  const warning = rule.warning === undefined ? (limits?.warning ?? null) : rule.warning;
  const above = (limit: number | null, isHeld: boolean) =>
    limit !== null && value > (isHeld ? limit - rule.hysteresis : limit);
  if (above(critical, held === 'CRITICAL'))
    return { kind: 'breach', severity: 'CRITICAL', observed: value, threshold: critical };
  if (above(warning, held !== null))
    return { kind: 'breach', severity: 'WARNING', observed: value, threshold: warning };
  return { kind: 'well' };
}
