import { type Command, Option } from 'commander';
import { fileFormats } from '../data/file-format.ts';
import { type ExportSubject, exportSubjects } from '../data/results/export.ts';
import { verdictExitCode } from '../platform/exit-codes.ts';
import { actor } from './actor.ts';
import type { Register, Session } from './command.ts';
import { parseNames, parseTime } from './option-values.ts';

interface ExportOptions {
  readonly to: string;
  readonly from?: string;
  readonly until?: string;
  readonly format: (typeof fileFormats)[number];
  readonly spreadsheetSafe?: boolean;
  readonly version?: string;
  readonly labels?: 'labelled' | 'unlabelled';
  readonly features?: string;
  readonly anonymise?: string;
  readonly keyFile?: string;
  readonly archive?: boolean;
}

/** What narrows each subject down beside the time. */
const narrowing: Readonly<Record<ExportSubject, readonly ('version' | 'labels' | 'features')[]>> = {
  predictions: ['version', 'labels', 'features'],
  labels: ['version'],
  monitoring: ['version'],
  drift: ['version', 'features'],
  audit: [],
  all: ['version', 'labels', 'features'],
};

const narrowingOptions = {
  version: new Option('--version <version>', 'only what concerns this model version'),
  labels: new Option('--labels <state>', 'only predictions with, or without, a label').choices([
    'labelled',
    'unlabelled',
  ]),
  features: new Option('--features <names>', 'only these features, by comma'),
};

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
  const registered = parent
    .command(subject)
    .description(descriptions[subject])
    .requiredOption('--to <dir>', 'folder to make; an earlier export of the same is replaced whole')
    .option('--from <time>', 'rows from this time on (ISO 8601 with zone)')
    .option('--until <time>', 'rows before this time');
  for (const name of narrowing[subject]) registered.addOption(narrowingOptions[name]);
  registered
    .addOption(new Option('--format <name>', 'format of the files').choices(fileFormats).default('csv'))
    .option(
      '--spreadsheet-safe',
      'put an apostrophe before CSV texts that a spreadsheet would run as a formula',
    )
    .option('--anonymise <columns>', 'tokens in place of the values of these columns, by comma')
    .option('--key-file <file>', 'secret that the tokens are made with; by default MLOPS_ANONYMISE_KEY')
    .option('--archive', '--to names one file, a tar.zst, in place of a folder')
    .addHelpText('after', examplesOf(subject))
    .action(async (options: ExportOptions, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { exportStore } = await import('../loop/export/export-store.ts');
      const { exportView } = await import('../report/export-view.ts');
      const request = { subject, ...(await requestFrom(options, session)), who: actor() };
      const result = await exportStore(openWorkspace(session.folder), request, session.clock, session.signal);
      session.result(result, () => exportView(result));
    });
}

async function requestFrom(options: ExportOptions, { clock }: Session) {
  const { to, format, spreadsheetSafe = false, archive = false, keyFile } = options;
  const { version = null, labels = null } = options;
  const columns = namesOf(options.anonymise);
  const { anonymisationKey } = await import('../loop/export/anonymise.ts');
  // What happened at that very moment was known then, and --until leaves its own moment out.
  const replayedUntil = clock.replayed ? clock.now() + 1 : null;
  return {
    to,
    format,
    spreadsheetSafe,
    archive,
    window: {
      from: parseTime('--from', options.from) ?? null,
      until: parseTime('--until', options.until) ?? replayedUntil,
    },
    filter: { version, labels, features: namesOf(options.features) },
    anonymisation: columns === null ? null : { columns, key: anonymisationKey(keyFile) },
  };
}

function namesOf(text: string | undefined): readonly string[] | null {
  return parseNames(text).features ?? null;
}

const times = `Times are ISO 8601 in UTC. In CSV a missing value is an empty cell, and an empty text a quoted
one ("").`;

const exitStatus = `
EXIT STATUS
  0 written · 64 usage, or the folder holds something else · 66 no store yet, no such version
  74 cannot be written · 78 no workspace · 130 interrupted, nothing written`;

const examples = `
${times}

Examples:
  $ mlops export all --to /backup/credit-2026-09
  $ mlops export labels --to for-excel --spreadsheet-safe
  $ mlops export predictions --to late.tar.zst --archive --version champion --labels unlabelled
  $ mlops export all --to for-science --anonymise prediction_id,job --key-file key.txt
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
  $ mlops export verify late.tar.zst

EXIT STATUS
  0 OK · 2 CRITICAL, a file was altered, is missing or was added · 64 usage
  65 the manifest is none · 66 no such export`;
