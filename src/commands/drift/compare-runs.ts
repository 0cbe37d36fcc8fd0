import type { Command } from 'commander';
import type { Open } from '../command.ts';
import { requireCount } from '../option-values.ts';
import { requireTaken } from './option-scope.ts';

export function registerCompareRuns(drift: Command, open: Open): void {
  drift
    .command('compare <before> <after>')
    .description('What changed between two monitoring runs, feature by feature.')
    .addHelpText('after', examples)
    .action(async (before: string, after: string, _options: unknown, command: Command) => {
      const session = open(command);
      requireTaken('stored runs', command.parent);
      const numbers = [requireCount('BEFORE', before), requireCount('AFTER', after)] as const;
      const { openWorkspace } = await import('../../workspace/index.ts');
      const { compareRuns } = await import('../../loop/monitoring/compare-runs.ts');
      const { driftCompareView } = await import('../../report/drift-compare-view.ts');
      const result = compareRuns(openWorkspace(session.folder), numbers, session.clock.now());
      session.result(result, () => driftCompareView(result));
    });
}

const examples = `
Runs are numbered; mlops drift history --json and mlops reports show the numbers.

Examples:
  $ mlops drift compare 11 12
  $ mlops drift compare 4 12 --json | jq '.features[] | select(.change == "newly_drifted") | .name'

EXIT STATUS
  0 shown · 64 usage · 65 a run compared nothing · 66 no such run, no store yet · 78 no workspace`;
