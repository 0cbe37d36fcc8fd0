import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { StringDecoder } from 'node:string_decoder';
import { systemErrorCode } from './errors.ts';
import { descendants } from './processes.ts';

export interface CommandRequest {
  readonly cwd: string;
  /** Milliseconds until it is killed, with every process it has started. */
  readonly limitMs: number;
  readonly signal: AbortSignal;
  /**
   * `end` (default) keeps the last characters of its output, `start` the first. A number is an open file that takes all of it:
   * for commands that leave a process behind, which goes on writing there.
   */
  readonly output?: 'start' | 'end' | number;
  /** Most characters kept. */
  readonly keep?: number;
}

export type CommandOutcome =
  | { readonly kind: 'exited'; readonly code: number; readonly output: string; readonly ms: number }
  /** Killed by a signal that was not ours. */
  | { readonly kind: 'killed'; readonly by: string; readonly output: string; readonly ms: number }
  | { readonly kind: 'timeout'; readonly output: string; readonly ms: number }
  | { readonly kind: 'not-started'; readonly why: string };

const keptByDefault = 64_000;
/** Milliseconds that the output of an ended command is still waited for, when a process it left behind holds it open. */
const drainMs = 100;

/**
 * Runs a shell command (a text) or a program (a list) in a process group of its own, without input. However much it prints, a
 * bounded part of it is kept; at the limit, and when `signal` is aborted, the whole group ends.
 * @throws what the signal was aborted with
 */
export async function runCommand(
  command: string | readonly [string, ...string[]],
  { cwd, limitMs, signal, output = 'end', keep = keptByDefault }: CommandRequest,
): Promise<CommandOutcome> {
  signal.throwIfAborted();
  const started = performance.now();
  const sink = typeof output === 'number' ? output : 'pipe';
  const child = start(command, cwd, sink);
  const kept = keepOutput(child, output === 'start' ? 'start' : 'end', keep);
  const ended = Promise.withResolvers<CommandOutcome>();
  const ms = () => performance.now() - started;
  let timedOut = false;
  const limit = setTimeout(() => {
    timedOut = true;
    killAll(child);
  }, limitMs);
  const stop = () => killAll(child);
  signal.addEventListener('abort', stop);
  child.on('error', (error) =>
    ended.resolve({ kind: 'not-started', why: notStarted(error, child.spawnfile, cwd) }),
  );
  child.on('exit', (code, by) => {
    void drained(child).then(() => {
      if (timedOut) ended.resolve({ kind: 'timeout', output: kept(), ms: ms() });
      else if (code === null)
        ended.resolve({ kind: 'killed', by: by ?? 'a signal', output: kept(), ms: ms() });
      else ended.resolve({ kind: 'exited', code, output: kept(), ms: ms() });
    });
  });
  try {
    return await ended.promise;
  } finally {
    clearTimeout(limit);
    signal.removeEventListener('abort', stop);
    signal.throwIfAborted();
  }
}

function start(
  command: string | readonly [string, ...string[]],
  cwd: string,
  sink: 'pipe' | number,
): ChildProcess {
  const [file, args] =
    typeof command === 'string' ? ['/bin/sh', ['-c', command]] : [command[0], command.slice(1)];
  return spawn(file, args, { cwd, detached: true, stdio: ['ignore', sink, sink] });
}

/** Both streams are read as they come, so that a command never waits for us; what is not kept is let go. */
function keepOutput(child: ChildProcess, side: 'start' | 'end', keep: number): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    const decoder = new StringDecoder('utf8');
    stream?.on('data', (chunk: Buffer) => {
      if (side === 'start' && text.length >= keep) return;
      text += decoder.write(chunk);
      if (side === 'start') text = text.slice(0, keep);
      else if (text.length > 2 * keep) text = text.slice(-keep);
    });
  }
  return () => (side === 'start' ? text : text.slice(-keep));
}

async function drained(child: ChildProcess): Promise<void> {
  const streams = [child.stdout, child.stderr].filter((each) => each !== null);
  const closed = Promise.all(
    streams.map(
      (stream) => new Promise((resolve) => (stream.closed ? resolve(true) : stream.once('close', resolve))),
    ),
  );
  const patience = Promise.withResolvers<void>();
  const timer = setTimeout(patience.resolve, drainMs);
  await Promise.race([closed, patience.promise]);
  clearTimeout(timer);
  for (const stream of streams) stream.destroy();
}

/** The group, and descendants that left it for a session of their own. */
function killAll({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  const strays = descendants(pid);
  for (const target of [-pid, ...strays]) {
    try {
      process.kill(target, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
}

function notStarted(error: Error, file: string, cwd: string): string {
  const code = systemErrorCode(error);
  if (code === 'ENOENT') return `${file} is not installed, or the folder ${cwd} is gone`;
  if (code === 'EACCES') return `${file} may not be run (permission denied)`;
  return error.message;
}

interface StreamRequest {
  readonly cwd: string;
  readonly signal: AbortSignal;
  line(text: string): void;
}

/** Runs a command that prints until `signal` is aborted, and passes its lines on. @returns why it ended before that, in words */
export async function streamCommand(
  command: string | readonly [string, ...string[]],
  { cwd, signal, line }: StreamRequest,
): Promise<string> {
  if (signal.aborted) return 'it was stopped';
  const child = start(command, cwd, 'pipe');
  const ended = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr])
    if (stream !== null) createInterface({ input: stream }).on('line', line);
  const stop = () => killAll(child);
  signal.addEventListener('abort', stop);
  child.on('error', (error) => ended.resolve(notStarted(error, child.spawnfile, cwd)));
  child.on('close', (code) => ended.resolve(`${child.spawnfile} ended with exit code ${code ?? 'none'}`));
  try {
    return await ended.promise;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
