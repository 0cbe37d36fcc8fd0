import { exitCodes } from '../platform/exit-codes.ts';
import type { Register } from './command.ts';
import { progressLines } from './progress.ts';

interface ValidateOptions {
  readonly schema: string;
  readonly format?: string;
}

export const registerValidate: Register = (program, open) => {
  program
    .command('validate <file>')
    .description(
      'Hold every value of a file to a Table Schema; each broken rule with its count, rows and examples.',
    )
    .requiredOption('--schema <file>', 'Table Schema, as mlops schema infer drafts it')
    .option('--format <name>', 'csv, parquet or jsonl, where the extension does not tell')
    .addHelpText('after', examples)
    .action(async (file: string, options: ValidateOptions, command) => {
      const session = open(command);
      const { readSchema, validateFile } = await import('../data/index.ts');
      const { validateView } = await import('../report/validate-view.ts');
      const { signal } = session;
      const { format } = options;
      const {
        valid,
        file: name,
        ...found
      } = await validateFile(file, readSchema(options.schema), {
        format,
        signal,
        progress: progressLines(session),
      });
      const result = { valid, file: name, schema: options.schema, ...found };
      session.result(result, () => validateView(result));
      session.exit(valid ? exitCodes.ok : exitCodes.badData);
    });
};

const examples = `
FILE is CSV, Parquet or JSON Lines, of any length; - is standard input. The order of its columns
is free.

Examples:
  $ mlops validate week.csv --schema schema.json
  $ mlops validate week.parquet --schema schema.json --json | jq '.rules[] | {column, rule, count}'
  $ psql -c "copy loans to stdout csv header" | mlops validate - --schema schema.json

EXIT STATUS
  0 valid · 64 usage · 65 rules are broken, or the file cannot be read · 66 no such file
  78 the schema is wrong · 130 interrupted`;
