import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const executable = join(import.meta.dirname, '..', '..', 'dist', 'mlops');

export interface RunOutcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built executable as a user would: its own process, no terminal. */
export function runMlops(
  commandLine: readonly string[],
  options: { cwd?: string; env?: Readonly<Record<string, string>>; input?: string; kill?: AbortSignal } = {},
): Promise<RunOutcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(executable, commandLine, {
      cwd: options.cwd,
      env: { ...process.env, NO_COLOR: '1', ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    options.kill?.addEventListener('abort', () => child.kill('SIGKILL'));
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}
