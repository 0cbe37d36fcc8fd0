import { type Command, Option } from 'commander';
import { fileFormats } from '../data/file-format.ts';
import { type ExportSubject, exportSubjects } from '../data/results/export.ts';
import { verdictExitCode } from '../platform/exit-codes.ts';
import { actor } from './actor.ts';
import type { Register, Session } from './command.ts';
import { parseTime } from './option-values.ts';

interface ExportOptions {
  readonly to: string;
  readonly from?: string;
  readonly until?: string;
  readonly format: (typeof fileFormats)[number];
  readonly spreadsheetSafe?: boolean;
}

const descriptions: Readonly<Record<ExportSubject, string>> = {
  predictions: 'Predictions with their features.',
  labels: 'Labels, and what corrections replaced.',
  monitoring: 'Monitoring runs, a row each.',
  drift: 'Drift of every feature in every monitoring run.',
  audit: 'The audit: who changed what, when and why.',
  all: 'All of these, as of one moment.',
};

export const registerExport: Register = (program, open) => {
  const parent = program
    .command('export')
    .description('Write what the store holds into a folder with a manifest, or verify such a folder.')
    .addHelpText('after', examples);
  for (const subject of exportSubjects) registerSubject(parent, subject, open);
  parent
    .command('verify <folder>')
    .description('Compare the files of an export with its manifest; needs no workspace.')
    .addHelpText('after', verifyExamples)
    .action(async (folder: string, _options: unknown, command) => {
      const session = open(command);
      const { verifyExport } = await import('../loop/export/verify-export.ts');
      const { exportVerificationView } = await import('../report/export-view.ts');
      const result = await verifyExport(folder, session.signal);
      session.result(result, () => exportVerificationView(result));
      session.exit(verdictExitCode(result.status));
    });
};

function registerSubject(parent: Command, subject: ExportSubject, open: (command: Command) => Session): void {
  parent
    .command(subject)
    .description(descriptions[subject])
    .requiredOption('--to <dir>', 'folder to make; an earlier export of the same is replaced whole')
    .option('--from <time>', 'rows from this time on (ISO 8601 with zone)')
    .option('--until <time>', 'rows before this time')
    .addOption(new Option('--format <name>', 'format of the files').choices(fileFormats).default('csv'))
    .option(
      '--spreadsheet-safe',
      'put an apostrophe before CSV texts that a spreadsheet would run as a formula',
    )
    .addHelpText('after', examplesOf(subject))
    .action(async (options: ExportOptions, command) => {
      const session = open(command);
      // What happened at that very moment was known then, and --until leaves its own moment out.
      const replayedUntil = session.clock.replayed ? session.clock.now() + 1 : null;
      const window = {
        from: parseTime('--from', options.from) ?? null,
        until: parseTime('--until', options.until) ?? replayedUntil,
      };
      const { openWorkspace } = await import('../workspace/index.ts');
      const { exportStore } = await import('../loop/export/export-store.ts');
      const { exportView } = await import('../report/export-view.ts');
      const { to, format, spreadsheetSafe = false } = options;
      const request = { subject, to, window, format, spreadsheetSafe, who: actor() };
      const result = await exportStore(openWorkspace(session.folder), request, session.clock, session.signal);
      session.result(result, () => exportView(result));
    });
}

const times = `Times are ISO 8601 in UTC. In CSV a missing value is an empty cell, and an empty text a quoted
one ("").`;

const exitStatus = `
EXIT STATUS
  0 written · 64 usage, or the folder holds something else · 66 no store yet · 74 cannot be written
  78 no workspace · 130 interrupted, nothing written`;

const examples = `
${times}

Examples:
  $ mlops export all --to /backup/credit-2026-09
  $ mlops export labels --to for-excel --spreadsheet-safe
  $ mlops export verify /backup/credit-2026-09
${exitStatus}`;

const examplesOf = (subject: ExportSubject) => `
${times}

Examples:
  $ mlops export ${subject} --to /backup/credit-2026-09
  $ mlops export ${subject} --to week36 --from 2026-08-31T00:00:00Z --until 2026-09-07T00:00:00Z
  $ mlops export ${subject} --to for-excel --spreadsheet-safe
${exitStatus}`;

const verifyExamples = `
Examples:
  $ mlops export verify /backup/credit-2026-09
  $ mlops export verify /backup/credit-2026-09/manifest.json --json | jq .problems

EXIT STATUS
  0 OK · 2 CRITICAL, a file was altered, is missing or was added · 64 usage
  65 the manifest is none · 66 no such export`;
