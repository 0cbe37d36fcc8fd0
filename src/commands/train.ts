import { UsageError } from '../platform/errors.ts';
import { trainerDefaults } from '../workspace/defaults.ts';
import type { Register } from './command.ts';

interface TrainOptions {
  readonly data: string;
  readonly target: string;
  readonly output: string;
  readonly seed: string;
  readonly format?: string;
}

export const registerTrain: Register = (program, open) => {
  program
    .command('train')
    .description(
      'Train boosted trees for a binary target on the earlier rows, measure on the later ones, write ONNX.',
    )
    .requiredOption(
      '--data <file>',
      'training data in order of time, or with a time column (CSV, Parquet, JSON Lines)',
    )
    .requiredOption('--target <column>', 'column with the true outcome, 0 or 1')
    .requiredOption('--output <file>', 'where the ONNX model goes')
    .option('--seed <n>', 'the same data and seed give the same bytes', String(trainerDefaults.seed))
    .option('--format <name>', 'csv, parquet or jsonl, where the extension does not tell')
    .addHelpText('after', examples)
    .action(async (options: TrainOptions, command) => {
      const session = open(command);
      const seed = Number(options.seed);
      if (!Number.isInteger(seed) || seed < 0) {
        throw new UsageError(`--seed '${options.seed}' is no whole number`, {
          remedy: 'write it like --seed 42',
        });
      }
      const started = session.clock.now();
      const { trainFile } = await import('../loop/train-file.ts');
      const { trainView } = await import('../report/train-view.ts');
      const result = {
        ...(await trainFile({ ...options, seed }, session.signal)),
        duration_ms: session.clock.now() - started,
      };
      session.result(result, () => trainView(result));
    });
};

const examples = `
Examples:
  $ mlops train --data loans.csv --target defaulted --output model.onnx
  $ mlops train --data loans.parquet --target defaulted --output model.onnx --seed 7 --json | jq .metrics.roc_auc

EXIT STATUS
  0 trained · 64 usage · 65 bad data · 66 no such file · 74 the model cannot be written · 130 interrupted, nothing written`;
