import { existsSync, linkSync, renameSync, rmSync, statSync } from 'node:fs';
import { fromSystemError, systemErrorCode } from '../platform/errors.ts';

/**
 * Puts a fresh store file in the place of the one there, which is kept as `aside` with its write-ahead log. The path always
 * names one of the two.
 * @param fresh a closed store on the same file system, without a log of its own
 */
export function switchStore(path: string, fresh: string, aside: string): void {
  try {
    if (existsSync(path)) keepUnder(path, aside);
    // A log that stayed would be taken for the fresh store's own.
    const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
    if (log !== undefined && log.size > 0) renameSync(`${path}-wal`, `${aside}-wal`);
    else rmSync(`${path}-wal`, { force: true });
    renameSync(fresh, path);
    rmSync(`${path}-shm`, { force: true });
  } catch (error) {
    throw fromSystemError(error, `${path} cannot be replaced`);
  }
}

function keepUnder(path: string, aside: string): void {
  try {
    linkSync(path, aside);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP') throw error;
    // FAT and some network file systems know no hard links.
    renameSync(path, aside);
  }
}
