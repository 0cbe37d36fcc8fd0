import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Command } from './process.ts';

/** The Python that the peers are installed in, or why there is none. */
export type Peers = { readonly python: string } | { readonly missing: string };

const folder = join(import.meta.dirname, 'peers');
const ensurePeers = join(import.meta.dirname, '..', '..', 'bin', 'ensure-peers');
const run = promisify(execFile);

/** Installs them at first use. */
export async function preparePeers(say: (line: string) => void): Promise<Peers> {
  say('preparing the peers; the first time takes a minute or two');
  try {
    const { stdout } = await run('bash', [ensurePeers]);
    return { python: stdout.trim() };
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return { missing: 'needs Python 3 with venv' };
  }
}

/** A script of `peers/`, started as an operator would. */
export function peer(python: string, script: string, ...parameters: readonly string[]): Command {
  return { program: python, parameters: [join(folder, script), ...parameters] };
}

/** `Evidently 0.7.23`, as the environment itself says. */
export async function peerVersion(python: string, label: string, distribution: string): Promise<string> {
  const program = `from importlib.metadata import version; print(version("${distribution}"))`;
  const { stdout } = await run(python, ['-c', program]);
  return `${label} ${stdout.trim()}`;
}
