import { spawn } from 'node:child_process';
import { statSync, watch } from 'node:fs';
import { join } from 'node:path';
import { executable } from '../executable/run-mlops.ts';
import { storeOf } from './store-state.ts';

/** Numbers in [0, 1) that a seed fixes: mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface Killed {
  /** False when the command had ended before the signal came. */
  readonly killed: boolean;
}

/** When to kill: counted from the start, or from the moment at which the command begins to write to the store. */
export type KillPoint = { readonly afterStart: number } | { readonly afterWrite: number };

/** Runs a command as a process of its own and kills it with SIGKILL, milliseconds after a moment of its life. */
export function runAndKill(
  workspace: string,
  commandLine: readonly string[],
  point: KillPoint,
): Promise<Killed> {
  const log = `${storeOf(workspace)}-wal`;
  return new Promise((resolve, reject) => {
    const timers: NodeJS.Timeout[] = [];
    const killIn = (delay: number) => timers.push(setTimeout(() => child.kill('SIGKILL'), delay));
    const watcher =
      'afterWrite' in point
        ? watch(join(workspace, '.mlops'), () => {
            if (timers.length === 0 && (statSync(log, { throwIfNoEntry: false })?.size ?? 0) > 0)
              killIn(point.afterWrite);
          })
        : undefined;
    const child = spawn(executable, ['-C', workspace, ...commandLine], { stdio: 'ignore' });
    if ('afterStart' in point) killIn(point.afterStart);
    child.on('error', reject);
    child.on('close', (_code, signal) => {
      watcher?.close();
      for (const timer of timers) clearTimeout(timer);
      resolve({ killed: signal === 'SIGKILL' });
    });
  });
}
