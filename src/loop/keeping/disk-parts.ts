import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { CleanKind } from '../../data/results/disk.ts';
import type { Workspace } from '../../workspace/index.ts';

export interface DiskEntry {
  readonly path: string;
  readonly bytes: number;
  readonly files: number;
  /** Epoch milliseconds, of the newest file in it. */
  readonly modifiedAt: number;
}

export interface DiskPart {
  readonly name: 'store' | CleanKind;
  readonly path: string;
  /** Files, and folders with all that is in them. */
  readonly entries: readonly DiskEntry[];
}

/** Everything under `.mlops`, by what it is. */
export function diskParts({ paths }: Workspace): readonly DiskPart[] {
  const folder = dirname(paths.store);
  const name = basename(paths.store);
  const beside = entriesOf(folder, (each) => each.startsWith(name));
  const live = [name, `${name}-wal`, `${name}-shm`];
  return [
    { name: 'store', path: paths.store, entries: beside.filter(({ path }) => live.includes(basename(path))) },
    {
      name: 'stores',
      path: `${paths.store}.*`,
      entries: beside.filter(({ path }) => /\.(damaged|replaced)-/.test(basename(path))),
    },
    ...(['artifacts', 'reports', 'logs', 'exports', 'backups'] as const).map((kind) => ({
      name: kind,
      path: paths[kind],
      entries: entriesOf(paths[kind], () => true),
    })),
  ];
}

function entriesOf(folder: string, wanted: (name: string) => boolean): readonly DiskEntry[] {
  const names = existsSync(folder) ? readdirSync(folder).filter(wanted).toSorted() : [];
  return names.map((name) => entryOf(join(folder, name))).filter((each) => each !== undefined);
}

/** Undefined for what is gone meanwhile. A symbolic link counts as itself: what it leads to is not the workspace's. */
function entryOf(path: string): DiskEntry | undefined {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  if (!stat.isDirectory()) return { path, bytes: stat.size, files: 1, modifiedAt: stat.mtimeMs };
  const inside = entriesOf(path, () => true);
  return {
    path,
    bytes: inside.reduce((sum, each) => sum + each.bytes, 0),
    files: inside.reduce((sum, each) => sum + each.files, 0),
    modifiedAt: inside.reduce((newest, each) => Math.max(newest, each.modifiedAt), stat.mtimeMs),
  };
}
