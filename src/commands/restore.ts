import { verdictExitCode } from '../platform/exit-codes.ts';
import { actor } from './actor.ts';
import type { Register } from './command.ts';

interface RestoreOptions {
  readonly replace?: boolean;
  readonly reason: string;
}

export const registerRestore: Register = (program, open) => {
  program
    .command('restore <backup>')
    .description('Put a backup in place: its store, and artifacts and files that are missing.')
    .option('--replace', 'also over a store that is there; it is kept beside the new one')
    .option('--reason <text>', 'for the audit', 'restored by hand')
    .addHelpText('after', examples)
    .action(async (backup: string, options: RestoreOptions, command) => {
      const session = open(command);
      const { restoreBackup } = await import('../loop/keeping/restore-backup.ts');
      const { restoreView } = await import('../report/backup-view.ts');
      const request = { backup, replace: options.replace === true, reason: options.reason, who: actor() };
      const result = await restoreBackup(session.folder, request, session.clock, session.signal);
      session.result(result, () => restoreView(result));
      session.exit(verdictExitCode(result.status));
    });
};

const examples = `
The backup is compared with its manifest before anything is changed. In a folder that is no
workspace, its configuration makes it one. Stop what writes to the store first.

Examples:
  $ mlops backup list
  $ mlops restore 20261120T180000Z --replace --reason "disk failed"
  $ mlops -C /srv/credit restore /mnt/backups/credit/20261120T180000Z       on a new machine

EXIT STATUS
  0 restored and verified · 2 CRITICAL, restored, and verify finds problems
  64 a store is there and --replace is missing
  65 the backup was altered, or is of another model · 66 no such backup · 74 cannot be written
  75 locked, try again · 78 made by a newer mlops · 130 interrupted, the store is as it was`;
