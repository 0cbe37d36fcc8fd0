import type { DemoResult, DemoStage } from '../data/results/demo.ts';
import { UsageError } from '../platform/errors.ts';
import type { Register } from './command.ts';

interface DemoOptions {
  readonly reference?: string;
  readonly stream?: string;
  readonly labels?: string;
  readonly target?: string;
}

export const registerDemo: Register = (program, open) => {
  program
    .command('demo')
    .description(
      'Replay sample data, or your own, week by week: score, label, monitor, triage, retrain, gate, roll back, export.',
    )
    .option('--reference <file>', 'training data with the target')
    .option('--stream <file>', 'later rows with prediction_id and timestamp')
    .option('--labels <file>', 'their labels: prediction_id, true_label, label_timestamp, label_source')
    .option('--target <column>', 'column with the true outcome, 0 or 1')
    .addHelpText('after', examples)
    .action(async (options: DemoOptions, command) => {
      const session = open(command);
      const { join } = await import('node:path');
      const { inDemoFolder } = await import('../loop/demo/demo-folder.ts');
      const { writeSamples } = await import('../loop/demo/demo-files.ts');
      const { runDemo } = await import('../loop/demo/run-demo.ts');
      await inDemoFolder(session.namedFolder, async (workspace) => {
        const files =
          ownFiles(options) ??
          writeSamples(join(workspace, 'sample'), (await import('./sample-data.ts')).sampleData);
        const stages: DemoStage[] = [];
        const tell = (stage: DemoStage) => {
          stages.push(stage);
          if (!session.json) session.result(stage, () => line(stage));
        };
        const outcome = await runDemo(workspace, files, session.signal, tell);
        const next = `mlops -C ${workspace} health`;
        const result: DemoResult = { workspace, stages, ...outcome, next };
        session.result(result, () =>
          [
            `workspace  ${workspace}`,
            ...(outcome.report === null ? [] : [`report     ${outcome.report}`]),
            `export     ${outcome.export}`,
            `next       ${next}`,
          ].join('\n'),
        );
      });
    });
};

function line({ at, stage, found }: DemoStage): string {
  return `${stage === '' ? ' '.repeat(10) : at.slice(0, 10)} ${stage.padEnd(8)} ${found}`;
}

function ownFiles({ reference, stream, labels, target }: DemoOptions) {
  const given = [reference, stream, labels, target].filter((each) => each !== undefined);
  if (given.length === 0) return undefined;
  if (reference !== undefined && stream !== undefined && labels !== undefined && target !== undefined)
    return { reference, stream, labels, target };
  throw new UsageError('--reference, --stream, --labels and --target go together', {
    remedy: 'give all four, or none for the sample data',
  });
}

const examples = `
Examples:
  $ mlops demo                                       on synthetic sample data, in a temporary folder
  $ mlops -C /tmp/try demo --reference train.csv --stream weeks.csv --labels labels.csv --target defaulted

EXIT STATUS
  0 replayed, whatever was found · 64 usage · 65 bad data · 66 no such file · 74 cannot be written
  130 interrupted`;
