import { actor } from './actor.ts';
import type { Register } from './command.ts';
import { parseNames, parseThreshold, parseTime } from './option-values.ts';

interface RegisterOptions {
  readonly features?: string;
  readonly threshold?: string;
  readonly metrics?: string;
  readonly golden?: string;
  readonly learnedUntil?: string;
  readonly reason: string;
}

export const registerModelCommand: Register = (program, open) => {
  program
    .command('model')
    .description('Model artifacts.')
    .addHelpText('after', examples)
    .command('register <file>')
    .description('Check an ONNX classifier, keep it by its hash, and add it as a version in Staging.')
    .option('--features <names>', 'inputs in order, by comma; by default those that the model carries')
    .option('--threshold <p>', 'probability from which the outcome is 1')
    .option(
      '--metrics <file>',
      'JSON with its figures: any of f1, precision, recall, roc_auc, brier, log_loss, threshold',
    )
    .option('--golden <file>', 'rows whose probabilities are checked before each promote and rollback')
    .option(
      '--learned-until <time>',
      'latest time among the rows it learned from; the gate takes later predictions as new to it',
    )
    .option('--reason <text>', 'for the audit', 'registered by hand')
    .addHelpText('after', examples)
    .action(async (file: string, options: RegisterOptions, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { registerModel } = await import('../loop/versions/register-model.ts');
      const { features, threshold, learnedUntil: until, ...rest } = options;
      const learnedUntil = parseTime('--learned-until', until);
      const model = {
        ...rest,
        ...parseNames(features),
        ...parseThreshold(threshold),
        learnedUntil,
        file,
        who: actor(),
      };
      const result = await registerModel(openWorkspace(session.folder), model, session.clock);
      session.result(
        result,
        () => `version ${result.version} is in Staging, with ${result.golden_rows} golden rows`,
      );
    });
};

const examples = `
Examples:
  $ mlops model register model.onnx
  $ mlops model register sklearn.onnx --features age,income,debt --metrics metrics.json
  $ mlops model register lightgbm.onnx --golden week.csv --reason "autumn retraining"

EXIT STATUS
  0 registered · 64 usage · 65 not a model to use: not ONNX, wrong width, no probability
  66 no such file · 74 cannot be written · 75 store in use, try again · 78 no workspace`;
