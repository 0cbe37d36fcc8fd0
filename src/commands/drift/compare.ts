import { type Command, Option } from 'commander';
import type { ComparedDrift } from '../../loop/monitoring/drift-reports.ts';
import { UsageError } from '../../platform/errors.ts';
import { verdictExitCode } from '../../platform/exit-codes.ts';
import { driftDefaults, minimumSample } from '../../workspace/defaults.ts';
import type { Open, Session } from '../command.ts';
import { checkDuration, collect, requireChoice, requireCount, requireWhole } from '../option-values.ts';
import { progressLines } from '../progress.ts';
import { compareWindows } from './compare-windows.ts';
import { type DriftOptions, oneFileAlone, rulesOf } from './drift-options.ts';
import { requireTaken } from './option-scope.ts';
import { addTestOptions } from './test-options.ts';
import { addWindowOptions, againstOf, parseWindowRule } from './window-options.ts';

/** `mlops drift`; the commands below it are added by the others of this folder. */
export function registerCompare(program: Command, open: Open): Command {
  const drift = program
    .command('drift')
    .description(
      'Compare current data with reference data, feature by feature: two files, or the store’s predictions.',
    )
    .option('--reference <file>', 'data the model was trained on (CSV, Parquet, JSON Lines; also .gz, .zst)')
    .option('--current <file>', 'data it sees now')
    .option('--last <duration>', 'in a workspace: how far back, such as 7d; by default monitoring.lookback')
    .option('--run <n>', 'in a workspace: that monitoring run as it was stored')
    .option('--html <file>', 'write the report, one HTML file')
    .option(
      '--report <file>',
      'write it as .html, .md, .xml (JUnit), .prom or .json; may be repeated',
      collect,
    )
    .option('--print <form>', 'table, json, html, markdown, junit or prometheus to standard output')
    .option(
      '--schema <file>',
      'for two files: Table Schema that says which columns are features, and their types',
    )
    .addOption(
      new Option(
        '--types <rule>',
        'for two files: types by the schema or columns, or as Evidently infers them from the values (its convention)',
      ).choices(['schema', 'evidently']),
    )
    .option('--format <name>', 'csv, parquet or jsonl, where the extension does not tell')
    .option(
      '--minimum-rows <n>',
      'for two files: fewer rows on either side give UNKNOWN',
      String(minimumSample),
    )
    .option('--sample <n>', 'for two files: rows of each, drawn by chance; by default all, up to 10 million')
    .option(
      '--false-alarms <share>',
      `chance that a report in which nothing moved names a feature: ${driftDefaults.falseAlarms}, or as in mlops.yaml`,
    )
    .option('--no-correction', 'that chance for each feature alone, without Benjamini and Hochberg')
    .option(
      '--calibration <file>',
      'for two files: thresholds of drift calibrate; in a workspace those beside its schema',
    )
    .option('--prediction <column>', 'for two files: the model’s answer, compared beside the features')
    .option('--target <column>', 'for two files: what came true; with --prediction, errors by segment too')
    .option('--multivariate', 'look at the features together, too: what no feature shows by itself')
    .option(
      '--weights <file|feature=w,...>',
      'importance of the features, a JSON file or pairs; else, in a workspace, by Production’s trees',
      collect,
    );
  return addWindowOptions(addTestOptions(drift))
    .addHelpText('after', examples)
    .action(async (options: DriftOptions, command: Command) => {
      const session = open(command);
      const rule = await parseWindowRule(options);
      if (rule !== undefined) return compareWindows(options, rule, session, command);
      const { driftFormats, driftText } = await import('../../report/drift-formats.ts');
      const { checkReportFiles, writeDriftReports } = await import('../../loop/monitoring/drift-reports.ts');
      const form = requireChoice('--print', options.print ?? (session.json ? 'json' : 'table'), driftFormats);
      if (session.json && form !== 'json')
        throw new UsageError(`--json and --print ${form} ask for two forms of one output`, {
          remedy: `leave one of them out, or write a file beside it with --report`,
        });
      checkReportFiles(options.report ?? []);
      const { result, subject } = await writeDriftReports(
        await measureAsAsked(options, session, command),
        options,
      );
      const text = session.json ? '' : await driftText(form, result, subject, process.stdout.columns);
      session.result(result, () => text);
      session.exit(verdictExitCode(result.status));
    });
}

