import { constants, copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { hashFile } from '../../data/hash-file.ts';
import type { BackupManifest, BackupResult } from '../../data/results/backup.ts';
import { writeFileAtomic } from '../../data/write-file-atomic.ts';
import { writeFolderAtomic } from '../../data/write-folder-atomic.ts';
import { type Clock, durationSince, fileStamp, toIso } from '../../platform/clock.ts';
import { MlopsError, messageWithCause } from '../../platform/errors.ts';
import { sha256 } from '../../platform/sha256.ts';
import { version } from '../../platform/version.ts';
import { artifactPath, findProduction, readArtifact } from '../../registry/index.ts';
import {
  auditHead,
  copyStore,
  openForReading,
  openStore,
  recordEvent,
  type Store,
  storeVersion,
} from '../../store/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { calibrationPath } from '../monitoring/calibration-file.ts';
import { artifactsInBackup, filesInBackup, manifestName, storeInBackup } from './backup-manifest.ts';
import { freePath } from './free-path.ts';
import { keptArtifacts } from './kept-artifacts.ts';

export interface BackupRequest {
  /** Folder that the backup is made in; by default the workspace's. */
  readonly to?: string | undefined;
  readonly who: string;
  readonly reason: string;
}

/**
 * Copies the store as of one moment, every artifact that a version or a gate decision needs, the configuration, schema and runbook pages into a
 * new folder with a manifest. Others may write meanwhile. The audit then says who made it.
 * @throws InputOutputError when it cannot be written; then nothing is left of it
 */
export async function backupWorkspace(
  workspace: Workspace,
  request: BackupRequest,
  clock: Clock,
  signal: AbortSignal,
): Promise<BackupResult> {
  const started = clock.elapsed();
  const at = clock.now();
  const parent = request.to === undefined ? workspace.paths.backups : resolve(request.to);
  const folder = freePath(join(parent, fileStamp(at)));
  using store = openForReading(workspace.paths.store);
  const { manifest, text } = await writeFolderAtomic(folder, async (fresh) => {
    const manifest = await fill(fresh, relative(parent, folder), workspace, store, at, signal);
    const text = `${JSON.stringify(manifest, null, 2)}\n`;
    writeFileAtomic(join(fresh, manifestName), text);
    signal.throwIfAborted();
    return { manifest, text };
  });
  const hash = sha256(Buffer.from(text));
  const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  const change = { at: clock.now(), who: request.who, command: 'backup', reason: request.reason };
  const after = { path: folder, manifest_sha256: hash, audit: manifest.audit };
  return {
    status: manifest.missing.length === 0 ? 'OK' : 'WARNING',
    name: manifest.name,
    path: folder,
    files: manifest.files.length,
    bytes,
    manifest_sha256: hash,
    audit: manifest.audit,
    problems: manifest.missing,
    notes: [...enterInAudit(store, { ...change, before: null, after })],
    duration_ms: durationSince(clock, started),
  };
}

async function fill(
  fresh: string,
  name: string,
  workspace: Workspace,
  store: Store,
  at: number,
  signal: AbortSignal,
): Promise<BackupManifest> {
  await copyStore(store, join(fresh, storeInBackup));
  signal.throwIfAborted();
  const { missing, ...known } = copyArtifacts(fresh, workspace);
  copyOwnFiles(fresh, workspace);
  const files: BackupManifest['files'] = [];
  for (const path of filesIn(fresh)) files.push({ path, ...(await hashFile(join(fresh, path), signal)) });
  return {
    backup_version: 1,
    name,
    model: workspace.config.model.name,
    created_at: toIso(at),
    mlops_version: version,
    store_version: storeVersion,
    ...known,
    files,
    missing,
  };
}

/** What the copied store refers to, and not what the live one may refer to by now. */
function copyArtifacts(fresh: string, { paths }: Workspace) {
  using copy = openStore(join(fresh, storeInBackup), { create: false });
  const missing: string[] = [];
  const folder = join(fresh, artifactsInBackup);
  mkdirSync(folder);
  for (const { hash, kind } of keptArtifacts(copy)) {
    try {
      writeFileAtomic(artifactPath(folder, hash, kind), readArtifact(paths.artifacts, hash, kind));
    } catch (error) {
      if (!(error instanceof MlopsError) || !isUnfit(error)) throw error;
      missing.push(messageWithCause(error));
    }
  }
  const head = auditHead(copy);
  copy.connection.pragma('journal_mode = DELETE');
  return {
    missing,
    audit: { events: head.seq, head: head.hash },
    production: findProduction(copy)?.version.toString() ?? null,
  };
}

/** Missing or damaged; that the backup cannot be written is another matter. */
function isUnfit(error: MlopsError): boolean {
  return error.name === 'DataError' || error.name === 'NoInputError';
}

/** Configuration, schema with its calibration and runbook pages, as far as they lie in the workspace. */
function copyOwnFiles(fresh: string, workspace: Workspace): void {
  const pages = join(workspace.root, 'runbook');
  const wanted = [
    workspace.configurationPath,
    ...[workspace.schemaPath, calibrationPath(workspace.schemaPath)].filter((path) => existsSync(path)),
    ...(existsSync(pages) ? filesIn(pages).map((path) => join(pages, path)) : []),
  ];
  for (const path of wanted) {
    const inside = relative(workspace.root, path);
    if (inside.startsWith('..') || isAbsolute(inside)) continue;
    const target = join(fresh, filesInBackup, inside);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(path, target, constants.COPYFILE_FICLONE);
  }
}

/** Paths of all files under a folder, relative to it, in order. */
export function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .toSorted();
}

/** The backup stands already: a store that cannot be written to does not undo it. @returns what to tell the reader */
function enterInAudit(store: Store, entry: Parameters<typeof recordEvent>[1]): readonly string[] {
  try {
    store.change(() => recordEvent(store, entry));
    return [];
  } catch (error) {
    if (!(error instanceof MlopsError)) throw error;
    return [`the backup is not in the audit: ${messageWithCause(error)}`];
  }
}
