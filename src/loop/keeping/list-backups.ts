import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupList, ListedBackup } from '../../data/results/backup.ts';
import { MlopsError, messageWithCause } from '../../platform/errors.ts';
import type { Workspace } from '../../workspace/index.ts';
import { manifestName, readBackup } from './backup-manifest.ts';

/** Backups of a folder, by default the workspace's, newest first. */
export function listBackups(workspace: Workspace, folder = workspace.paths.backups): BackupList {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const backups = names
    .filter((name) => existsSync(join(folder, name, manifestName)))
    .map((name) => listed(name, join(folder, name)));
  return {
    folder,
    backups: backups.toSorted((a, b) => (b.created_at ?? '').localeCompare(a.created_at ?? '')),
  };
}

/** The newest backup whose manifest is legible. */
export function newestBackup(
  workspace: Workspace,
): (ListedBackup & { readonly created_at: string }) | undefined {
  for (const backup of listBackups(workspace).backups) {
    const { created_at } = backup;
    if (created_at !== null) return { ...backup, created_at };
  }
  return undefined;
}

function listed(name: string, path: string): ListedBackup {
  try {
    const { manifest } = readBackup(path);
    return {
      name,
      path,
      created_at: manifest.created_at,
      model: manifest.model,
      production: manifest.production,
      files: manifest.files.length,
      bytes: manifest.files.reduce((sum, file) => sum + file.bytes, 0),
      audit_events: manifest.audit.events,
      problem: null,
    };
  } catch (error) {
    if (!(error instanceof MlopsError)) throw error;
    const unknown = {
      created_at: null,
      model: null,
      production: null,
      files: null,
      bytes: null,
      audit_events: null,
    };
    return { name, path, ...unknown, problem: messageWithCause(error) };
  }
}
