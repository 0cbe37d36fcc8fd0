import { existsSync } from 'node:fs';

/** The path, or with a number behind it where something is there already. */
export function freePath(path: string): string {
  for (let number = 1; ; number++) {
    const free = number === 1 ? path : `${path}-${number}`;
    if (!existsSync(free)) return free;
  }
}
