import type { ContactKey, RuleDefault, RuleName, Severity } from '../../workspace/index.ts';

interface CommonRule {
  readonly name: RuleName;
  readonly text: RuleDefault;
  readonly contact: ContactKey;
  /** So many breaches one after the other before it fires, */
  readonly for: number;
  /** milliseconds between two of them at most. */
  readonly windowMs: number;
  /** An alert that stays open is told again after this. */
  readonly repeatMs: number;
  /** Names of the channels it goes to; null: every one. */
  readonly channels: readonly string[] | null;
}

export interface Limits {
  readonly warning: number | null;
  readonly critical: number | null;
}

/** A number above its limit is a breach. */
export interface ThresholdRule extends CommonRule {
  readonly kind: 'threshold';
  /** Undefined: the observation brings it, as each service has its own. */
  readonly warning: number | null | undefined;
  readonly critical: number | null | undefined;
  /** An open alert closes when the value is back at the limit less this. */
  readonly hysteresis: number;
  /** An observation of fewer rows says nothing. */
  readonly minimumSample: number;
}

/** The verdict of a check is taken over. */
export interface VerdictRule extends CommonRule {
  readonly kind: 'verdict';
  /** The worst it becomes. */
  readonly severity: Severity;
}

export type AlertRule = ThresholdRule | VerdictRule;
