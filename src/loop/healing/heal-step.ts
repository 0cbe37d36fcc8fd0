import type { HealMode, HealOutcome, HealState } from '../../data/results/heal.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Store } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';

export interface HealContext {
  readonly workspace: Workspace;
  readonly store: Store;
  readonly runId: number;
  readonly mode: HealMode;
  readonly who: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** What an earlier step of this run left, as it was stored. @throws InternalError when that step is not done */
  earlier(state: HealState): unknown;
}

/** What a step leaves: a sentence, what later steps need of it, and which one comes next or how the run ends. */
export interface FinishedStep {
  readonly summary: string;
  readonly result: object;
  readonly next: Exclude<HealState, 'done'> | { readonly outcome: HealOutcome };
}

/**
 * Does a step's work without changing the store, then gives what is left to do: called inside the transaction in which the
 * step is marked as done, so that a run killed anywhere does no step twice.
 */
export type HealStep = (context: HealContext) => Promise<() => FinishedStep>;
