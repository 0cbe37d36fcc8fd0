import type { LabelCoverageResult } from '../../data/results/label-coverage.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import { labelCoverageBetween, labelCoverageByWeek, openForReading } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';

/** Coverage a week and version, of the predictions and by the labels known at the clock's time. */
export function readLabelCoverage(workspace: Workspace, clock: Clock): LabelCoverageResult {
  const now = clock.now();
  using store = openForReading(workspace.paths.store);
  return {
    as_of: toIso(now),
    total: labelCoverageBetween(store, 0, now),
    weeks: labelCoverageByWeek(store, now).map((each) => ({ ...each, week: toIso(each.week) })),
  };
}
