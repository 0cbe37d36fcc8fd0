import { readdirSync, readFileSync } from 'node:fs';

/** What Linux's /proc tells of the machine's processes; on other systems, and for a process that has ended, nothing. */

export function processIds(): readonly number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** Every process that `pid` started, and those that they started. */
export function descendants(pid: number): readonly number[] {
  const parents = processIds().map((each) => [each, processStat(each)?.parent] as const);
  const found = new Set([pid]);
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const [each, parent] of parents) if (parent !== undefined && found.has(parent)) found.add(each);
  }
  found.delete(pid);
  return [...found];
}

export interface ProcessStat {
  /** At most 15 characters, as the kernel keeps it. */
  readonly name: string;
  /** Such as `S`, sleeping; `Z` has ended and only waits for its parent to notice. */
  readonly state: string;
  readonly parent: number;
  /** Ticks of CPU time used, by it and its threads. */
  readonly ticks: number;
  /** Ticks from the machine's start to its own. */
  readonly startedTicks: number;
  /** Pages in memory. */
  readonly pages: number;
}

/** Ticks a second, and bytes a page, of every Linux on x86-64. */
export const ticksPerSecond = 100;
export const pageBytes = 4096;

export function processStat(pid: number): ProcessStat | undefined {
  const stat = readProc(`${pid}/stat`);
  if (stat === undefined) return undefined;
  // The name, in parentheses, may itself hold blanks and parentheses.
  const end = stat.lastIndexOf(')');
  const [state = '', ...fields] = stat.slice(end + 2).split(' ');
  const field = (index: number) => Number(fields[index]);
  return {
    name: stat.slice(stat.indexOf('(') + 1, end),
    state,
    parent: field(0),
    ticks: field(10) + field(11),
    startedTicks: field(18),
    pages: field(20),
  };
}

/** Its words; none for a process of the kernel or of another user's that hides them. */
export function commandLine(pid: number): readonly string[] {
  const words = readProc(`${pid}/cmdline`)?.split('\0') ?? [];
  return words.at(-1) === '' ? words.slice(0, -1) : words;
}

/** Text of a file under /proc; undefined where it cannot be read. */
export function readProc(path: string): string | undefined {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    return undefined;
  }
}
