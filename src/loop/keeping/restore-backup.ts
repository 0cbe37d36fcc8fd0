import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { hashFile } from '../../data/hash-file.ts';
import type { RestoreResult } from '../../data/results/backup.ts';
import { writeFileAtomic } from '../../data/write-file-atomic.ts';
import { type Clock, durationSince, fileStamp } from '../../platform/clock.ts';
import { ConfigurationError, DataError, fromSystemError, UsageError } from '../../platform/errors.ts';
import { openStore, peekAuditHead, recordEvent, switchStore } from '../../store/index.ts';
import { acquireLease, openWorkspace, type Workspace } from '../../workspace/index.ts';
import { verifyWorkspace } from '../versions/verify-workspace.ts';
import {
  artifactsInBackup,
  type Backup,
  backupFolder,
  filesInBackup,
  readBackup,
  storeInBackup,
} from './backup-manifest.ts';
import { backupProblems } from './check-backup.ts';
import { freePath } from './free-path.ts';

export interface RestoreRequest {
  /** Name of a backup of the workspace, or the folder of any. */
  readonly backup: string;
  /** Also over a store that is there, which is kept beside it. */
  readonly replace: boolean;
  readonly who: string;
  readonly reason: string;
}

/**
 * Puts a backup's store in place, brings back artifacts and files that are missing, and verifies the whole. In a folder that
 * is no workspace yet, the backup's configuration makes it one.
 * @param folder of the workspace
 * @throws UsageError when a store is there and `replace` is false; DataError when the backup was altered or is of another
 *   model; ConfigurationError when a newer mlops made it; then nothing is changed
 */
export async function restoreBackup(
  folder: string,
  request: RestoreRequest,
  clock: Clock,
  signal: AbortSignal,
): Promise<RestoreResult> {
  const started = clock.elapsed();
  const here = workspaceHere(folder);
  const backup = readBackup(backupFolder(here, request.backup));
  if (here !== undefined) requirePermission(here, backup, request);
  await requireUnaltered(backup, signal);
  const filesRestored = restoreFiles(here?.root ?? resolve(folder), backup);
  const workspace = here ?? openWorkspace(folder);
  const lease = acquireLease(join(workspace.root, '.mlops', 'heal.lease'), {
    clock,
    who: `${request.who}, restore`,
  });
  const fresh = `${workspace.paths.store}.restoring`;
  try {
    const artifacts = await restoreArtifacts(workspace, backup);
    signal.throwIfAborted();
    const replaced = existsSync(workspace.paths.store)
      ? freePath(`${workspace.paths.store}.replaced-${fileStamp(clock.now())}`)
      : null;
    prepareStore(workspace, fresh, backup, request, replaced, clock);
    signal.throwIfAborted();
    switchStore(workspace.paths.store, fresh, replaced ?? freePath(`${workspace.paths.store}.replaced`));
    const found = await verifyWorkspace(workspace);
    return {
      status: found.status,
      backup: backup.folder,
      created_at: backup.manifest.created_at,
      store: workspace.paths.store,
      replaced,
      artifacts_restored: artifacts,
      files_restored: [...filesRestored],
      audit: backup.manifest.audit,
      problems: [...found.problems],
      notes: [...found.notes, ...differingFiles(workspace, backup)],
      duration_ms: durationSince(clock, started),
    };
  } finally {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(fresh + end, { force: true });
    lease.release();
  }
}

/** Undefined where the folder is in no workspace; a workspace with a wrong configuration is an error. */
function workspaceHere(folder: string): Workspace | undefined {
  try {
    return openWorkspace(folder);
  } catch (error) {
    if (error instanceof ConfigurationError && /^no workspace at/.test(error.message)) return undefined;
    throw error;
  }
}

