import { verdictExitCode } from '../platform/exit-codes.ts';
import type { Register } from './command.ts';

export const registerHealth: Register = (program, open) => {
  program
    .command('health')
    .description(
      'Check store, audit, model, monitoring, predictions, labels, performance, disk and services.',
    )
    .option('--no-network', 'leave the services of mlops.yaml out')
    .addHelpText('after', examples)
    .action(async (options: { readonly network: boolean }, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { examineHealth } = await import('../health/examine-health.ts');
      const { healthView } = await import('../report/health-view.ts');
      const result = await examineHealth(openWorkspace(session.folder), session.clock, {
        network: options.network,
        signal: session.signal,
      });
      session.result(result, () => healthView(result));
      session.exit(verdictExitCode(result.status));
    });
};

const examples = `
Limits and contacts stand in mlops.yaml. Health takes a quick look; mlops verify reads
everything stored.

Examples:
  $ mlops health
  $ mlops health --no-network --json | jq '.checks[] | select(.status != "OK")'
  $ mlops health --as-of 2026-09-14T03:00:00Z     what would it have said then?

EXIT STATUS
  0 OK · 1 WARNING · 2 CRITICAL · 3 UNKNOWN, something that should be known is not · 64 usage
  78 no workspace, or mlops.yaml is wrong`;
