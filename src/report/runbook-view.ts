import chalk from 'chalk';
import type { RunbookList, RunbookPlan, RunbookRun } from '../data/results/runbook.ts';
import { plainTable } from './plain-table.ts';

export function runbookListView({ pages }: RunbookList): string {
  const rows = pages.map(({ name, origin, title, steps, trusted, fault }) => [
    name,
    fault === null ? (steps === 0 ? 'read' : String(steps)) : '!',
    origin,
    fault ?? `${title}${trusted === false ? ' (its shell is not trusted: mlops runbook trust)' : ''}`,
  ]);
  return plainTable(
    [{ head: 'page' }, { head: 'steps', align: 'right' }, { head: 'from' }, { head: 'what it is' }],
    rows,
  );
}

/** Every step with its command lines, as a run would do them. */
export function runbookPlanView({ title, steps }: RunbookPlan): string {
  const lines = steps.flatMap(({ step, title: heading, destroys, commands, question, branches }, index) => [
    `${index + 1}. ${chalk.bold(heading)} (${step})`,
    ...(destroys === null ? [] : [chalk.red(`   destroys: ${destroys}; asks first`)]),
    ...commands.flatMap(({ line, expected }) => [
      ...line.split('\n').map((each) => `   $ ${each}`),
      `     expects exit ${expected?.join(' or ') ?? 'any'}`,
    ]),
    ...(question === null ? [] : [`   asks: ${question}`]),
    ...branches.map(({ when, action }) => `   ${when} → ${action}`),
    ...(commands.length === 0 && question === null && branches.length === 0 ? ['   to read'] : []),
  ]);
  return [`${title}: what a run would do; nothing was run`, ...lines].join('\n');
}

/** How a run ended; its steps were told as they were done. */
export function runbookRunView({ run_id, incident_id, state, summary, next }: RunbookRun): string {
  const words = state === 'handed_over' ? 'hands over' : state;
  return [
    `\nrun ${run_id} ${chalk.bold(words)}: ${summary}`,
    ...(next === null ? [] : [`go on with: ${next}`]),
    `what was done: mlops incidents show ${incident_id}`,
  ].join('\n');
}
