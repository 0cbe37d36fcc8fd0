import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { withoutSecrets } from '../platform/redact.ts';
import { KeptOutput } from './kept-output.ts';

export interface ExecutionRequest {
  readonly file: string;
  readonly arguments: readonly string[];
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly limitMs: number;
  readonly signal: AbortSignal;
  /** Given what it prints while it runs. */
  readonly show: (chunk: Buffer) => void;
}

export interface Execution {
  readonly ended: 'exited' | 'timed_out' | 'interrupted';
  /** As a shell tells it: 128 and the signal's number for one that a signal ended; 127 where it could not be started. */
  readonly exit: number;
  /** The end of what it printed, without secrets: it is written down, and shared as a post-mortem. */
  readonly output: string;
}

/** Between the polite and the rude way to end a command. */
const graceMs = 3000;
/** A timer of more milliseconds would fire at once. */
const longestTimer = 2 ** 31 - 1;
/** How long to read on after a command has ended: a daemon that it left may hold its output open for ever. */
const drainMs = 250;

/**
 * Runs a command in a process group of its own and keeps the end of its output. Over its limit, or when the signal is
 * aborted, the whole group is ended: TERM, then KILL. What it leaves running after it has ended by itself is left alone.
 */
export function execute(request: ExecutionRequest): Promise<Execution> {
  const { promise, resolve } = Promise.withResolvers<Execution>();
  const kept = new KeptOutput();
  const child = spawn(request.file, [...request.arguments], {
    cwd: request.folder,
    env: request.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let ended: Execution['ended'] = 'exited';
  let rude: NodeJS.Timeout | undefined;
  const end = (why: Execution['ended']) => {
    if (ended !== 'exited') return;
    ended = why;
    signalGroup(child, 'SIGTERM');
    rude = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
  };
  const interrupt = () => end('interrupted');
  const limit = setTimeout(() => end('timed_out'), Math.min(request.limitMs, longestTimer));
  request.signal.addEventListener('abort', interrupt, { once: true });
  if (request.signal.aborted) interrupt();
  const keep = (chunk: Buffer) => {
    kept.add(chunk);
    request.show(chunk);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const finish = (exit: number) => {
    clearTimeout(limit);
    clearTimeout(rude);
    request.signal.removeEventListener('abort', interrupt);
    // The group's leader is gone; what it started and was to be ended with it goes now.
    if (ended !== 'exited') signalGroup(child, 'SIGKILL');
    child.stdout.destroy();
    child.stderr.destroy();
    resolve({ ended, exit, output: withoutSecrets(kept.text()) });
  };
  child.on('error', (error) => {
    kept.add(Buffer.from(error.message));
    finish(127);
  });
  child.on('exit', (code, signal) => {
    const exit = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
    const drained = setTimeout(() => finish(exit), drainMs);
    child.on('close', () => {
      clearTimeout(drained);
      finish(exit);
    });
  });
  return promise;
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It is gone.
  }
}
