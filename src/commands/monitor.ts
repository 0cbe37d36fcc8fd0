import { verdictExitCode } from '../platform/exit-codes.ts';
import type { Workspace } from '../workspace/index.ts';
import { actor } from './actor.ts';
import type { Register } from './command.ts';

export const registerMonitor: Register = (program, open) => {
  program
    .command('monitor')
    .description(
      'Look at the predictions of the lookback window: drift, data faults, volume, answers, performance. For cron.',
    )
    .addHelpText('after', examples)
    .action(async (_options: unknown, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { monitorWorkspace } = await import('../loop/monitoring/monitor-workspace.ts');
      const { monitorLine, monitorView } = await import('../report/monitor-view.ts');
      const { sweepView } = await import('../report/sweep-view.ts');
      const { sweepWorkspaces } = await import('./sweep.ts');
      const run = (workspace: Workspace) =>
        monitorWorkspace(workspace, actor(), session.clock, session.signal, session.say);
      const sweep = await sweepWorkspaces(session, run);
      const result = sweep ?? (await run(openWorkspace(session.folder)));
      session.note('workspaces' in result ? `monitoring: ${result.status}` : monitorLine(result));
      session.result(result, () =>
        'workspaces' in result
          ? sweepView(result.status, result.workspaces, monitorView)
          : monitorView(result),
      );
      session.exit(verdictExitCode(result.status));
    });
};

const examples = `
A pattern after -C, in quotes, monitors several workspaces; the worst gives the exit code.
The window, the fewest rows for a verdict and every threshold are in mlops.yaml, under monitoring
and performance.

Examples:
  $ mlops monitor
  $ mlops monitor --quiet || mlops health              in cron: exit code by verdict
  $ mlops -C 'models/*' monitor --json | jq '.workspaces[] | select(.status != "OK") | .workspace'
  $ mlops --as-of 2026-09-07T00:00:00Z monitor         what it would have said then

EXIT STATUS
  0 OK · 1 WARNING · 2 CRITICAL · 3 UNKNOWN, too few predictions · 64 usage
  66 no store yet, no workspace matches · 74 the report cannot be written
  75 store in use, try again · 78 no workspace, or nothing to compare with · 130 interrupted`;
