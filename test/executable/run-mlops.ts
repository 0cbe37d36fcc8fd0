import { join } from 'node:path';
import { execa } from 'execa';

export const executable = join(import.meta.dirname, '..', '..', 'dist', 'mlops');

export interface RunOutcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
  readonly kill?: AbortSignal;
}

/** Runs the built executable as a user would: its own process, no terminal. */
export async function runMlops(
  commandLine: readonly string[],
  { cwd, env, input = '', kill }: RunOptions = {},
): Promise<RunOutcome> {
  const { exitCode, signal, stdout, stderr } = await execa(executable, commandLine, {
    reject: false,
    stripFinalNewline: false,
    input,
    env: { NO_COLOR: '1', ...env },
    killSignal: 'SIGKILL',
    ...(cwd === undefined ? {} : { cwd }),
    ...(kill === undefined ? {} : { cancelSignal: kill }),
  });
  return { code: exitCode ?? null, signal: signal ?? null, stdout, stderr };
}
