import { Option } from 'commander';
import { durationSince } from '../../platform/clock.ts';
import { UsageError } from '../../platform/errors.ts';
import { calibrations, estimators, trainerDefaults } from '../../workspace/defaults.ts';
import { actor } from '../actor.ts';
import type { Register, Session } from '../command.ts';
import { parseSeed, requireNames } from '../option-values.ts';
import { addThresholdOptions, parseThresholdOptions, type ThresholdOptions } from './threshold-options.ts';
import { addTuningOptions, parseTuningOptions, type TuningOptions } from './tuning-options.ts';

interface TrainOptions extends ThresholdOptions, TuningOptions {
  readonly data?: string;
  readonly fromStore?: boolean;
  readonly target?: string;
  readonly estimator?: (typeof estimators)[number];
  readonly weights?: string;
  readonly categories?: string;
  readonly leaveOut?: string;
  readonly importanceWeights?: string | true;
  readonly allowLeaks?: string;
  readonly calibrate?: (typeof calibrations)[number];
  readonly continue?: boolean;
  readonly output?: string;
  readonly seed?: string;
  readonly format?: string;
  readonly reason: string;
}

export const registerTrain: Register = (program, open) => {
  const train = program
    .command('train')
    .description(
      'Train a model of a binary target on the earlier rows, measure on the later ones, register a version.',
    )
    .option(
      '--data <file>',
      'training data in order of time, or with a time column (CSV, Parquet, JSON Lines)',
    )
    .option('--from-store', "train on the store's labelled predictions")
    .option('--target <column>', 'column with the true outcome, 0 or 1; by default the one of mlops.yaml')
    .addOption(
      new Option(
        '--estimator <name>',
        'boosted trees, random forest or logistic regression; else as mlops.yaml says',
      ).choices(estimators),
    )
    .option('--weights <column>', 'column that says how much each row counts, 0 or more')
    .option(
      '--importance-weights [file]',
      'weigh rows by how like they are those of a file, or the predictions of monitoring.lookback',
    )
    .option('--categories <names>', 'numeric features whose numbers are names, such as codes of regions')
    .option('--leave-out <names>', 'columns that the model does not see')
    .option('--allow-leaks <names>', 'features to learn from although they alone tell the outcome');
  addTuningOptions(addThresholdOptions(train))
    .addOption(
      new Option(
        '--calibrate <method>',
        'make probabilities true to size on rows set apart for it; auto where that lowers the log loss',
      ).choices(calibrations),
    )
    .option('--continue', 'grow on from the trees of the Production version, on these rows')
    .option('--output <file>', 'write the ONNX model here and register nothing; needs no workspace')
    .option('--seed <n>', `the same data and seed give the same bytes (default: ${trainerDefaults.seed})`)
    .option('--format <name>', 'csv, parquet or jsonl, where the extension does not tell')
    .option('--reason <text>', 'for the audit', 'trained by hand')
    .addHelpText('after', examples)
    .action(async (options: TrainOptions, command) => {
      const session = open(command);
      const { trainView } = await import('../../report/train-view.ts');
      const result = await runTraining(options, session);
      session.result(result, () => trainView(result));
    });
};

