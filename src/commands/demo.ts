import type { DemoStage } from '../loop/demo.ts';
import { UsageError } from '../platform/errors.ts';
import type { Register } from './command.ts';

interface DemoOptions {
  readonly reference?: string;
  readonly stream?: string;
  readonly target?: string;
}

export const registerDemo: Register = (program, open) => {
  program
    .command('demo')
    .description(
      'Replay sample data, or your own: train, promote, watch for drift week by week, roll back, verify.',
    )
    .option('--reference <file>', 'training data with the target')
    .option('--stream <file>', 'later rows with a time column')
    .option('--target <column>', 'column with the true outcome, 0 or 1')
    .addHelpText('after', examples)
    .action(async (options: DemoOptions, command) => {
      const session = open(command);
      const { mkdtempSync } = await import('node:fs');
      const { tmpdir } = await import('node:os');
      const { join } = await import('node:path');
      const { runDemo, writeSamples } = await import('../loop/demo.ts');
      const named = session.folder === process.cwd() ? undefined : session.folder;
      const workspace = named ?? mkdtempSync(join(tmpdir(), 'mlops-demo-'));
      const files =
        ownFiles(options) ??
        writeSamples(join(workspace, 'sample'), (await import('./sample-data.ts')).sampleData);
      const stages: DemoStage[] = [];
      await runDemo({ ...files, workspace }, session.clock, session.signal, (stage) => {
        stages.push(stage);
        if (!session.json) session.result(stage, () => `${stage.stage.padEnd(9)} ${stage.found}`);
      });
      const next = `mlops -C ${workspace} models`;
      if (session.json) session.result({ workspace, stages, next }, () => '');
      else session.result({}, () => `workspace ${workspace}\nnext      ${next}`);
    });
};

function ownFiles({ reference, stream, target }: DemoOptions) {
  if (reference === undefined && stream === undefined && target === undefined) return undefined;
  if (reference !== undefined && stream !== undefined && target !== undefined)
    return { reference, stream, target };
  throw new UsageError('--reference, --stream and --target go together', {
    remedy: 'give all three, or none for the sample data',
  });
}

const examples = `
Examples:
  $ mlops demo                                       on synthetic sample data
  $ mlops demo --reference train.csv --stream weeks.csv --target defaulted -C /tmp/try

EXIT STATUS
  0 replayed, whatever was found · 64 usage · 65 bad data · 66 no such file · 74 cannot be written`;
