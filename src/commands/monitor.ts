import { verdictExitCode } from '../platform/exit-codes.ts';
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
      const { monitorView } = await import('../report/monitor-view.ts');
      const result = await monitorWorkspace(
        openWorkspace(session.folder),
        actor(),
        session.clock,
        session.signal,
      );
      session.result(result, () => monitorView(result));
      session.exit(verdictExitCode(result.status));
    });
};

const examples = `
The window, the fewest rows for a verdict and every threshold are in mlops.yaml, under monitoring
and performance.

Examples:
  $ mlops monitor
  $ mlops monitor --quiet || mlops health              in cron: exit code by verdict
  $ mlops --as-of 2026-09-07T00:00:00Z monitor         what it would have said then

EXIT STATUS
  0 OK · 1 WARNING · 2 CRITICAL · 3 UNKNOWN, too few predictions · 64 usage · 66 no store yet
  74 the report cannot be written · 75 store in use, try again
  78 no workspace, or nothing to compare with · 130 interrupted`;
