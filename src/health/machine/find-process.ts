import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { commandLine, processIds, processStat } from '../../platform/processes.ts';

export type FoundProcess =
  | { readonly kind: 'running'; readonly pids: readonly [number, ...number[]] }
  | { readonly kind: 'gone'; readonly why: string };

/** A process by its pidfile (a path with a slash, relative to `root`) or by its name as `ps` shows it. */
export function findProcess(wanted: string, root: string): FoundProcess {
  return wanted.includes('/') ? byPidfile(resolve(root, wanted)) : byName(wanted);
}

function byPidfile(path: string): FoundProcess {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch {
    return { kind: 'gone', why: `there is no pidfile ${path}` };
  }
  const pid = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (pid === 0) return { kind: 'gone', why: `the pidfile ${path} holds no process id` };
  return isRunning(pid)
    ? { kind: 'running', pids: [pid] }
    : { kind: 'gone', why: `process ${pid} of ${path} has ended` };
}

function byName(name: string): FoundProcess {
  const [first, ...more] = processIds().filter(
    (pid) => pid !== process.pid && namesOf(pid).includes(name) && isRunning(pid),
  );
  return first === undefined
    ? { kind: 'gone', why: `no process is called ${name}` }
    : { kind: 'running', pids: [first, ...more] };
}

/** The kernel's name, the program's, and that of the script an interpreter runs: `python3 /srv/api.py` is also api.py. */
function namesOf(pid: number): readonly string[] {
  const kernel = processStat(pid)?.name ?? '';
  const [program = '', script = ''] = commandLine(pid);
  return [kernel, basename(program), ...(script.startsWith('-') ? [] : [basename(script)])];
}

function isRunning(pid: number): boolean {
  const state = processStat(pid)?.state;
  return state !== undefined && state !== 'Z' && state !== 'X';
}
