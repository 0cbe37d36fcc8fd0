import { existsSync } from 'node:fs';
import { toIso } from '../../platform/clock.ts';

/** A time (epoch milliseconds) as a part of a file's name: `20261124T060000Z`. */
export function fileStamp(at: number): string {
  return toIso(at).replace(/[-:]|\.\d+/g, '');
}

/** The path, or with a number behind it where something is there already. */
export function freePath(path: string): string {
  for (let number = 1; ; number++) {
    const free = number === 1 ? path : `${path}-${number}`;
    if (!existsSync(free)) return free;
  }
}
