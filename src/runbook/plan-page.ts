import type { Page, RunbookPlan } from '../data/results/runbook.ts';
import { type CommandContext, commandLine } from './command-line.ts';

/** What a run of the page would do from a step on, with the exact command lines; runs nothing. */
export function planPage(
  page: Page,
  from: number,
  context: CommandContext,
  given: Readonly<Record<string, string>>,
): RunbookPlan {
  return {
    page: page.name,
    title: page.title,
    steps: page.steps.slice(from).map(({ id, title, destroys, commands, question, decision }) => ({
      step: id,
      title,
      destroys,
      commands: commands.map((command) => ({
        line: commandLine(command, context, given),
        expected: command.expected,
      })),
      question,
      branches: (decision?.branches ?? []).map(({ when, text }) => ({ when, action: text })),
    })),
  };
}
