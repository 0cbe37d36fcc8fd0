import type { MonitorResult } from '../data/results/monitor.ts';
import { figure, percent } from './figures.ts';
import { checkTitles } from './monitor-titles.ts';
import { colouredVerdict } from './verdict-colour.ts';

/** One line for the log: verdict, run, what is not well. */
export function monitorLine({ status, run_id, rows, drift, checks }: MonitorResult): string {
  const drifted =
    drift === null ? [] : [`${drift.features_drifted} of ${drift.features_total} features drifted`];
  const faults = checks.filter((each) => each.status !== 'OK').map((each) => `${each.name} ${each.status}`);
  return [`monitoring: ${status}, run ${run_id}, ${rows} predictions`, ...drifted, ...faults].join(', ');
}

/** A monitoring run for a terminal: the verdict, a line a check, what the model answered. */
export function monitorView(run: MonitorResult): string {
  const version = run.model_version === null ? 'no Production version' : `version ${run.model_version}`;
  const widest = Math.max(...Object.values(checkTitles).map((title) => title.length));
  const answers = run.proxy
    .filter((each) => each.rows > 0)
    .map(
      (each) =>
        `last ${each.window}: ${each.rows} scored, ${percent(each.positive_rate ?? 0)} positive, mean ${figure(each.mean)}, entropy ${figure(each.entropy)}`,
    );
  return [
    `${colouredVerdict(run.status)} - run ${run.run_id}, ${run.rows} predictions from ${run.window.from} to ${run.window.until}, ${version}`,
    ...run.checks.map(
      ({ name, status, summary }) =>
        `${colouredVerdict(status, 'CRITICAL'.length)} ${checkTitles[name].padEnd(widest)} ${summary}`,
    ),
    ...answers,
    ...(run.drift?.reference.name === undefined ? [] : [`compared with: ${run.drift.reference.name}`]),
    `report: ${run.report}`,
  ].join('\n');
}
