import type { Register } from './command.ts';
import { progressLines } from './progress.ts';

interface InferOptions {
  readonly output?: string;
  readonly target?: string;
  readonly format?: string;
}

export const registerSchema: Register = (program, open) => {
  program
    .command('schema')
    .description('Table Schemas: what the columns of a file are.')
    .addHelpText('after', examples)
    .command('infer <file>')
    .description(
      'Draft the Table Schema of a file: types, ranges, values, shares of missing values, roles. Read it, correct it, keep it.',
    )
    .option('--output <file>', 'write it there; by default it goes to standard output')
    .option('--target <column>', 'column with the true outcome')
    .option('--format <name>', 'csv, parquet or jsonl, where the extension does not tell')
    .addHelpText('after', examples)
    .action(async (file: string, options: InferOptions, command) => {
      const session = open(command);
      const { inferSchema, writeFileAtomic } = await import('../data/index.ts');
      const { signal } = session;
      const schema = await inferSchema(file, { ...options, signal, progress: progressLines(session) });
      const text = `${JSON.stringify(schema, null, 2)}\n`;
      const { output } = options;
      if (output !== undefined) writeFileAtomic(output, text);
      session.result(schema, () =>
        output === undefined ? text : `${schema.fields.length} columns drafted into ${output}`,
      );
    });
};

const examples = `
FILE is CSV, Parquet or JSON Lines; - is standard input. A whole number is drafted as numerical
however few its values: write "measure": "categorical" where its numbers are only names.

Examples:
  $ mlops schema infer loans.csv --target defaulted --output schema.json
  $ mlops schema infer week.parquet | jq '.fields[] | select(.missingRate > 0.1).name'
  $ zcat loans.csv.gz | mlops schema infer - --target defaulted > schema.json

EXIT STATUS
  0 drafted · 64 usage · 65 bad data · 66 no such file · 74 cannot be written
  130 interrupted, nothing written`;
