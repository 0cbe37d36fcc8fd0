import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fromSystemError } from '../platform/errors.ts';
import { makeFolders } from './make-folders.ts';
import { removeUnfinished } from './remove-unfinished.ts';

/**
 * Writes the whole content or nothing: a temporary file beside it, flushed to the disk, then one rename.
 * @throws InputOutputError when the disk is full, read-only or not permitted; what was there before stays.
 */
export function writeFileAtomic(path: string, content: string | Uint8Array): void {
  const fresh = `${path}.${process.pid}.tmp`;
  try {
    makeFolders(dirname(path));
    const descriptor = openSync(fresh, 'w');
    try {
      writeFileSync(descriptor, content);
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
