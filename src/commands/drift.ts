import { Option } from 'commander';
import { verdictExitCode } from '../platform/exit-codes.ts';
import type { Register } from './command.ts';

interface DriftOptions {
  readonly reference: string;
  readonly current: string;
  readonly html?: string;
  readonly schema?: string;
  readonly types: 'schema' | 'evidently';
  readonly format?: string;
  readonly minimumRows: string;
}

export const registerDrift: Register = (program, open) => {
  program
    .command('drift')
    .description('Compare current data with reference data, feature by feature.')
    .requiredOption('--reference <file>', 'data the model was trained on (CSV, Parquet, JSON Lines)')
    .requiredOption('--current <file>', 'data it sees now')
    .option('--html <file>', 'write the report, one HTML file')
    .option('--schema <file>', 'Table Schema that says which columns are features, and their types')
    .addOption(
      new Option(
        '--types <rule>',
        'types by the schema or columns, or as Evidently infers them from the values',
      )
        .choices(['schema', 'evidently'])
        .default('schema'),
    )
    .option('--format <name>', 'csv, parquet or jsonl, where the extension does not tell')
    .option('--minimum-rows <n>', 'fewer rows on either side give UNKNOWN', '200')
    .addHelpText('after', examples)
    .action(async (options: DriftOptions, command) => {
      const session = open(command);
      const { compareFiles } = await import('../loop/compare-files.ts');
      const { driftView } = await import('../report/drift-view.ts');
      const result = await compareFiles(options, session.clock, session.signal);
      session.result(result, () => driftView(result));
      session.exit(verdictExitCode(result.status));
    });
};

const examples = `
Examples:
  $ mlops drift --reference train.csv --current week.csv
  $ mlops drift --reference train.parquet --current week.parquet --schema schema.json --html drift.html
  $ mlops drift --reference train.csv --current week.csv --json | jq .share_drifted

EXIT STATUS
  0 OK · 1 WARNING, more than 30 % of the features drifted · 2 CRITICAL, more than 50 % · 3 UNKNOWN, too few rows
  64 usage · 65 bad data · 66 no such file · 74 the report cannot be written`;
