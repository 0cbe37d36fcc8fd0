import { linkSync, renameSync, rmSync } from 'node:fs';
import { systemErrorCode } from './errors.ts';

/**
 * Gives a finished file its place, unless one is there already: a hard link, unlike a rename, never replaces what another
 * process wrote. The file's own name is gone afterwards.
 * @returns false when there was a file already
 */
export function placeOnce(fresh: string, path: string): boolean {
  try {
    linkSync(fresh, path);
    return true;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'EEXIST') return false;
    // FAT and some network file systems know no hard links.
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP') throw error;
    renameSync(fresh, path);
    return true;
  } finally {
    rmSync(fresh, { force: true });
  }
}
