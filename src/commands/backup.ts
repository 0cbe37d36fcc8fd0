import { verdictExitCode } from '../platform/exit-codes.ts';
import { actor } from './actor.ts';
import type { Register } from './command.ts';

interface BackupOptions {
  readonly to?: string;
  readonly reason: string;
}

export const registerBackup: Register = (program, open) => {
  const backup = program
    .command('backup')
    .description(
      'Copy store, artifacts, configuration, schema and runbook pages into a folder with a manifest.',
    )
    .option('--to <dir>', 'folder to make the backup in; by default .mlops/backups')
    .option('--reason <text>', 'for the audit', 'made by hand')
    .addHelpText('after', examples)
    .action(async (options: BackupOptions, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { backupWorkspace } = await import('../loop/keeping/backup-workspace.ts');
      const { backupView } = await import('../report/backup-view.ts');
      const request = { ...options, who: actor() };
      const workspace = openWorkspace(session.folder);
      const result = await backupWorkspace(workspace, request, session.clock, session.signal);
      session.result(result, () => backupView(result));
      session.exit(verdictExitCode(result.status));
    });
  backup
    .command('list [dir]')
    .description('List the backups of the workspace, or of a folder, newest first.')
    .addHelpText('after', examples)
    .action(async (folder: string | undefined, _options: unknown, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { listBackups } = await import('../loop/keeping/list-backups.ts');
      const { backupListView } = await import('../report/backup-view.ts');
      const result = listBackups(openWorkspace(session.folder), folder);
      session.result(result, () => backupListView(result));
    });
  backup
    .command('verify [backup]')
    .description('Restore a backup, by default the newest, into a temporary place and verify it there.')
    .addHelpText('after', examples)
    .action(async (name: string | undefined, _options: unknown, command) => {
      const session = open(command);
      const { openWorkspace } = await import('../workspace/index.ts');
      const { verifyBackup } = await import('../loop/keeping/verify-backup.ts');
      const { backupVerificationView } = await import('../report/backup-view.ts');
      const workspace = openWorkspace(session.folder);
      const result = await verifyBackup(workspace, name, session.clock, session.signal);
      session.result(result, () => backupVerificationView(result));
      session.exit(verdictExitCode(result.status));
    });
};

const examples = `
A backup is named by its folder in .mlops/backups, or by any path. Others may write to the store
meanwhile. Reports, logs and exports are not in it.

Examples:
  $ mlops backup
  $ mlops backup --to /mnt/backups/credit --reason friday
  $ mlops backup list
  $ mlops backup verify                       the newest
  $ mlops restore 20261120T180000Z --replace

EXIT STATUS
  0 OK · 1 WARNING, an artifact is missing or damaged and not in the backup
  2 CRITICAL, a backup is not as it was made · 65 no backup or a damaged store
  66 no such backup, no store yet · 74 cannot be written
  78 no workspace, or made by a newer mlops · 130 interrupted, nothing written`;
