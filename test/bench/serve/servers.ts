import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import type { Command } from '../process.ts';

export interface Server {
  readonly url: string;
  readonly pid: number;
  /** Milliseconds from its start to its first answer. */
  readonly startedIn: number;
  stop(): Promise<void>;
}

/** Starts a server and waits for its first answer to `body`. */
export async function startServer(
  { program, parameters }: Command,
  url: string,
  body: string,
): Promise<Server> {
  const started = performance.now();
  const child = spawn(program, parameters, { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await firstAnswer(child, url, body);
  return {
    url,
    pid: child.pid ?? 0,
    startedIn: performance.now() - started,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function firstAnswer(child: ChildProcess, url: string, body: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  while (child.exitCode === null) {
    const answer = await fetch(url, { method: 'POST', headers, body }).catch(() => undefined);
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error(`${url} was never answered`);
}

/** Seconds of CPU that a process has used, all its threads together. */
export function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

export function residentMegabytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1000;
}
