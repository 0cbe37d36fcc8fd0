import { resolve } from 'node:path';
import type { GateDecision } from '../data/results/gate.ts';

/** @throws InputOutputError when the file cannot be written */
export async function writeGatePage(file: string, result: GateDecision): Promise<void> {
  const { renderGatePage } = await import('../report/gate-page.tsx');
  const { writeFileAtomic } = await import('../data/write-file-atomic.ts');
  writeFileAtomic(resolve(file), renderGatePage(result));
}
