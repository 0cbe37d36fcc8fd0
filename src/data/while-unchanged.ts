import { statSync } from 'node:fs';
import { DataError } from '../platform/errors.ts';
import type { InputFile } from './input-file.ts';

/**
 * Runs `work`, which reads the file.
 * @throws DataError when the file was written meanwhile, in place of what `work` said of it
 */
export async function whileUnchanged<T>(
  { path, name }: Pick<InputFile, 'path' | 'name'>,
  work: () => Promise<T>,
): Promise<T> {
  const before = stampOf(path);
  const requireUnchanged = () => {
    if (stampOf(path) !== before) throw changedWhileRead(name);
  };
  let result: T;
  try {
    result = await work();
  } catch (error) {
    if (error instanceof DataError) requireUnchanged();
    throw error;
  }
  requireUnchanged();
  return result;
}

/** Changes with whatever is written to the file, also when another one takes its place; undefined where there is none. */
function stampOf(path: string): string | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats && `${stats.dev} ${stats.ino} ${stats.size} ${stats.mtimeNs}`;
}

export function changedWhileRead(name: string): DataError {
  return new DataError(`${name} changed while it was read`, {
    remedy: 'run the command again when whatever writes the file has finished',
  });
}
