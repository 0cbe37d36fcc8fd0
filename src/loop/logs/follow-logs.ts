import { closeSync, fstatSync, openSync, statSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { LogsResult, ShownLogLine } from '../../data/results/logs.ts';
import type { Clock } from '../../platform/clock.ts';
import { streamCommand } from '../../platform/run-command.ts';
import type { Workspace } from '../../workspace/index.ts';
import { logCommand, parseOriginLine } from './log-command.ts';
import { type LogOrigin, logOrigins } from './log-origin.ts';
import { readPart } from './read-file-end.ts';
import { isWanted, type LogQuestion, type PlacedLine, shown } from './read-logs.ts';

export interface Followed {
  line(line: ShownLogLine): void;
  /** A log that cannot be followed, or no longer. */
  unavailable(what: LogsResult['unavailable'][number]): void;
}

/** The files that are followed, open where they end now; what was there before is for `readLogs` with `upTo`. */
export interface Tails {
  readonly origins: readonly LogOrigin[];
  readonly upTo: ReadonlyMap<string, number>;
  readonly open: ReadonlyMap<string, OpenFile>;
}

/** @throws NoInputError as logOrigins does */
export function openTails(workspace: Workspace, service: string | undefined): Tails {
  const origins = logOrigins(workspace, service);
  const open = new Map<string, OpenFile>();
  for (const origin of origins) {
    const file = origin.kind === 'file' ? openAtEnd(origin.path) : undefined;
    if (origin.kind === 'file' && file !== undefined) open.set(origin.path, file);
  }
  return { origins, open, upTo: new Map([...open].map(([path, file]) => [path, file.position])) };
}

/**
 * Passes on every line that the logs get from then on, as it comes, until `signal` is aborted. Files are watched by the system's
 * own notices, also when they are rotated; journald and containers by their own commands; a log command of mlops.yaml ends by
 * itself and cannot be followed.
 */
export async function followLogs(
  tails: Tails,
  question: LogQuestion,
  { root, clock, signal }: { readonly root: string; readonly clock: Clock; readonly signal: AbortSignal },
  followed: Followed,
): Promise<void> {
  const ended = new Promise<void>((resolve) =>
    signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  const work = tails.origins.map((origin) => {
    const pass = passerOf(origin, question, clock, followed);
    if (origin.kind === 'file') return followFile(origin.path, tails.open.get(origin.path), ended, pass);
    if (origin.kind === 'command') {
      followed.unavailable({
        source: origin.name,
        why: 'its log is a command, which is not followed: name the file, the container or journald:UNIT',
      });
      return undefined;
    }
    return followCommand(origin, root, signal, pass, followed);
  });
  await Promise.all([ended, ...work]);
}

/** Judges each line by itself; one without a time is of the level of the one before. */
function passerOf(
  origin: LogOrigin,
  question: LogQuestion,
  clock: Clock,
  followed: Followed,
): (text: string) => void {
  let level: PlacedLine['level'] = null;
  return (text) => {
    if (text.trim() === '') return;
    const now = clock.now();
    const line = parseOriginLine(origin, text, now);
    level = line.at === null ? (line.level ?? level) : line.level;
    const placed = { ...line, level, source: origin.name, place: now };
    if (isWanted(placed, { ...question, since: undefined })) followed.line(shown(placed));
  };
}

async function followCommand(
  origin: Exclude<LogOrigin, { kind: 'file' }>,
  cwd: string,
  signal: AbortSignal,
  pass: (line: string) => void,
  followed: Followed,
): Promise<void> {
  const command = logCommand(origin, { since: undefined, lines: 0, follow: true });
  const end = await streamCommand(command, { cwd, signal, line: pass });
  if (!signal.aborted) followed.unavailable({ source: origin.name, why: end });
}

async function followFile(
  path: string,
  opened: OpenFile | undefined,
  ended: Promise<void>,
  pass: (line: string) => void,
): Promise<void> {
  const reader = fileReader(path, opened, pass);
  try {
    // The folder, not the file: a file that is rotated away, or not there yet, keeps being followed.
    const watcher = watch(dirname(path), (_, name) => {
      if (name === null || name === basename(path)) reader.read();
    });
    watcher.on('error', () => undefined);
    // What came between the first look and the watch.
    reader.read();
    await ended;
    watcher.close();
  } catch {
    // No such folder, or no notices left to the system: there is nothing to follow.
  } finally {
    reader.close();
  }
}

/** Reads what was appended since the last time; after a rotation, first the rest of the old file, then the new one. */
function fileReader(path: string, opened: OpenFile | undefined, pass: (line: string) => void) {
  let open = opened;
  let rest = '';
  const drain = () => {
    if (open === undefined) return;
    const { size } = fstatSync(open.file);
    if (size < open.position) open.position = 0;
    const text = rest + readPart(open.file, open.position, size);
    open.position = size;
    const lines = text.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) pass(line);
  };
  return {
    read: () => {
      drain();
      const found = statSync(path, { throwIfNoEntry: false });
      if (found === undefined || found.ino === open?.ino) return;
      if (open !== undefined) closeSync(open.file);
      rest = '';
      open = { file: openSync(path, 'r'), ino: found.ino, position: 0 };
      drain();
    },
    close: () => {
      if (open !== undefined) closeSync(open.file);
    },
  };
}

interface OpenFile {
  readonly file: number;
  readonly ino: number;
  /** Bytes that were read. */
  position: number;
}

/** Undefined where it is not there yet, or cannot be read. */
function openAtEnd(path: string): OpenFile | undefined {
  try {
    const file = openSync(path, 'r');
    const { ino, size } = fstatSync(file);
    return { file, ino, position: endOfLastLine(file, size) };
  } catch {
    return undefined;
  }
}

/** A line that is just being written is followed as a whole. */
function endOfLastLine(file: number, size: number): number {
  const longest = 4096;
  const end = readPart(file, Math.max(0, size - longest), size);
  const unfinished = Buffer.byteLength(end.slice(end.lastIndexOf('\n') + 1));
  return unfinished < Math.min(longest, size) ? size - unfinished : size;
}
