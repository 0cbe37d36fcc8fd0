import { verdictExitCode } from '../platform/exit-codes.ts';
import type { Register } from './command.ts';

export const registerDisk: Register = (program, open) => {
  program
    .command('disk')
    .description('Say what takes space, how fast it grows, and in how many days the disk is full.')
    .addHelpText('after', examples)
    .action(async (_options: unknown, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { measureDisk } = await import('../loop/keeping/measure-disk.ts');
      const { diskView } = await import('../report/disk-view.ts');
      const result = measureDisk(openWorkspace(session.folder), session.clock.now());
      session.result(result, () => diskView(result));
      session.exit(verdictExitCode(result.status));
    });
};

const examples = `
Growth is that of the last 30 days: files by their times, the store by the times of its predictions.

Examples:
  $ mlops disk
  $ mlops disk --json | jq .days_until_full

EXIT STATUS
  0 OK · 1 WARNING, the disk is more than 80 % full · 2 CRITICAL, more than 95 % · 78 no workspace`;
