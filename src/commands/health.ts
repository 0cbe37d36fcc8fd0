import type { HealthResult, HealthSweep } from '../data/results/health.ts';
import { verdictExitCode } from '../platform/exit-codes.ts';
import type { Register, Session } from './command.ts';
import { requireChoice, requireSeconds } from './option-values.ts';
import { repeat } from './repeat.ts';

interface HealthOptions {
  readonly network: boolean;
  readonly format?: string;
  readonly watch?: string | true;
}

export const registerHealth: Register = (program, open) => {
  program
    .command('health')
    .description(
      'Check store, audit, model, monitoring, predictions, labels, performance, disk, machine and services.',
    )
    .option('--no-network', 'leave the services of mlops.yaml out')
    .option('--format <name>', 'table, json, nagios or prometheus')
    .option('--watch [seconds]', 'ask again every so many seconds (5), until Ctrl-C')
    .addHelpText('after', examples)
    .action(async (options: HealthOptions, command) => {
      const session = open(command);
      const { healthFormats, healthText } = await import('../report/health-text.ts');
      const format = requireChoice(
        '--format',
        options.format ?? (session.json ? 'json' : 'table'),
        healthFormats,
      );
      const look = async () => {
        const answer = await examine(session, options.network);
        session.exit(verdictExitCode(answer.status));
        session.note(`health: ${answer.status}`);
        return { document: answer, text: () => healthText(answer, format) };
      };
      if (options.watch !== undefined)
        return repeat(session, requireSeconds('--watch', options.watch, 5), look);
      const { document, text } = await look();
      session.result(document, text);
    });
};

async function examine(session: Session, network: boolean): Promise<HealthResult | HealthSweep> {
  const { openWorkspace } = await import('../workspace/index.ts');
  const { examineHealth } = await import('../health/examine-health.ts');
  const { sweepWorkspaces } = await import('./sweep.ts');
  const request = { network, signal: session.signal };
  const swept = await sweepWorkspaces(session, (workspace) =>
    examineHealth(workspace, session.clock, request),
  );
  return swept ?? examineHealth(openWorkspace(session.folder), session.clock, request);
}

const examples = `
Limits and contacts stand in mlops.yaml. Health takes a quick look; mlops verify reads
everything stored.
A pattern after -C, in quotes, judges several workspaces; the worst gives the exit code.

Examples:
  $ mlops health
  $ mlops health --no-network --json | jq '.checks[] | select(.status != "OK")'
  $ mlops -C 'models/*' health --format nagios
  $ mlops health --format prometheus     for the node exporter's textfile folder
  $ mlops health --watch
  $ mlops health --as-of 2026-09-14T03:00:00Z     what would it have said then?

EXIT STATUS
  0 OK · 1 WARNING · 2 CRITICAL · 3 UNKNOWN, something that should be known is not · 64 usage
  66 no workspace matches · 78 no workspace, or mlops.yaml is wrong
  with --watch, after Ctrl-C: the last verdict`;
