import { InterruptedError, UsageError } from '../platform/errors.ts';
import { verdictExitCode } from '../platform/exit-codes.ts';
import { actor } from './actor.ts';
import type { Register, Session } from './command.ts';

interface RestartOptions {
  readonly dryRun?: boolean;
  readonly reason: string;
}

export const registerRestart: Register = (program, open) => {
  program
    .command('restart <service>')
    .description('Run the restart command of a service, then wait until it is healthy, or say why it is not.')
    .option('--reason <text>', 'for the audit', 'restarted by hand')
    .option('--dry-run', 'say what would be run, run nothing')
    .addHelpText('after', examples)
    .action(async (name: string, options: RestartOptions, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { restartable, restartService } = await import('../loop/operating/restart-service.ts');
      const { restartView } = await import('../report/restart-view.ts');
      const workspace = openWorkspace(session.folder);
      const { restart } = restartable(workspace, name);
      const dryRun = options.dryRun === true;
      if (!dryRun) await confirm(session, name, restart);
      const request = { name, who: actor(), reason: options.reason, dryRun };
      const result = await restartService(workspace, request, session.clock, session.signal);
      session.note(result.summary);
      session.result(result, () => restartView(result));
      session.exit(verdictExitCode(result.status));
    });
};

async function confirm(session: Session, name: string, restart: string): Promise<void> {
  if (session.yes) return;
  if (!session.interactive) {
    throw new UsageError(`restart ${name} is not confirmed`, {
      why: 'there is no terminal to ask on',
      remedy: `add --yes, or look first: mlops restart ${name} --dry-run`,
    });
  }
  const prompts = await import('@clack/prompts');
  const answer = await prompts.confirm({ message: `Run: ${restart} ?`, output: process.stderr });
  if (answer !== true) throw new InterruptedError('restart was cancelled; nothing was run');
}

const examples = `
A terminal is asked first; a script says --yes. What the command prints stands in
.mlops/logs/restart-SERVICE.log.

Examples:
  $ mlops restart API
  $ mlops restart API --dry-run
  $ mlops restart API --yes --reason "does not answer since 03:10"

EXIT STATUS
  0 healthy again · 1 WARNING · 2 CRITICAL, not healthy · 3 UNKNOWN · 64 usage, not confirmed
  66 no such service · 78 no workspace, no restart command · 130 cancelled`;
