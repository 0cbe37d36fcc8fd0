import { durationSince } from '../platform/clock.ts';
import { UsageError } from '../platform/errors.ts';
import { trainerDefaults } from '../workspace/defaults.ts';
import { actor } from './actor.ts';
import type { Register, Session } from './command.ts';
import { parseSeed } from './option-values.ts';

interface TrainOptions {
  readonly data?: string;
  readonly fromStore?: boolean;
  readonly target?: string;
  readonly output?: string;
  readonly seed?: string;
  readonly format?: string;
  readonly reason: string;
}

export const registerTrain: Register = (program, open) => {
  program
    .command('train')
    .description(
      'Train boosted trees for a binary target on the earlier rows, measure on the later ones, register a version.',
    )
    .option(
      '--data <file>',
      'training data in order of time, or with a time column (CSV, Parquet, JSON Lines)',
    )
    .option('--from-store', "train on the store's labelled predictions")
    .option('--target <column>', 'column with the true outcome, 0 or 1; by default the one of mlops.yaml')
    .option('--output <file>', 'write the ONNX model here and register nothing; needs no workspace')
    .option('--seed <n>', `the same data and seed give the same bytes (default: ${trainerDefaults.seed})`)
    .option('--format <name>', 'csv, parquet or jsonl, where the extension does not tell')
    .option('--reason <text>', 'for the audit', 'trained by hand')
    .addHelpText('after', examples)
    .action(async (options: TrainOptions, command) => {
      const session = open(command);
      const { trainView } = await import('../report/train-view.ts');
      const result = await train(options, session);
      session.result(result, () => trainView(result));
    });
};

async function train(options: TrainOptions, session: Session) {
  const { data, target, output, format, reason } = options;
  if ((data === undefined) !== (options.fromStore === true)) {
    throw new UsageError('train takes --data FILE or --from-store, one of them', {
      remedy: 'write mlops train --data loans.csv, or mlops train --from-store',
    });
  }
  const seed = parseSeed(options.seed);
  if (output === undefined) {
    const { openWorkspace } = await import('../workspace/index.ts');
    const { trainWorkspace } = await import('../loop/training/train-workspace.ts');
    const request = { data, target, format, ...seed, who: actor(), reason };
    return trainWorkspace(openWorkspace(session.folder), request, session.clock, session.signal);
  }
  if (data === undefined || target === undefined) {
    throw new UsageError('--output goes with --data FILE and --target COLUMN', {
      remedy: 'add them, or leave --output out to register a version in the workspace',
    });
  }
  const { trainFile } = await import('../loop/training/train-file.ts');
  const started = session.clock.elapsed();
  const written = await trainFile({ data, target, output, format, ...seed }, session.signal);
  return { ...written, duration_ms: durationSince(session.clock, started) };
}

const examples = `
Examples:
  $ mlops train --data loans.csv --target defaulted            registers a version in Staging
  $ mlops train --from-store --reason "drift since week 36"
  $ mlops train --data loans.parquet --target defaulted --output model.onnx --json | jq .metrics.roc_auc

EXIT STATUS
  0 trained · 64 usage · 65 bad data · 66 no such file · 74 cannot be written
  75 store in use, try again · 78 no workspace · 130 interrupted, nothing registered or written`;
