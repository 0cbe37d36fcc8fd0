import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

export interface Command {
  readonly program: string;
  readonly parameters: readonly string[];
  /** Exit codes that are no failure: `drift` says by its code what it found. */
  readonly exitCodes?: readonly number[];
  /** A process that takes longer is killed. */
  readonly secondsAtMost?: number;
}

/** A process was killed, or ended as none should. */
export class ProcessFailure extends Error {}

export interface Measured {
  readonly milliseconds: number;
  readonly stdout: string;
}

/** Runs the whole process once. @throws Error with its standard error when it fails */
export function measure({ program, parameters, exitCodes = [0], secondsAtMost }: Command): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const limit =
      secondsAtMost === undefined ? {} : { timeout: secondsAtMost * 1000, killSignal: 'SIGKILL' as const };
    const child = spawn(program, parameters, { stdio: ['ignore', 'pipe', 'pipe'], ...limit });
    let stdout = '';
    let stderr = '';
    let milliseconds = Number.NaN;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('exit', () => {
      milliseconds = performance.now() - started;
    });
    child.on('close', (code, signal) => {
      if (code !== null && exitCodes.includes(code)) resolve({ milliseconds, stdout });
      else if (secondsAtMost !== undefined && milliseconds >= secondsAtMost * 1000)
        reject(new ProcessFailure(`did not finish in ${secondsAtMost} s`));
      else
        reject(
          new ProcessFailure(`${program} ${parameters.join(' ')} ended with ${code ?? signal}: ${stderr}`),
        );
    });
  });
}

const gnuTime = '/usr/bin/time';

/** The same with the largest resident memory, in bytes; undefined where there is no GNU time to ask the kernel for it. */
export async function measureMemory(
  command: Command,
): Promise<Measured & { readonly peakBytes: number | undefined }> {
  if (!existsSync(gnuTime)) return { ...(await measure(command)), peakBytes: undefined };
  const figure = join(tmpdir(), `mlops-bench-memory-${process.pid}`);
  try {
    const parameters = ['--quiet', '-f', '%M', '-o', figure, command.program, ...command.parameters];
    const measured = await measure({ ...command, program: gnuTime, parameters });
    return { ...measured, peakBytes: Number(readFileSync(figure, 'utf8')) * 1024 };
  } finally {
    rmSync(figure, { force: true });
  }
}
