import { rmSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import type { CleanKind, CleanResult } from '../../data/results/disk.ts';
import { archiveEntriesOf, writeArchive } from '../../data/write-archive.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import { fromSystemError } from '../../platform/errors.ts';
import { openStore, recordEvent, type Store } from '../../store/index.ts';
import { durationMs, type Workspace } from '../../workspace/index.ts';
import { diskParts } from './disk-parts.ts';
import { keptArtifacts } from './kept-artifacts.ts';
import { newestBackup } from './list-backups.ts';

export interface CleanRequest {
  readonly what: readonly CleanKind[];
  /** Such as `90d`. */
  readonly olderThan: string;
  /** The newest so many of each kind stay. */
  readonly keep: number;
  /** A tar.zst with everything that is removed. */
  readonly archive?: string | undefined;
  readonly who: string;
  readonly reason: string;
}

/**
 * What a clean-up would remove. Never the store in use, an artifact that any version, Production's or another's, or a gate decision refers to, the
 * newest backup, or the program's own log.
 */
export function planCleaning(workspace: Workspace, request: CleanRequest, now: number): CleanResult {
  const { what, olderThan, keep } = request;
  using store = openStore(workspace.paths.store, { create: false });
  const protects = protection(workspace, store);
  const before = now - durationMs(olderThan);
  const items = diskParts(workspace).flatMap(({ name, entries }) => {
    if (name === 'store' || !what.includes(name)) return [];
    // An artifact that nothing refers to is no better for being new.
    const kept = name === 'artifacts' ? 0 : keep;
    return entries
      .toSorted((a, b) => b.modifiedAt - a.modifiedAt)
      .slice(kept)
      .filter(({ path, modifiedAt }) => modifiedAt < before && !protects(name, path))
      .map(({ path, bytes, modifiedAt }) => ({
        kind: name,
        path,
        bytes,
        modified_at: toIso(Math.floor(modifiedAt)),
      }));
  });
  return {
    removed: false,
    older_than: olderThan,
    keep,
    items,
    bytes: items.reduce((sum, each) => sum + each.bytes, 0),
    archive: null,
    notes: [],
  };
}

/** Removes what `planCleaning` showed, after it is archived where that was asked for and entered in the audit. */
export async function clean(
  workspace: Workspace,
  plan: CleanResult,
  request: CleanRequest,
  clock: Clock,
  signal: AbortSignal,
): Promise<CleanResult> {
  const archive = request.archive === undefined ? null : resolve(request.archive);
  const { root, paths } = workspace;
  if (archive !== null && plan.items.length > 0) {
    const entries = plan.items.flatMap(({ path }) => archiveEntriesOf(path, relative(root, path)));
    await writeArchive(archive, entries, { compression: 'zstd' }, signal);
  }
  signal.throwIfAborted();
  using store = openStore(paths.store, { create: false });
  const protects = protection(workspace, store);
  const items = plan.items.filter(({ kind, path }) => !protects(kind, path));
  if (items.length === 0) return { ...plan, items, bytes: 0, removed: true };
  const removed = items.map(({ path, bytes }) => ({ path: relative(root, path), bytes }));
  const { who, reason } = request;
  store.change(() =>
    recordEvent(store, {
      at: clock.now(),
      who,
      command: 'clean',
      reason,
      before: { removed },
      after: { archive },
    }),
  );
  for (const { path } of items) remove(path);
  return { ...plan, items, bytes: items.reduce((sum, each) => sum + each.bytes, 0), removed: true, archive };
}

function protection(workspace: Workspace, store: Store): (kind: CleanKind, path: string) => boolean {
  const referenced = new Set(keptArtifacts(store).map(({ hash, kind }) => `${hash}.${kind}`));
  const backup = newestBackup(workspace)?.path;
  const ownLog = join(workspace.paths.logs, 'mlops.jsonl');
  return (kind, path) =>
    (kind === 'artifacts' && referenced.has(basename(path))) || path === backup || path === ownLog;
}

function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch (error) {
    throw fromSystemError(error, `${path} cannot be removed`);
  }
}
