import type { DriftHistory, ReportsResult } from '../data/results/drift-history.ts';
import { percent } from './figures.ts';
import { plainTable } from './plain-table.ts';

const bars = '▁▂▃▄▅▆▇█';
/** Twice the threshold and more fills the line. */
const full = 2;

export function driftHistoryView({ status, runs, features, findings, from, until }: DriftHistory): string {
  const head = `${status} - ${runs.length} run${runs.length === 1 ? '' : 's'} from ${from.slice(0, 10)} to ${until.slice(0, 10)}`;
  const advice = findings.flatMap(({ summary, advice }) => [`finding: ${summary}`, `  ${advice}`]);
  if (runs.length === 0) return [head, ...advice].join('\n');
  const share = `share  ${sparkline(runs.map(({ share_drifted }) => share_drifted * full))}  last ${percent(runs.at(-1)?.share_drifted ?? 0)}`;
  const table = plainTable(
    [{ head: 'feature' }, { head: 'drifted', align: 'right' }, { head: 'towards its threshold' }],
    features.map(({ name, runs: measured, drifted_runs, levels }) => [
      name,
      `${drifted_runs} of ${measured}`,
      sparkline(levels),
    ]),
  );
  return [head, share, table, ...advice].join('\n');
}

function sparkline(levels: readonly (number | null)[]): string {
  return levels
    .map((level) => {
      if (level === null) return ' ';
      const step = Math.round((Math.min(full, Math.max(0, level)) / full) * (bars.length - 1));
      return bars[step] ?? ' ';
    })
    .join('');
}

export function reportsView({ reports }: ReportsResult): string {
  if (reports.length === 0) return 'no report yet; make one: mlops monitor';
  return plainTable(
    [
      { head: 'made' },
      { head: 'verdict' },
      { head: 'drifted', align: 'right' },
      { head: 'report' },
      { head: 'features' },
    ],
    reports.map(({ at, status, share_drifted, path, present, drifted }) => [
      at,
      status,
      percent(share_drifted),
      present ? path : `${path} (gone)`,
      drifted.join(', '),
    ]),
  );
}