async function runTraining(options: TrainOptions, session: Session) {
  const { data, target, weights, importanceWeights, output, format, reason } = options;
  if ((data === undefined) !== (options.fromStore === true)) {
    throw new UsageError('train takes --data FILE or --from-store, one of them', {
      remedy: 'write mlops train --data loans.csv, or mlops train --from-store',
    });
  }
  if (weights !== undefined && data === undefined) {
    throw new UsageError('--weights goes with --data FILE', {
      why: 'the predictions of the store all count the same',
      remedy: 'leave it out, or train on a file that has the column',
    });
  }
  if (options.continue === true && options.tune === true) {
    throw new UsageError('--continue goes without --tune', {
      why: 'parameters are searched for with models that begin anew',
      remedy: 'leave one of them out',
    });
  }
  const choices = {
    ...parseSeed(options.seed),
    ...parseThresholdOptions(options),
    ...parseTuningOptions(options, session),
    ...(options.calibrate !== undefined && { calibrate: options.calibrate }),
    ...(options.estimator !== undefined && { estimator: options.estimator }),
    ...(options.keepBest === true && { keepBest: true }),
    ...(options.categories !== undefined && { categories: requireNames('--categories', options.categories) }),
    ...(options.leaveOut !== undefined && { leaveOut: requireNames('--leave-out', options.leaveOut) }),
    ...(options.allowLeaks !== undefined && {
      allowLeaks: requireNames('--allow-leaks', options.allowLeaks),
    }),
  };
  if (output === undefined) {
    const { openWorkspace } = await import('../../workspace/index.ts');
    const { trainWorkspace } = await import('../../loop/training/train-workspace.ts');
    const { continue: continueChampion } = options;
    const rows = { data, target, weights, importanceWeights, format };
    const request = { ...rows, ...choices, continueChampion, who: actor(), reason };
    return trainWorkspace(openWorkspace(session.folder), request, session.clock, session.signal);
  }
  if (data === undefined || target === undefined) {
    throw new UsageError('--output goes with --data FILE and --target COLUMN', {
      remedy: 'add them, or leave --output out to register a version in the workspace',
    });
  }
  if (importanceWeights === true) {
    throw new UsageError('--importance-weights goes with a file beside --output', {
      why: 'without a workspace there are no predictions to weigh towards',
      remedy: 'write --importance-weights current.csv, or leave --output out',
    });
  }
  if (options.continue === true) {
    throw new UsageError('--continue goes without --output', {
      why: 'without a workspace there is no Production version to grow on from',
      remedy: 'leave --output out to register a version in the workspace, or leave --continue out',
    });
  }
  const { trainFile } = await import('../../loop/training/train-file.ts');
  const started = session.clock.elapsed();
  const file = { data, target, weights, importanceWeights, output, format, ...choices };
  const written = await trainFile(file, session.clock, session.signal);
  return { ...written, duration_ms: durationSince(session.clock, started) };
}

const examples = `
Examples:
  $ mlops train --data loans.csv --target defaulted            registers a version in Staging
  $ mlops train --data loans.csv --target defaulted --estimator logistic
  $ mlops train --from-store --continue --keep-best
  $ mlops train --from-store --reason "drift since week 36"
  $ mlops train --data loans.csv --target defaulted --categories region,product --weights exposure
  $ mlops train --data loans.csv --target defaulted --estimator forest --calibrate isotonic
  $ mlops train --data loans.csv --target defaulted --cost-fp 1 --cost-fn 5
  $ mlops train --data loans.csv --importance-weights          the population has moved, labels have not yet come
  $ mlops train --data loans.csv --target defaulted --tune --trials 40 --time 10m --keep-best
  $ mlops train --data loans.parquet --target defaulted --output model.onnx --json | jq .metrics.roc_auc

Settings are keys of trainer in mlops.yaml. Beside those that it shows:
  depth, l1, minimum_gain, minimum_hessian_per_leaf     limits of growth; none by default, hessian 1
  row_share, feature_share                              drawn anew for each tree; 1 and 0.6
  bins, bins_of: { NAME: N }                            most bins a feature, 2 to 255; 255
  categories: [NAME], monotone: { NAME: increasing }    as --categories; increasing or decreasing
  command, options, limits        your own program: mlops runbook show trainers
  importance_weights: true                              as --importance-weights without a file
  leave_out: [NAME], allow_leaks: [NAME]                as the options, beside what these name
  positive_weight                                       of outcome 1: a number, or balanced; 1
  forest: { trees, depth, minimum_rows_per_leaf }       200, 12, 10
  logistic: { l2 }                                      of standardised features; 1
  calibrate                                             as --calibrate; none
  threshold: f1, a number, or one of { cost: { false_positive: 1, false_negative: 5 } },
    { minimum_precision: 0.3 }, { minimum_recall: 0.6 }, { approval_rate: 0.8 }
At least 50 labelled rows are needed. Refused: a feature that alone tells the outcome (ROC AUC above
.99), times after the row's own or after now. Named in notes: constant and equal features, keys.

The estimators forest and logistic take categories and positive_weight; forest bins and bins_of too.

EXIT STATUS
  0 trained · 64 usage · 65 bad data · 66 no such file · 69 trainer.command failed
  74 cannot be written · 75 store in use, try again · 78 no workspace
  130 interrupted, nothing registered or written (but see --keep-best)`;
