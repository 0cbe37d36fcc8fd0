import chalk from 'chalk';
import type { Verdict } from '../platform/exit-codes.ts';
import { colouredVerdict } from './verdict-colour.ts';

interface Swept<Result> {
  readonly workspace: string;
  readonly status: Verdict;
  readonly result: Result | null;
  readonly failure: {
    readonly error: string;
    readonly cause: string | null;
    readonly try: string | null;
  } | null;
}

/** Several workspaces for a terminal: a heading each, under it what `view` shows of its result, or why it has none. */
export function sweepView<Result>(
  status: Verdict,
  workspaces: readonly Swept<Result>[],
  view: (result: Result) => string,
): string {
  const well = workspaces.filter((each) => each.status === 'OK').length;
  return [
    `${colouredVerdict(status)} - ${well} of ${workspaces.length} workspaces OK`,
    ...workspaces.map(
      ({ workspace, status: own, result, failure }) =>
        `\n${chalk.bold(workspace)}\n${result === null ? failureText(own, failure) : view(result)}`,
    ),
  ].join('\n');
}

function failureText(status: Verdict, failure: Swept<unknown>['failure']): string {
  return [
    `${colouredVerdict(status)} - ${failure?.error ?? 'not judged'}`,
    ...(failure?.cause ? [`cause: ${failure.cause}`] : []),
    ...(failure?.try ? [`try: ${failure.try}`] : []),
  ].join('\n');
}
