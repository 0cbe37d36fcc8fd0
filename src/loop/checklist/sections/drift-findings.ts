import { median } from 'simple-statistics';
import { lengthInWords } from '../../../health/in-words.ts';
import { dayMs } from '../../../platform/durations.ts';
import { percent } from '../../../report/figures.ts';
import {
  driftScores,
  type MonitoringRunSummary,
  newestMonitoringRuns,
  type Store,
} from '../../../store/index.ts';
import { nothingHere, type Section } from '../section.ts';

const weeks = 4;
/** Runs in a row in which a feature must have drifted to be called consistent. */
const consistentRuns = 3;
/** Share of the features that the newest run has drifted more than the median of those before: a spike. */
const spike = 0.3;

/** What the runbook looks for on Monday: the same features again and again, a sudden spike, nothing at all for weeks. */
export const driftFindingsSection: Section = {
  name: 'drift_findings',
  title: 'What to look for in them',
  lists: ['monday'],
  needs: 'store',
  examine: ({ now }, store) => {
    const runs = newestMonitoringRuns(store, { from: now - weeks * 7 * dayMs, until: now, most: 1000 });
    const [newest, ...earlier] = runs;
    if (newest === undefined) {
      return {
        status: 'WARNING',
        lines: [`no run in the last ${weeks} weeks: is monitoring running?`],
        remedy: 'mlops monitor; then let cron run it every day',
      };
    }
    const findings = [
      ...silence(now - newest.at),
      ...consistentDrift(store, runs.slice(0, consistentRuns)),
      ...suddenSpike(newest, earlier),
      ...noDrift(runs),
    ];
    if (findings.length === 0)
      return nothingHere(`nothing in ${runs.length} runs of the last ${weeks} weeks`);
    return { status: 'WARNING', lines: findings, remedy: `read ${newest.report ?? 'the newest report'}` };
  },
};

function silence(age: number): readonly string[] {
  return age > 7 * dayMs ? [`the last run was ${lengthInWords(age)} ago: is monitoring running?`] : [];
}

function consistentDrift(store: Store, runs: readonly MonitoringRunSummary[]): readonly string[] {
  if (runs.length < consistentRuns) return [];
  const [first = [], ...others] = runs.map((run) =>
    driftScores(store, run.run_id)
      .filter((each) => each.drifted === 1)
      .map((each) => each.feature),
  );
  const always = first.filter((feature) => others.every((each) => each.includes(feature)));
  return always.length === 0
    ? []
    : [`${always.join(', ')} drifted in each of the last ${runs.length} runs: investigate the cause`];
}

function suddenSpike(
  newest: MonitoringRunSummary,
  earlier: readonly MonitoringRunSummary[],
): readonly string[] {
  if (earlier.length === 0) return [];
  const before = median(earlier.map((each) => each.share_drifted));
  return newest.share_drifted - before > spike
    ? [
        `${percent(newest.share_drifted)} of the features drifted in the last run, ${percent(before)} normally: check the data pipeline`,
      ]
    : [];
}

/** Only where the runs go back for weeks. */
function noDrift(runs: readonly MonitoringRunSummary[]): readonly string[] {
  const span = (runs[0]?.at ?? 0) - (runs.at(-1)?.at ?? 0);
  return span > 2 * 7 * dayMs && runs.every((each) => each.features_drifted === 0)
    ? [
        `no drift in ${runs.length} runs over ${lengthInWords(span)}: verify that monitoring sees fresh predictions`,
      ]
    : [];
}
