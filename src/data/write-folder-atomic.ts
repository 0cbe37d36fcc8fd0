import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { fromSystemError, systemErrorCode } from '../platform/errors.ts';
import { makeFolders } from './make-folders.ts';

/**
 * Makes a folder whole or not at all: `fill` writes into a fresh one beside it, which then takes its place; the folder that
 * was there goes only when the new one stands.
 * @throws InputOutputError when the disk is full, read-only or not permitted; what was there before stays
 */
export async function writeFolderAtomic<T>(folder: string, fill: (fresh: string) => Promise<T>): Promise<T> {
  const fresh = `${folder}.${process.pid}.tmp`;
  let made: string | undefined;
  let done = false;
  try {
    made = makeFolders(dirname(folder));
    restoreReplaced(folder);
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(fresh);
    const result = await fill(fresh);
    flushFolder(fresh);
    putInPlace(fresh, folder);
    flushFolder(dirname(folder));
    done = true;
    return result;
  } catch (error) {
    throw fromSystemError(error, `${folder} cannot be written`);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    if (!done && made !== undefined) removeEmpty(dirname(folder), made);
  }
}

const asideOf = (folder: string) => `${folder}.replaced`;

/** A crash between the two renames of a replacement left the old folder aside: it is put back, or removed when the new one stands. */
function restoreReplaced(folder: string): void {
  const aside = asideOf(folder);
  if (!existsSync(aside)) return;
  if (existsSync(folder)) rmSync(aside, { recursive: true, force: true });
  else renameSync(aside, folder);
}

/** Removes the folders that were made for this one, from the lowest up, as far as nobody else uses them. */
function removeEmpty(lowest: string, highest: string): void {
  try {
    for (let each = lowest; each.length >= highest.length; each = dirname(each)) rmdirSync(each);
  } catch {
    // Somebody else's files are in it, or it is gone already.
  }
}

function putInPlace(fresh: string, folder: string): void {
  try {
    renameSync(fresh, folder);
    return;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  }
  const aside = asideOf(folder);
  renameSync(folder, aside);
  try {
    renameSync(fresh, folder);
  } catch (error) {
    renameSync(aside, folder);
    throw error;
  }
  rmSync(aside, { recursive: true, force: true });
}

function flushFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
