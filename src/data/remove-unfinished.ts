import { rmSync } from 'node:fs';

/** Removes what a failure left of a file; that it cannot be removed must not hide why it could not be written. */
export function removeUnfinished(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Such as a part of the path that is not a directory: then there is nothing to remove.
  }
}