function requirePermission(
  workspace: Workspace,
  { folder, manifest }: Backup,
  { backup, replace }: RestoreRequest,
): void {
  const model = workspace.config.model.name;
  if (manifest.model !== model) {
    throw new DataError(`the backup ${basename(folder)} is of another model`, {
      why: `it is of ${manifest.model}, this workspace is of ${model}`,
      remedy:
        'name a backup of this model, or restore it in a folder of its own with -C DIR; nothing was changed',
    });
  }
  const { store } = workspace.paths;
  if (replace || !existsSync(store)) return;
  throw new UsageError(`there is a store already: ${store}`, {
    why: `restoring puts the state of ${manifest.created_at} in its place: what was recorded since is no longer seen`,
    remedy: `stop what writes to it, then: mlops restore ${backup} --replace (the store that is there is kept beside it)`,
  });
}

async function requireUnaltered(backup: Backup, signal: AbortSignal): Promise<void> {
  const problems = await backupProblems(backup, signal);
  const [first] = problems;
  if (first === undefined) return;
  throw new DataError(`the backup ${basename(backup.folder)} is not as it was made`, {
    why: problems.length === 1 ? first : `${first}, and ${problems.length - 1} more`,
    remedy: 'choose another: mlops backup list; nothing was changed',
  });
}

/** What lies beside `.mlops` and is missing. @returns paths relative to the root */
function restoreFiles(root: string, { folder, manifest }: Backup): readonly string[] {
  const missing = ownFiles(manifest).filter((path) => !existsSync(join(root, path)));
  try {
    for (const path of missing) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      copyFileSync(join(folder, filesInBackup, path), join(root, path));
    }
  } catch (error) {
    throw fromSystemError(error, `${root} cannot be restored`);
  }
  return missing;
}

function ownFiles({ files }: Backup['manifest']): readonly string[] {
  const start = `${filesInBackup}/`;
  return files.filter(({ path }) => path.startsWith(start)).map(({ path }) => path.slice(start.length));
}

/** Files that a person may have changed since stay as they are; the reader is told. */
function differingFiles(workspace: Workspace, { folder, manifest }: Backup): readonly string[] {
  return ownFiles(manifest)
    .filter((path) => {
      const there = readFileSync(join(workspace.root, path));
      return !there.equals(readFileSync(join(folder, filesInBackup, path)));
    })
    .map(
      (path) =>
        `${path} differs from the backup's and stays; the other one: ${join(folder, filesInBackup, path)}`,
    );
}

/** Artifacts that are missing or damaged. @returns how many */
async function restoreArtifacts({ paths }: Workspace, { folder, manifest }: Backup): Promise<number> {
  const from = join(folder, artifactsInBackup);
  let restored = 0;
  for (const name of existsSync(from) ? readdirSync(from) : []) {
    const said = manifest.files.find(({ path }) => path === `${artifactsInBackup}/${name}`);
    const path = join(paths.artifacts, name);
    const intact =
      existsSync(path) && statSync(path).isFile() && (await hashFile(path)).sha256 === said?.sha256;
    if (intact) continue;
    writeFileAtomic(path, readFileSync(join(from, name)));
    restored++;
  }
  return restored;
}

/** The backup's store with one audit row more, which says what it replaced. */
function prepareStore(
  { paths }: Workspace,
  fresh: string,
  { folder, manifest }: Backup,
  { who, reason }: RestoreRequest,
  replaced: string | null,
  clock: Clock,
): void {
  const before = replaced === null ? null : { kept_as: replaced, audit: peekAuditHead(paths.store) };
  try {
    mkdirSync(dirname(fresh), { recursive: true });
    rmSync(fresh, { force: true });
    copyFileSync(join(folder, storeInBackup), fresh, constants.COPYFILE_FICLONE);
  } catch (error) {
    throw fromSystemError(error, `${fresh} cannot be written`);
  }
  using store = openStore(fresh, { create: false });
  const after = { backup: folder, created_at: manifest.created_at, audit: manifest.audit };
  store.change(() => recordEvent(store, { at: clock.now(), who, command: 'restore', reason, before, after }));
}
