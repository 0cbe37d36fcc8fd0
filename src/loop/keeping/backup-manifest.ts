import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { type BackupManifest, backupManifestDefinition } from '../../data/results/backup.ts';
import { ConfigurationError, DataError, fromSystemError, NoInputError } from '../../platform/errors.ts';
import { storeVersion } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';

export const manifestName = 'manifest.json';
export const storeInBackup = 'store.db';
export const artifactsInBackup = 'artifacts';
/** Files that lie beside `.mlops`: configuration, schema, runbook pages. */
export const filesInBackup = 'files';

export interface Backup {
  readonly folder: string;
  readonly manifest: BackupManifest;
}

/**
 * Folder of the backup of that name in the workspace, or at that path.
 * @throws NoInputError when there is none
 */
export function backupFolder(workspace: Workspace | undefined, name: string): string {
  const known = workspace === undefined ? [] : [join(workspace.paths.backups, name)];
  const folder = [...known, resolve(name)].find((each) => existsSync(join(each, manifestName)));
  if (folder !== undefined) return folder;
  throw new NoInputError(`there is no backup '${name}'`, {
    why: `neither ${[...known, resolve(name)].join(' nor ')} has a ${manifestName}`,
    remedy: 'see what there is: mlops backup list, or name the folder of a backup',
  });
}

/**
 * @throws DataError when its manifest is none; ConfigurationError when a newer mlops made it
 */
export function readBackup(folder: string): Backup {
  const path = join(folder, manifestName);
  const document = readJson(path);
  const parsed = backupManifestDefinition.safeParse(document);
  if (!parsed.success) throw noManifest(path, document, parsed.error.issues[0]);
  const { store_version: version, mlops_version } = parsed.data;
  if (version <= storeVersion) return { folder, manifest: parsed.data };
  throw new ConfigurationError(`the backup ${basename(folder)} was made by a newer mlops`, {
    why: `it is of mlops ${mlops_version}, its store has version ${version}, this program knows up to ${storeVersion}`,
    remedy: 'install that version of mlops; nothing was changed',
  });
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw fromSystemError(error, `${path} cannot be read`);
    throw noManifest(path, undefined, { path: [], message: error.message });
  }
}

function noManifest(
  path: string,
  document: unknown,
  issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined,
): DataError | ConfigurationError {
  if (isNewerForm(document)) {
    return new ConfigurationError(`${path} was written by a newer mlops`, {
      why: 'its form is not one that this program knows',
      remedy: 'install that version of mlops; nothing was changed',
    });
  }
  return new DataError(`${path} is no manifest of a backup`, {
    why: `${issue?.path.join('.') || 'the document'}: ${issue?.message ?? 'not as expected'}`,
    remedy: 'name a folder that mlops backup made',
  });
}

function isNewerForm(document: unknown): boolean {
  return (
    typeof document === 'object' &&
    document !== null &&
    'backup_version' in document &&
    typeof document.backup_version === 'number' &&
    document.backup_version > 1
  );
}
