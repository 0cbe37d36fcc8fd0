import type { Verdict } from '../../platform/exit-codes.ts';
import type { RuleName } from '../../workspace/index.ts';
import type { Limits } from '../rules/rule.ts';

interface Observed {
  readonly rule: RuleName;
  /** Which of several things the rule watches, such as a service's name. */
  readonly subject?: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly summary: string;
}

export interface ValueObservation extends Observed {
  readonly kind: 'value';
  /** In the unit of the rule; null where nothing could be measured. */
  readonly value: number | null;
  /** Rows it stands on; null where it stands on none. */
  readonly sample: number | null;
  /** Where the thing watched has limits of its own. */
  readonly limits?: Limits;
}

export interface VerdictObservation extends Observed {
  readonly kind: 'verdict';
  readonly status: Verdict;
}

export type Observation = ValueObservation | VerdictObservation;

/** Name of the alert that an observation speaks of. */
export function alertName({ rule, subject }: Observed): string {
  return subject === undefined ? rule : `${rule}:${subject}`;
}
