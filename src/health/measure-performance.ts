import { type LabelledPerformance, labelledPerformance, type Store } from '../store/index.ts';
import { durationMs, type Workspace } from '../workspace/index.ts';

/** At most so many labels, the last recorded: bounded work on a store of any size. */
const mostLabels = 10_000;

/** Figures of a version by the labels that became known in `performance.lookback` before `now` (epoch milliseconds). */
export function measurePerformance(
  { config }: Workspace,
  store: Store,
  version: string,
  now: number,
): LabelledPerformance {
  const after = now - durationMs(config.performance.lookback);
  return labelledPerformance(store, { version, after, until: now, most: mostLabels });
}
