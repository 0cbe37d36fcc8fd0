import type { ScoreResult } from '../data/results/score.ts';
import type { Register } from './command.ts';
import { parseNames, parseThreshold } from './option-values.ts';
import { rowProgress } from './row-progress.ts';

interface ScoreOptions {
  readonly model: string;
  readonly input: string;
  readonly output: string;
  readonly features?: string;
  readonly threshold?: string;
  readonly format?: string;
}

export const registerScore: Register = (program, open) => {
  program
    .command('score')
    .description('Score a file with an ONNX model, in this process, batch by batch.')
    .requiredOption('--model <file>', 'ONNX binary classifier (mlops, skl2onnx, LightGBM)')
    .requiredOption('--input <file>', 'rows to score (CSV, Parquet, JSON Lines)')
    .requiredOption(
      '--output <file>',
      '.csv, .parquet or .jsonl with prediction_id or row, probability, outcome',
    )
    .option('--features <names>', 'inputs in order, by comma; by default those that the model carries')
    .option(
      '--threshold <p>',
      'probability from which the outcome is 1; by default the one that the model carries, else 0.5',
    )
    .option('--format <name>', 'csv, parquet or jsonl, where the extension does not tell')
    .addHelpText('after', examples)
    .action(async (options: ScoreOptions, command) => {
      const session = open(command);
      const { scoreFile } = await import('../loop/score-file.ts');
      const started = session.clock.now();
      const { features, threshold, ...rest } = options;
      const progress = rowProgress(session, 'scored');
      const { rows } = await scoreFile(
        { ...rest, ...parseNames(features), ...parseThreshold(threshold) },
        { signal: session.signal, progress: progress.advance },
      ).finally(progress.end);
      const result: ScoreResult = {
        rows,
        output: options.output,
        duration_ms: session.clock.now() - started,
      };
      session.result(result, () => `${rows.toLocaleString('en-US')} rows scored into ${options.output}`);
    });
};

const examples = `
Examples:
  $ mlops score --model model.onnx --input applications.csv --output scores.csv
  $ mlops score --model model.onnx --input applications.parquet --output scores.parquet
  $ mlops score --model sklearn.onnx --features age,income,debt --threshold 0.2 --input a.parquet --output scores.csv

EXIT STATUS
  0 scored · 64 usage · 65 bad data, or no binary classifier · 66 no such file · 74 cannot be written · 130 interrupted, nothing written`;
