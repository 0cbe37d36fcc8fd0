import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type Clock, toIso } from '../platform/clock.ts';
import { fromSystemError, LockedError, systemErrorCode } from '../platform/errors.ts';
import { processStart } from './process-start.ts';

export interface LeaseHolder {
  readonly clock: Clock;
  /** Who runs it and what, for the message that others get: `ada, heal`. */
  readonly who: string;
}

export interface Lease {
  /** Gives it back; a second call does nothing. */
  release(): void;
}

const processDefinition = z.object({
  pid: z.int(),
  host: z.string(),
  /** Tells a process from a later one with the same id; null where the system does not say. */
  started: z.string().nullable(),
});
/** What tells a process from a later one with the same id. */
export type ProcessMark = z.infer<typeof processDefinition>;

const noteDefinition = processDefinition.extend({
  who: z.string(),
  since: z.string(),
});
type Note = z.infer<typeof noteDefinition>;

/**
 * Takes the lease at `path` for a long run, so that two of them never work at once.
 *
 * The file names its holder; when that process is gone (crash, kill -9), the lease is taken over. A holder on
 * another machine counts as alive, because nobody here can see whether it is.
 * @throws LockedError when somebody holds it; InputOutputError when the file cannot be written
 */
export function acquireLease(path: string, { clock, who }: LeaseHolder): Lease {
  const note: Note = { ...thisProcess(), who, since: toIso(clock.now()) };
  const text = `${JSON.stringify(note)}\n`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    if (!place(path, text)) takeOver(path, text);
  } catch (error) {
    throw fromSystemError(error, `the lease ${path} cannot be taken`);
  }
  let held = true;
  return {
    release: () => {
      if (held && readText(path) === text) rmSync(path, { force: true });
      held = false;
    },
  };
}

/** Replaces a dead holder's file, under a lock of its own: else two could each remove the other's fresh lease. */
function takeOver(path: string, text: string): void {
  refuseWhenHeld(path);
  const guard = `${path}.takeover`;
  if (!place(guard, text)) {
    const holder = readNote(guard);
    if (holder !== undefined && isAlive(holder)) throw locked(guard, holder);
    rmSync(guard, { force: true });
    if (!place(guard, text)) throw locked(guard, readNote(guard));
  }
  try {
    refuseWhenHeld(path);
    rmSync(path, { force: true });
    if (!place(path, text)) throw locked(path, readNote(path));
  } finally {
    rmSync(guard, { force: true });
  }
}

function refuseWhenHeld(path: string): void {
  const holder = readNote(path);
  if (holder !== undefined && isAlive(holder)) throw locked(path, holder);
}

/** Puts the whole file there at once; false when there is one already. */
function place(path: string, text: string): boolean {
  const fresh = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(fresh, text);
    linkSync(fresh, path);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(fresh, { force: true });
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Undefined when the file is gone or names no holder; then nobody holds it. */
function readNote(path: string): Note | undefined {
  try {
    const parsed = noteDefinition.safeParse(JSON.parse(readText(path) ?? 'null'));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export function thisProcess(): ProcessMark {
  return { pid: process.pid, host: hostname(), started: processStart(process.pid) };
}

/** This process for a lease that the store keeps, as text that `isProcessGone` reads. */
export function processMark(): string {
  return JSON.stringify(thisProcess());
}

/** True when the process of a mark has ended; one on another machine counts as alive. */
export function isProcessGone(mark: string): boolean {
  const parsed = processDefinition.safeParse(JSON.parse(mark));
  return !parsed.success || !isAlive(parsed.data);
}

/** A process on another machine counts as alive, because nobody here can see whether it is. */
export function isAlive(holder: ProcessMark): boolean {
  if (holder.host !== hostname()) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return systemErrorCode(error) !== 'ESRCH';
  }
  const started = processStart(holder.pid);
  return holder.started === null || started === null || started === holder.started;
}

function locked(path: string, holder: Note | undefined): LockedError {
  const whose =
    holder === undefined ? 'another process' : `${holder.who} (process ${holder.pid} on ${holder.host})`;
  return new LockedError(`${whose} is at work here`, {
    why: `it holds ${path}${holder === undefined ? '' : ` since ${holder.since}`}`,
    remedy: 'wait until it has ended, then run the command again; nothing was changed',
  });
}
