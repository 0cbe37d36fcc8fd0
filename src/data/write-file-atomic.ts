import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fromSystemError } from '../platform/errors.ts';
import { makeFolders } from './make-folders.ts';
import { removeUnfinished } from './remove-unfinished.ts';

/**
 * Writes the whole content or nothing: a temporary file beside it, flushed to the disk, then one rename.
 * @param mode permission bits of the file, by default as the system gives them to a new one
 * @throws InputOutputError when the disk is full, read-only or not permitted; what was there before stays.
 */
export function writeFileAtomic(path: string, content: string | Uint8Array, mode?: number): void {
  const fresh = `${path}.${process.pid}.tmp`;
  try {
    makeFolders(dirname(path));
    const descriptor = openSync(fresh, 'w');
    try {
      writeFileSync(descriptor, content);
      if (mode !== undefined) fchmodSync(descriptor, mode);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(fresh, path);
  } catch (error) {
    removeUnfinished(fresh);
    throw fromSystemError(error, `${path} cannot be written`);
  }
}
