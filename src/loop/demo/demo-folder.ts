import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InterruptedError } from '../../platform/errors.ts';

/** Gives `work` the named folder, or a fresh one among the temporary ones, which stays to be looked at unless `work` was interrupted. */
export async function inDemoFolder<T>(
  named: string | undefined,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  if (named !== undefined) return work(named);
  const folder = mkdtempSync(join(tmpdir(), 'mlops-demo-'));
  try {
    return await work(folder);
  } catch (error) {
    if (error instanceof InterruptedError) rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}
