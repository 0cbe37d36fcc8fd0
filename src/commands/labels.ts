import type { Command } from 'commander';
import { exitCodes } from '../platform/exit-codes.ts';
import { actor } from './actor.ts';
import type { Register, Session } from './command.ts';

export const registerLabels: Register = (program, open) => {
  const labels = program
    .command('labels')
    .description('True outcomes of past predictions.')
    .addHelpText('after', addExamples);
  registerAdd(labels, open);
  registerCoverage(labels, open);
};

type Open = (command: Command) => Session;

function registerAdd(labels: Command, open: Open): void {
  labels
    .command('add <file>')
    .description(
      'Add labels from a CSV; corrections keep what they replace, bad rows go to FILE.rejects.csv.',
    )
    .option('--dry-run', 'say what would happen, change nothing')
    .addHelpText('after', addExamples)
    .action(async (file: string, options: { readonly dryRun?: boolean }, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { addLabels } = await import('../loop/recording/add-labels.ts');
      const result = await addLabels(
        openWorkspace(session.folder),
        file,
        actor(),
        options.dryRun === true,
        session.clock,
        session.signal,
      );
      const { before, after } = result.coverage;
      const share = (coverage: number) => `${(coverage * 100).toFixed(1)} %`;
      session.result(result, () =>
        [
          `${result.dry_run ? 'dry run: ' : ''}${result.read} read, ${result.added} added, ${result.corrected} corrected, ${result.unchanged} unchanged, ${result.rejected} rejected`,
          `coverage ${share(before.share)} → ${share(after.share)} (${after.labelled} of ${after.predictions} predictions)`,
          ...(result.rejects_file === null ? [] : [`rejected rows: ${result.rejects_file}`]),
        ].join('\n'),
      );
      session.exit(result.rejected === 0 ? exitCodes.ok : exitCodes.warning);
    });
}

function registerCoverage(labels: Command, open: Open): void {
  labels
    .command('coverage')
    .description('How many predictions have their label, by week and version.')
    .addHelpText('after', coverageExamples)
    .action(async (_options: unknown, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { readLabelCoverage } = await import('../loop/recording/label-coverage.ts');
      const { coverageView } = await import('../report/coverage-view.ts');
      const result = readLabelCoverage(openWorkspace(session.folder), session.clock);
      session.result(result, () => coverageView(result));
    });
}

const addExamples = `
Columns: prediction_id, true_label (0 or 1), label_timestamp (ISO 8601 with zone), label_source.

Examples:
  $ mlops labels add new_labels.csv --dry-run
  $ mlops labels add new_labels.csv

EXIT STATUS
  0 added · 1 some rows were rejected · 64 usage · 65 not a CSV of labels, nothing added
  66 no such file · 74 cannot be written · 75 store in use, try again · 78 no workspace
  130 interrupted, nothing added`;

const coverageExamples = `
Examples:
  $ mlops labels coverage
  $ mlops --as-of 2026-09-01T00:00:00Z labels coverage      by the labels known then
  $ mlops labels coverage --json | jq .total.share

EXIT STATUS
  0 shown · 64 usage · 66 no store yet · 78 no workspace`;
