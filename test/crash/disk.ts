import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder } from './small-workspace.ts';

export interface Disk {
  readonly root: string;
  /** Leaves so many bytes free, within a page. */
  fillUpTo(free: number): void;
  /** Takes the filling away. */
  free(): void;
  makeReadOnly(): void;
  remove(): void;
}

/** A file system in memory of so many bytes, or undefined where this user may not mount one. */
export function mountDisk(bytes: number): Disk | undefined {
  const root = join(newFolder(), 'disk');
  mkdirSync(root);
  const mount = (...options: readonly string[]) => spawnSync('mount', options).status === 0;
  if (!mount('-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', root)) return undefined;
  const filling = join(root, 'filling');
  return {
    root,
    fillUpTo: (free) => {
      const { bavail, bsize } = statfsSync(root);
      const file = openSync(filling, 'w');
      writeSync(file, Buffer.alloc(Math.max(0, bavail * bsize - free)));
      closeSync(file);
    },
    free: () => rmSync(filling),
    makeReadOnly: () => {
      if (!mount('-o', 'remount,ro', root)) throw new Error(`${root} cannot be made read-only`);
    },
    remove: () => {
      spawnSync('umount', [root]);
    },
  };
}
