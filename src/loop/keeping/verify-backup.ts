import { copyFileSync, cpSync, existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { BackupVerification } from '../../data/results/backup.ts';
import type { Verification } from '../../data/results/verify.ts';
import { withTemporaryFolder } from '../../data/temporary-folder.ts';
import { type Clock, durationSince } from '../../platform/clock.ts';
import { MlopsError, messageWithCause, NoInputError } from '../../platform/errors.ts';
import { auditHead, openStore } from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { verifyWorkspace } from '../versions/verify-workspace.ts';
import {
  artifactsInBackup,
  type Backup,
  backupFolder,
  readBackup,
  storeInBackup,
} from './backup-manifest.ts';
import { backupProblems } from './check-backup.ts';
import { newestBackup } from './list-backups.ts';

/**
 * Compares a backup with its manifest, restores it into a temporary place and runs `verify` there.
 * @param name of a backup, or its folder; by default the newest of the workspace
 * @throws NoInputError when there is none; DataError when its manifest is none; ConfigurationError when a newer mlops made it
 */
export async function verifyBackup(
  workspace: Workspace,
  name: string | undefined,
  clock: Clock,
  signal: AbortSignal,
): Promise<BackupVerification> {
  const started = clock.elapsed();
  const backup = readBackup(backupFolder(workspace, name ?? newestName(workspace)));
  const { folder, manifest } = backup;
  const altered = await backupProblems(backup, signal);
  const restored = await withTemporaryFolder((temporary) => verifyIn(temporary, workspace, backup));
  const problems = [...altered, ...manifest.missing, ...restored.problems];
  return {
    status: problems.length === 0 ? 'OK' : 'CRITICAL',
    name: basename(folder),
    path: folder,
    created_at: manifest.created_at,
    files: manifest.files.length,
    bytes: manifest.files.reduce((sum, file) => sum + file.bytes, 0),
    audit_events: restored.events,
    artifacts: restored.artifacts,
    problems: [...new Set(problems)],
    notes: [...restored.notes],
    duration_ms: durationSince(clock, started),
  };
}

function newestName(workspace: Workspace): string {
  const newest = newestBackup(workspace);
  if (newest !== undefined) return newest.name;
  throw new NoInputError('there is no backup yet', {
    why: `${workspace.paths.backups} holds none`,
    remedy: 'make one: mlops backup',
  });
}

type Found = Pick<Verification, 'events' | 'artifacts' | 'problems' | 'notes'>;

async function verifyIn(
  temporary: string,
  workspace: Workspace,
  { folder, manifest }: Backup,
): Promise<Found> {
  const nothing = { events: 0, artifacts: 0, notes: [] };
  if (!existsSync(join(folder, storeInBackup))) return { ...nothing, problems: [] };
  const store = join(temporary, storeInBackup);
  const artifacts = join(temporary, artifactsInBackup);
  copyFileSync(join(folder, storeInBackup), store);
  if (existsSync(join(folder, artifactsInBackup)))
    cpSync(join(folder, artifactsInBackup), artifacts, { recursive: true });
  const place = { ...workspace, root: temporary, paths: { ...workspace.paths, store, artifacts } };
  try {
    const found = await verifyWorkspace(place);
    return { ...found, problems: [...found.problems, ...headProblems(store, manifest)] };
  } catch (error) {
    if (!(error instanceof MlopsError)) throw error;
    return { ...nothing, problems: [messageWithCause(error)] };
  }
}

function headProblems(path: string, { audit }: Backup['manifest']): readonly string[] {
  using store = openStore(path, { create: false });
  const { seq, hash } = auditHead(store);
  return seq === audit.events && hash === audit.head
    ? []
    : [`its store ends with audit row ${seq}, the manifest says ${audit.events}`];
}
