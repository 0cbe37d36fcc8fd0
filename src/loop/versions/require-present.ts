import { type Clock, toIso } from '../../platform/clock.ts';
import { UsageError } from '../../platform/errors.ts';
import { lastStageChangeAt, type Store } from '../../store/index.ts';

/**
 * Refuses a change of stages that a replay (`--as-of`) would slip in before changes that were already made: what was in
 * Production when is history, which nobody rewrites.
 * @throws UsageError when the replayed time lies before the last change of a stage
 */
export function requirePresent(store: Store, clock: Clock): void {
  const last = lastStageChangeAt(store);
  if (!clock.replayed || last === undefined || clock.now() >= last) return;
  throw new UsageError(`at ${toIso(clock.now())} stages were as they were then`, {
    why: `the last change of a stage was made at ${toIso(last)}, and --as-of lies before it`,
    remedy: 'leave out --as-of to change something now',
  });
}
