import type { Command } from 'commander';
import { verdictExitCode } from '../../platform/exit-codes.ts';
import type { Open } from '../command.ts';
import { requireCount } from '../option-values.ts';
import { requireTaken } from './option-scope.ts';

export function registerHistory(drift: Command, open: Open): void {
  drift
    .command('history')
    .description('Drift of every feature over the monitoring runs, and what the runbook says of it.')
    .option('--days <n>', 'how far back', '60')
    .addHelpText('after', historyExamples)
    .action(async (options: { readonly days: string }, command: Command) => {
      const session = open(command);
      requireTaken('stored runs', command.parent);
      const days = requireCount('--days', options.days);
      const { openWorkspace } = await import('../../workspace/index.ts');
      const { driftHistory } = await import('../../loop/monitoring/drift-history.ts');
      const { driftHistoryView } = await import('../../report/drift-history-view.ts');
      const result = driftHistory(openWorkspace(session.folder), days, session.clock.now());
      session.result(result, () => driftHistoryView(result));
      session.exit(verdictExitCode(result.status));
    });
}

const historyExamples = `
Findings: the same features in 3 of the last 4 runs (investigate the cause); a share 30 points
above the runs before (check the pipeline); no drift for 2 weeks or no run for 1 (is monitoring
running?).

Examples:
  $ mlops drift history
  $ mlops drift history --days 14 --json | jq '.findings[].summary'

EXIT STATUS
  0 OK · 1 WARNING, there is a finding · 64 usage · 66 no store yet · 78 no workspace`;
