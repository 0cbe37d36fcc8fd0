import type { Severity } from '../workspace/index.ts';
import type { Observation } from './observations/observation.ts';
import type { Level } from './rules/level.ts';
import type { AlertRule } from './rules/rule.ts';
import { levelOfValue } from './rules/threshold.ts';
import { levelOfVerdict } from './rules/verdict.ts';

/** Where one alert stands; times in epoch milliseconds. */
export type AlertState =
  | { readonly phase: 'ok' }
  | {
      readonly phase: 'pending';
      readonly breaches: number;
      readonly since: number;
      readonly lastAt: number;
    }
  | { readonly phase: 'firing'; readonly severity: Severity };

export interface Judgement {
  readonly state: AlertState;
  /** What became of the alert by this observation; `resolved` and `fired` open and close it. */
  readonly change: 'none' | 'fired' | 'raised' | 'lowered' | 'resolved';
  readonly level: Level;
}

/**
 * The next state of an alert, by one observation more: ok → pending → firing → ok again.
 *
 * It fires at the rule's `for`-th breach in a row, none longer than `window` after the one before. Once it fires, it closes only
 * when the value is back at the limit less the hysteresis; so does CRITICAL become WARNING. What was not measured, or on too
 * small a sample, changes nothing. Observations count in the order in which they come, so that a clock that was set back stops
 * no alert.
 */
export function judgeAlert(rule: AlertRule, state: AlertState, observation: Observation): Judgement {
  const held = state.phase === 'firing' ? state.severity : null;
  const level = levelOf(rule, observation, held);
  if (level.kind === 'unmeasured') return { state, change: 'none', level };
  if (level.kind === 'well')
    return { state: { phase: 'ok' }, change: state.phase === 'firing' ? 'resolved' : 'none', level };
  const firing = { phase: 'firing', severity: level.severity } as const;
  if (state.phase === 'firing')
    return { state: firing, change: changed(state.severity, level.severity), level };
  const { at } = observation;
  const inTime = state.phase === 'pending' && Math.abs(at - state.lastAt) <= rule.windowMs;
  const breaches = inTime ? state.breaches + 1 : 1;
  if (breaches >= rule.for) return { state: firing, change: 'fired', level };
  const since = inTime ? state.since : at;
  return { state: { phase: 'pending', breaches, since, lastAt: at }, change: 'none', level };
}

function levelOf(rule: AlertRule, observation: Observation, held: Severity | null): Level {
  if (rule.kind === 'threshold')
    return observation.kind === 'value' ? levelOfValue(rule, observation, held) : { kind: 'unmeasured' };
  return observation.kind === 'verdict' ? levelOfVerdict(rule, observation) : { kind: 'unmeasured' };
}

function changed(before: Severity, after: Severity): Judgement['change'] {
  if (before === after) return 'none';
  return after === 'CRITICAL' ? 'raised' : 'lowered';
}
