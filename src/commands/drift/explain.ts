import type { Command } from 'commander';
import type { Open } from '../command.ts';
import { measureAsAsked } from './compare.ts';
import type { DriftOptions } from './drift-options.ts';
import { requireTaken } from './option-scope.ts';

export function registerExplainFeature(drift: Command, open: Open): void {
  drift
    .command('explain <feature>')
    .description('The whole story of one feature: what was measured, why that limit, since when, what to do.')
    .addHelpText('after', examples)
    .action(async (feature: string, _options: unknown, command: Command) => {
      const session = open(command);
      const options = command.optsWithGlobals<DriftOptions>();
      const { explainFeature } = await import('../../loop/monitoring/explain-feature.ts');
      const { driftExplainView } = await import('../../report/drift-explain-view.ts');
      const drift = command.parent ?? command;
      const asked = options.reference ?? options.current ?? options.last ?? options.run ?? options.against;
      requireTaken(asked === undefined ? 'the newest run' : 'the story of one feature', drift);
      const compared =
        asked === undefined ? await newestRun() : await measureAsAsked(options, session, drift);
      const result = explainFeature(compared, feature);
      session.result(result, () => driftExplainView(result, process.stdout.columns));

      async function newestRun() {
        const { openWorkspace } = await import('../../workspace/index.ts');
        const { storedDrift } = await import('../../loop/monitoring/stored-drift.ts');
        return storedDrift(openWorkspace(session.folder), undefined, session.clock.now());
      }
    });
}

const examples = `
Of the newest monitoring run; with --run of that one, with --last of the store's predictions now,
with --reference and --current of two files.

Examples:
  $ mlops drift explain age
  $ mlops drift explain age --run 12
  $ mlops drift explain age --reference train.csv --current week.csv --json | jq .feature.effect

EXIT STATUS
  0 explained · 64 usage · 65 bad data, or the run compared nothing
  66 no such feature, run or file, no store yet · 78 no workspace`;
