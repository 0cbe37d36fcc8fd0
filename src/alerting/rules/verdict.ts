import type { VerdictObservation } from '../observations/observation.ts';
import type { Level } from './level.ts';
import type { VerdictRule } from './rule.ts';

/** UNKNOWN says nothing: it neither opens an alert nor closes one. */
export function levelOfVerdict(rule: VerdictRule, { status }: VerdictObservation): Level {
  if (status === 'UNKNOWN') return { kind: 'unmeasured' };
  if (status === 'OK') return { kind: 'well' };
  const severity = rule.severity === 'WARNING' ? 'WARNING' : status;
  return { kind: 'breach', severity, observed: null, threshold: null };
}
