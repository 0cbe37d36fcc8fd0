import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Load {
  readonly url: string;
  readonly body: string;
  readonly connections: number;
  readonly seconds: number;
}

export interface Loaded {
  readonly perSecond: number;
  readonly requests: number;
  /** Answers that were not 2xx or 3xx. */
  readonly failed: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** Whether wrk is installed: apt-get install wrk. */
export async function hasWrk(): Promise<boolean> {
  const told = await run('wrk', ['--version']).catch((error: { readonly stdout?: string }) => error);
  return told.stdout?.startsWith('wrk') === true;
}

/** Sends the same body over and over, each connection as soon as it was answered. */
export async function load({ url, body, connections, seconds }: Load): Promise<Loaded> {
  const script = join(tmpdir(), `mlops-bench-${process.pid}.lua`);
  const lines = [
    'wrk.method = "POST"',
    'wrk.headers["content-type"] = "application/json"',
    `wrk.body = [==[${body}]==]`,
  ];
  writeFileSync(script, lines.join('\n'));
  try {
    const threads = '1';
    const { stdout } = await run('wrk', [
      ...[
        '-t',
        threads,
        '-c',
        String(connections),
        '-d',
        `${seconds}s`,
        '--timeout',
        '20s',
        '--latency',
        '-s',
        script,
        url,
      ],
    ]);
    const found = (pattern: RegExp) => pattern.exec(stdout)?.[1] ?? '0';
    return {
      perSecond: Number(found(/Requests\/sec: +([\d.]+)/)),
      requests: Number(found(/(\d+) requests in/)),
      failed: Number(found(/Non-2xx or 3xx responses: (\d+)/)),
      p50: milliseconds(found(/ 50% +(\S+)/)),
      p99: milliseconds(found(/ 99% +(\S+)/)),
    };
  } finally {
    rmSync(script, { force: true });
  }
}

function milliseconds(text: string): number {
  const [, number, unit] = /^([\d.]+)(us|ms|s)$/.exec(text) ?? [];
  return Number(number) * ({ us: 0.001, ms: 1, s: 1000 }[unit ?? ''] ?? Number.NaN);
}
