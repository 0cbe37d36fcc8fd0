import type { RunResult, RunsResult } from '../data/results/runs.ts';
import { plainTable } from './plain-table.ts';
import { trialsTable } from './tuning-lines.ts';
import { wrap } from './wrap.ts';

const widest = 90;

export function runsView({ runs }: RunsResult): string {
  if (runs.length === 0) return 'nothing was trained yet; try: mlops train --data FILE';
  return plainTable(
    [
      { head: 'run', align: 'right' },
      { head: 'kind' },
      { head: 'started' },
      { head: 'status' },
      { head: 'what' },
    ],
    runs.map(({ run, kind, started_at, status, what }) => [
      String(run),
      kind,
      started_at,
      status,
      wrap(what, widest)[0] ?? '',
    ]),
  );
}

export function runView(run: RunResult): string {
  const lines = [
    `run ${run.run}, ${run.kind}: ${run.status}`,
    `${run.started_at} to ${run.finished_at ?? 'now'}`,
    ...wrap(run.what, widest),
    ...(run.trials.length === 0 ? [] : ['', trialsTable(run.trials)]),
    ...run.steps.map(({ state, at, summary }) => `${at}  ${state}: ${summary}`),
  ];
  const { problem } = run;
  if (problem === null) return lines.join('\n');
  return [
    ...lines,
    '',
    `cause: ${problem.cause} - ${problem.message}`,
    ...(problem.why === null ? [] : [`why: ${problem.why}`]),
    ...problem.enough.map((each) => `enough would be: ${each}`),
    ...problem.next.map((each) => `do: ${each}`),
  ].join('\n');
}
