import { listNames } from '../../data/index.ts';
import type { DriftComparison, FeatureChange } from '../../data/results/drift-compare.ts';
import type { MonitorResult } from '../../data/results/monitor.ts';
import { featureChanges } from '../../drift/index.ts';
import { openForReading } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { readMonitoringRun, requireDrift } from './stored-drift.ts';

/**
 * What changed between two stored monitoring runs, feature by feature.
 * @throws NoInputError when one of them was never made; DataError when one compared nothing
 */
export function compareRuns(
  workspace: Workspace,
  [before, after]: readonly [number, number],
  now: number,
): DriftComparison {
  using store = openForReading(workspace.paths.store);
  const [first, second] = store.read(() => [
    readMonitoringRun(store, before, now),
    readMonitoringRun(store, after, now),
  ]);
  const features = featureChanges(requireDrift(first).features, requireDrift(second).features);
  return {
    before: summary(first),
    after: summary(second),
    sentence: sentence(features, first, second),
    features: [...features],
    notes:
      first.model_version === second.model_version
        ? []
        : [
            `the model changed too: ${version(first)} then, ${version(second)} now; each was compared with its own reference`,
          ],
  };
}

function summary(run: MonitorResult): DriftComparison['before'] {
  const { run_id, at, status, model_version, rows } = run;
  const { features_total, features_drifted, share_drifted } = requireDrift(run);
  return { run_id, at, status, model_version, rows, features_total, features_drifted, share_drifted };
}

function sentence(features: readonly FeatureChange[], before: MonitorResult, after: MonitorResult): string {
  const named = (change: FeatureChange['change']) =>
    features.filter((feature) => feature.change === change).map(({ name }) => name);
  const parts = [
    { words: 'newly drifted', names: named('newly_drifted') },
    { words: 'no longer drifted', names: named('no_longer_drifted') },
    { words: 'still drifted', names: named('still_drifted') },
  ].filter(({ names }) => names.length > 0);
  const between = `from run ${before.run_id} to run ${after.run_id}`;
  return parts.length === 0
    ? `${between} no feature drifted`
    : `${between} ${parts.map(({ words, names }) => `${words}: ${listNames(names)}`).join('; ')}`;
}

function version({ model_version }: MonitorResult): string {
  return model_version === null ? 'none' : `version ${model_version}`;
}
