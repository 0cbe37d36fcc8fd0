import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { systemErrorCode } from '../../../platform/errors.ts';

const everyMs = 100;

/** Looks now and then at how much a folder holds, and calls `full` once it is more than `mostBytes`. */
export function watchFolder(
  folder: string,
  mostBytes: number,
  full: () => void,
): { look(): void; stop(): void } {
  const look = () => {
    if (bytesIn(folder) <= mostBytes) return;
    clearInterval(timer);
    full();
  };
  const timer = setInterval(look, everyMs);
  return { look, stop: () => clearInterval(timer) };
}

/** What has gone meanwhile counts nothing. */
function bytesIn(folder: string): number {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).reduce(
      (sum, name) => sum + (lstatSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return 0;
    throw error;
  }
}
