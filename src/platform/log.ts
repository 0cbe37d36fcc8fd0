import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { systemErrorCode } from './errors.ts';

export type LogLevel = 'info' | 'warn' | 'error';

export interface LogEntry {
  /** ISO 8601. */
  readonly time: string;
  readonly level: LogLevel;
  readonly msg: string;
  readonly [field: string]: unknown;
}

/** Bytes after which a log file makes room for a new one, and how many old ones are kept: `.1` is the newest of them. */
const fullBytes = 5_000_000;
export const keptLogs = 3;

/**
 * Appends one JSON line; a line shorter than a page comes whole also where several processes write at once. It never fails: a log
 * that cannot be written is no reason to fail what it tells about.
 */
export function appendLog(path: string, entry: LogEntry): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > fullBytes) rotate(path);
    appendFileSync(path, `${JSON.stringify(entry)}\n`);
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
  }
}

/** Of several processes at once one rotates; the others go on in the file as it is. */
function rotate(path: string): void {
  const guard = `${path}.rotating`;
  if (Date.now() - (statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > 10_000)
    rmSync(guard, { force: true });
  let lock: number;
  try {
    lock = openSync(guard, 'wx');
  } catch {
    return;
  }
  try {
    if (statSync(path).size <= fullBytes) return;
    for (let age = keptLogs; age >= 1; age--) {
      const younger = age === 1 ? path : `${path}.${age - 1}`;
      if (existsSync(younger)) renameSync(younger, `${path}.${age}`);
    }
  } finally {
    closeSync(lock);
    rmSync(guard, { force: true });
  }
}
