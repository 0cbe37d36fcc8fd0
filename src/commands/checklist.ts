import { verdictExitCode } from '../platform/exit-codes.ts';
import type { Register } from './command.ts';
import { requireChoice } from './option-values.ts';

export const registerChecklist: Register = (program, open) => {
  program
    .command('checklist')
    .description(
      "The Morning Checklist on one screen: health, the night's monitoring, volume, registry, alerts.",
    )
    .option('--weekly <day>', 'that of monday, wednesday or friday instead')
    .addHelpText('after', examples)
    .action(async (options: { readonly weekly?: string }, command) => {
      const session = open(command);
      const weekly = options.weekly;
      const name =
        weekly === undefined
          ? 'morning'
          : requireChoice('--weekly', weekly, ['monday', 'wednesday', 'friday']);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { walkChecklist } = await import('../loop/checklist/walk-checklist.ts');
      const { checklistView } = await import('../report/checklist-view.ts');
      const result = await walkChecklist(openWorkspace(session.folder), name, session.clock, session.signal);
      session.note(`${name} checklist: ${result.status}`);
      session.result(result, () => checklistView(result));
      session.exit(verdictExitCode(result.status));
    });
};

const examples = `
Monday: drift reports and what to look for in them. Wednesday: Production against Staging. Friday:
disk, artifacts, backups.

Examples:
  $ mlops checklist
  $ mlops checklist --weekly monday
  $ mlops checklist --json | jq '.sections[] | select(.status != "OK") | .remedy'

EXIT STATUS
  0 OK · 1 WARNING · 2 CRITICAL · 3 UNKNOWN · 64 usage · 78 no workspace`;
