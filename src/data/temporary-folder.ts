import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromSystemError } from '../platform/errors.ts';

/** Gives `work` a fresh folder among the system's temporary ones; it is gone afterwards, also when the process exits midway. */
export async function withTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = makeFolder();
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    return await work(folder);
  } finally {
    process.off('exit', remove);
    remove();
  }
}

function makeFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'mlops-data-'));
  } catch (error) {
    throw fromSystemError(error, `no temporary folder can be made in ${tmpdir()}`);
  }
}
