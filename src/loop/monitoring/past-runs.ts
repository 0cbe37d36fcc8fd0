import type { DriftFeature, DriftResult } from '../../data/results/drift.ts';
import type { FeatureRun, PastRuns } from '../../data/results/drift-history.ts';
import { driftLevel } from '../../drift/history.ts';
import { toIso } from '../../platform/clock.ts';
import { driftResultsBetween, newestMonitoringRuns, type Store } from '../../store/index.ts';

/** A strip of so many runs still shows each of them. */
const most = 30;

/** What each feature was in the last thirty monitoring runs up to `until` (epoch milliseconds). */
export function pastRuns(store: Store, until: number): PastRuns {
  const runs = newestMonitoringRuns(store, { from: Number.MIN_SAFE_INTEGER, until, most });
  const timeOf = new Map(runs.map(({ run_id, at }) => [run_id, at]));
  const results = driftResultsBetween(store, runs.at(-1)?.at ?? until, until).flatMap((row) => {
    const at = timeOf.get(row.run_id);
    return at === undefined ? [] : [{ ...row, at }];
  });
  return new Map(
    [...Map.groupBy(results, (row) => row.feature)].map(([feature, rows]) => [
      feature,
      rows
        .toSorted((a, b) => a.at - b.at || a.run_id - b.run_id)
        .map((row) => featureRun({ ...row, drifted: row.drifted === 1 }, row.run_id.toString(), row.at)),
    ]),
  );
}

/** The past with a result that is not stored yet, of the time `at`, as its last run. */
export function pastUpTo(past: PastRuns, { features }: DriftResult, at: number): PastRuns {
  return new Map(
    features.map((each) => [each.name, [...(past.get(each.name) ?? []), featureRun(each, null, at)]]),
  );
}

function featureRun(
  {
    test,
    score,
    threshold,
    drifted,
  }: Pick<DriftFeature, 'score' | 'threshold' | 'drifted'> & {
    readonly test: string;
  },
  run_id: string | null,
  at: number,
): FeatureRun {
  const level = driftLevel(test, score, threshold);
  return { run_id, at: toIso(at), score, threshold, level, drifted };
}
