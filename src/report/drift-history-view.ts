import { listNames } from '../data/list-names.ts';
import type { DriftHistory, ReportsResult } from '../data/results/drift-history.ts';
import { percent } from './figures.ts';
import { plainTable } from './plain-table.ts';
import { sparkline } from './sparkline.ts';
import { visibleText } from './visible-text.ts';

/** Twice the threshold and more fills the line. */
const full = 2;
const widest = 120;

export function driftHistoryView({ status, runs, features, findings, from, until }: DriftHistory): string {
  const head = `${status} - ${runs.length} run${runs.length === 1 ? '' : 's'} from ${from.slice(0, 10)} to ${until.slice(0, 10)}`;
  const advice = findings.flatMap(({ summary, advice }) => [`finding: ${summary}`, `  ${advice}`]);
  if (runs.length === 0) return [head, ...advice].join('\n');
  const share = `share  ${sparkline(
    runs.map((run) => run.share_drifted),
    widest,
    1,
  )}  last ${percent(runs.at(-1)?.share_drifted ?? 0)}`;
  const table = plainTable(
    [{ head: 'feature' }, { head: 'drifted', align: 'right' }, { head: 'towards its threshold' }],
    features.map(({ name, runs: measured, drifted_runs, levels }) => [
      visibleText(name),
      `${drifted_runs} of ${measured}`,
      sparkline(levels, widest, full),
    ]),
  );
  return [head, share, table, ...advice].join('\n');
}

export function reportsView({ reports }: ReportsResult): string {
  if (reports.length === 0) return 'no report yet; make one: mlops monitor';
  return plainTable(
    [
      { head: 'run', align: 'right' },
      { head: 'made' },
      { head: 'verdict' },
      { head: 'drifted', align: 'right' },
      { head: 'report' },
      { head: 'features' },
    ],
    reports.map(({ run_id, at, status, share_drifted, path, present, drifted }) => [
      run_id,
      at,
      status,
      percent(share_drifted),
      present ? path : `${path} (gone)`,
      listNames(drifted),
    ]),
  );
}
