import type { BackupList, BackupResult, BackupVerification, RestoreResult } from '../data/results/backup.ts';
import { bytesInWords, grouped } from './figures.ts';
import { plainTable } from './plain-table.ts';

export function backupView(result: BackupResult): string {
  return [
    `${result.status} - ${result.path}: ${grouped(result.files)} files, ${bytesInWords(result.bytes)}, up to audit row ${result.audit.events}`,
    ...result.problems.map((problem) => `problem: ${problem}`),
    ...result.notes.map((note) => `note: ${note}`),
    `see that it can be restored: mlops backup verify ${result.name}`,
  ].join('\n');
}

export function backupListView({ folder, backups }: BackupList): string {
  if (backups.length === 0) return `no backup in ${folder} yet; make one: mlops backup`;
  return plainTable(
    [
      { head: 'backup' },
      { head: 'made' },
      { head: 'production', align: 'right' },
      { head: 'files', align: 'right' },
      { head: 'size', align: 'right' },
      { head: 'audit rows', align: 'right' },
      { head: '' },
    ],
    backups.map((each) => [
      each.name,
      each.created_at ?? '–',
      each.production ?? '–',
      each.files === null ? '–' : grouped(each.files),
      each.bytes === null ? '–' : bytesInWords(each.bytes),
      each.audit_events === null ? '–' : grouped(each.audit_events),
      each.problem ?? '',
    ]),
  );
}

export function backupVerificationView(result: BackupVerification): string {
  return [
    `${result.status} - ${result.name}, made ${result.created_at}: ${grouped(result.files)} files as the manifest says them, ${grouped(result.audit_events)} audit rows, ${result.artifacts} artifacts`,
    ...result.problems.map((problem) => `problem: ${problem}`),
    ...result.notes.map((note) => `note: ${note}`),
  ].join('\n');
}

export function restoreView(result: RestoreResult): string {
  return [
    `${result.status} - the state of ${result.created_at} is back, up to audit row ${result.audit.events}; ${result.artifacts_restored} artifacts restored`,
    ...result.problems.map((problem) => `problem: ${problem}`),
    ...(result.replaced === null ? [] : [`the store that was there: ${result.replaced}`]),
    ...result.files_restored.map((path) => `restored ${path}`),
    ...result.notes.map((note) => `note: ${note}`),
  ].join('\n');
}