/** Two files, the window of the store, or a run of the store. @throws UsageError where the options name more than one of these */
export async function measureAsAsked(
  options: DriftOptions,
  session: Session,
  drift: Command,
): Promise<ComparedDrift> {
  const { reference, current, last, run } = options;
  if (run !== undefined) {
    if ((reference ?? current ?? last) !== undefined)
      throw new UsageError('--run stands alone', {
        why: 'a stored run has been measured already',
        remedy: 'leave --reference, --current and --last out',
      });
    requireTaken('a stored run', drift);
    const number = requireCount('--run', run);
    const { openWorkspace } = await import('../../workspace/index.ts');
    const { storedDrift } = await import('../../loop/monitoring/stored-drift.ts');
    return storedDrift(openWorkspace(session.folder), number, session.clock.now());
  }
  const rules = rulesOf(options);
  if (reference !== undefined && current !== undefined) {
    requireTaken('two files', drift);
    const { compareFiles } = await import('../../loop/monitoring/compare-files.ts');
    const minimumRows = requireWhole('--minimum-rows', options.minimumRows, minimumSample);
    const sample = options.sample === undefined ? undefined : requireCount('--sample', options.sample);
    return compareFiles({ ...options, reference, current, minimumRows, sample, rules }, session.clock, {
      signal: session.signal,
      progress: progressLines(session),
    });
  }
  if (reference !== undefined || current !== undefined) {
    throw oneFileAlone();
  }
  requireTaken('the predictions of the store', drift);
  checkDuration('--last', options.last);
  const { openWorkspace } = await import('../../workspace/index.ts');
  const { compareStore } = await import('../../loop/monitoring/compare-store.ts');
  const window = { ...options, against: againstOf(options), rules };
  return compareStore(openWorkspace(session.folder), window, session.clock, session.signal);
}

const examples = `
Examples:
  $ mlops drift --reference train.csv --current week.csv --html drift.html
  $ mlops drift --reference train.parquet --current week.parquet --schema schema.json --json | jq .share_drifted
  $ mlops drift --reference train.csv --current week.csv --multivariate --json | jq .multivariate
  $ mlops drift --reference train.csv --current week.csv --test age=ks --threshold income=0.2
  $ mlops drift --reference train.csv --current week.csv --convention evidently
  $ mlops drift --reference train.csv --current week.csv --target churned --prediction probability
  $ mlops drift --reference train.csv --current stream.csv --time at --every 7d
  $ mlops drift --current stream.csv --time at --every 1d --against week-before
  $ mlops drift --last 56d --every 7d --json | jq '.features[].onset.sentence'
  $ mlops drift --reference train.csv --current week.csv --time at --json | jq '.features[].onset.sentence'
  $ mlops drift --last 7d                              in a workspace; nothing is stored, monitor does that
  $ mlops drift --last 24h --against week-before       with the predictions of the same weekday
  $ mlops drift --run 12 --report drift.md             a stored run, as the comment of a pull request
  $ mlops drift --reference a.csv --current b.csv --report drift.xml --report drift.prom

EXIT STATUS
  0 OK · 1 WARNING: more than 30 % of the features drifted, or the data have a sure fault, or
  the model’s errors moved, or --multivariate tells the two apart
  2 CRITICAL: more than 50 % of the features
  3 UNKNOWN, too few rows · 64 usage · 65 bad data, or no prediction in the window
  66 no such file, no such run, no store yet · 74 the report cannot be written
  78 no workspace, nothing to compare with, the schema is wrong · 130 interrupted
  Of windows the code is that of the last one that could be judged.`;
