import type { Command } from 'commander';
import type { Session } from './command.ts';
import { parseCount } from './option-values.ts';

type Open = (command: Command) => Session;

export function registerPending(labels: Command, open: Open): void {
  labels
    .command('pending')
    .description('Which predictions still wait for their label: how many by age, and the oldest.')
    .option('--oldest <n>', 'so many are listed, oldest first', '20')
    .addHelpText('after', pendingExamples)
    .action(async (options: { readonly oldest: string }, command) => {
      const session = open(command);
      const most = parseCount('--oldest', options.oldest);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { readPendingLabels } = await import('../loop/recording/pending-labels.ts');
      const { pendingView } = await import('../report/pending-view.ts');
      const result = readPendingLabels(openWorkspace(session.folder), most, session.clock);
      session.result(result, () => pendingView(result));
    });
}

export function registerTemplate(labels: Command, open: Open): void {
  labels
    .command('template')
    .description('A CSV to fill in: the header, and a row for each prediction that waits for its label.')
    .option('--to <file>', 'write it there; by default it goes to standard output')
    .option('--oldest <n>', 'so many predictions, oldest first', '1000')
    .addHelpText('after', templateExamples)
    .action(async (options: { readonly to?: string; readonly oldest: string }, command) => {
      const session = open(command);
      const most = parseCount('--oldest', options.oldest);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { labelTemplate } = await import('../loop/recording/pending-labels.ts');
      const { writeFileAtomic } = await import('../data/write-file-atomic.ts');
      const { to } = options;
      const { text, rows, example } = labelTemplate(openWorkspace(session.folder), most, session.clock);
      if (to !== undefined) writeFileAtomic(to, text);
      session.say(`fill it in like: ${example}`);
      session.result({ path: to ?? null, rows, example, text: to === undefined ? text : null }, () =>
        to === undefined ? text : `${rows} predictions to be labelled in ${to}; then: mlops labels add ${to}`,
      );
    });
}

const pendingExamples = `
Examples:
  $ mlops labels pending
  $ mlops labels pending --oldest 500 --json | jq -r '.oldest[].prediction_id'

EXIT STATUS
  0 shown · 64 usage · 66 no store yet · 78 no workspace`;

const templateExamples = `
A row that is left empty is rejected by labels add, and named; the others are added.

Examples:
  $ mlops labels template --to labels.csv
  $ mlops labels template --oldest 50 --quiet | mail -s "please label" collections@example.com

EXIT STATUS
  0 written · 64 usage · 66 no store yet · 74 cannot be written · 78 no workspace`;
