import { toIso } from '../platform/clock.ts';
import type { Register } from './command.ts';
import { requireTime } from './option-values.ts';

export const registerModels: Register = (program, open) => {
  const models = program
    .command('models')
    .description('List the model versions and their stages.')
    .addHelpText('after', examples)
    .action(async (_options: unknown, command) => {
      const session = open(command);
      const { readRegistry } = await import('../loop/read-registry.ts');
      const versions = await readRegistry(session.folder);
      session.result({ versions }, () =>
        versions.length === 0
          ? 'no model is registered yet; try: mlops model register FILE.onnx'
          : versions
              .map(
                (each) => `${each.version}\t${each.stage}\t${each.created_at}\t${each.sha256.slice(0, 12)}`,
              )
              .join('\n'),
      );
    });
  models
    .command('at <time>')
    .description('Say which version was Production then.')
    .action(async (text: string, _options: unknown, command) => {
      const session = open(command);
      const time = requireTime('TIME', text);
      const { productionThen } = await import('../loop/read-registry.ts');
      const version = await productionThen(session.folder, time);
      session.result({ at: toIso(time), version }, () =>
        version === null ? `no version was in Production at ${toIso(time)}` : version,
      );
    });
};

const examples = `
Examples:
  $ mlops models
  $ mlops models at 2026-09-14T03:00:00Z          what was live then?

EXIT STATUS
  0 listed · 64 usage · 66 no store yet · 78 no workspace`;
