import { existsSync } from 'node:fs';
import { type LogLevelName, type LogsResult, logLevels, type ShownLogLine } from '../../data/results/logs.ts';
import { type Clock, toIso } from '../../platform/clock.ts';
import { fromSystemError, MlopsError, messageWithCause } from '../../platform/errors.ts';
import { keptLogs } from '../../platform/log.ts';
import { runCommand } from '../../platform/run-command.ts';
import type { Workspace } from '../../workspace/index.ts';
import { logCommand, parseOriginLine } from './log-command.ts';
import { type LogOrigin, logOrigins } from './log-origin.ts';
import { type LogLine, parseLogLine } from './parse-line.ts';
import { readFileEnd } from './read-file-end.ts';

export interface LogQuestion {
  /** Only this service's, or `mlops`; undefined is all. */
  readonly service: string | undefined;
  /** Epoch milliseconds. */
  readonly since: number | undefined;
  /** At least of this level. */
  readonly level: LogLevelName | undefined;
  readonly grep: RegExp | undefined;
  /** Most lines, the newest. */
  readonly lines: number;
  /** Bytes of a file, by its path, up to which it is read: what comes later is followed. */
  readonly upTo?: ReadonlyMap<string, number>;
}

/** A line in its place: a line without a time stands after the one before it, and is of its level. */
export interface PlacedLine extends LogLine {
  readonly source: string;
  readonly place: number;
}

/** Characters of a command's output that are looked at, the last. */
const mostOutput = 8_000_000;

/** The logs of this program and of the services as one, ordered by time; what cannot be read is named, and stops nothing. */
export async function readLogs(
  workspace: Workspace,
  question: LogQuestion,
  clock: Clock,
  signal: AbortSignal,
): Promise<LogsResult> {
  const read = await Promise.all(
    logOrigins(workspace, question.service).map((origin) =>
      readOrigin(origin, question, { now: clock.now(), root: workspace.root, signal }),
    ),
  );
  const lines = read
    .flatMap((each) => each.lines)
    .filter((line) => isWanted(line, question))
    .toSorted((a, b) => a.place - b.place)
    .slice(-question.lines);
  return { lines: lines.map(shown), unavailable: read.flatMap((each) => each.unavailable) };
}

export function shown({ at, level, source, text }: PlacedLine): ShownLogLine {
  return { at: at === null ? null : toIso(at), level, source, text };
}

export function isWanted(
  line: PlacedLine,
  { since, level, grep }: Omit<LogQuestion, 'lines' | 'service'>,
): boolean {
  if (since !== undefined && line.place < since) return false;
  if (level !== undefined && logLevels.indexOf(line.level ?? 'info') < logLevels.indexOf(level)) return false;
  return grep === undefined || grep.test(line.text);
}

interface Reading {
  readonly now: number;
  readonly root: string;
  readonly signal: AbortSignal;
}

interface OriginLines {
  readonly lines: readonly PlacedLine[];
  readonly unavailable: LogsResult['unavailable'];
}

async function readOrigin(origin: LogOrigin, question: LogQuestion, reading: Reading): Promise<OriginLines> {
  if (origin.kind === 'file') return readFile(origin, question, reading.now);
  const { now, root, signal } = reading;
  const excerpt = { since: question.since, lines: question.lines, follow: false };
  const outcome = await runCommand(logCommand(origin, excerpt), {
    cwd: root,
    limitMs: origin.limitMs,
    signal,
    keep: mostOutput,
  });
  const unavailable = (why: string) => ({ lines: [], unavailable: [{ source: origin.name, why }] });
  if (outcome.kind === 'not-started') return unavailable(outcome.why);
  const lines = outcome.output.split('\n').filter((line) => line.trim() !== '');
  const placed = placeLines(
    origin.name,
    lines.map((line) => parseOriginLine(origin, line, now)),
    now,
  );
  if (outcome.kind === 'exited' && outcome.code === 0) return { lines: placed, unavailable: [] };
  if (outcome.kind === 'exited')
    return unavailable(`exit ${outcome.code}: ${lines.at(-1) ?? 'it said nothing'}`);
  const why =
    outcome.kind === 'timeout'
      ? `its log command did not end within ${origin.limitMs} ms; this is what it had printed`
      : `its log command was killed by ${outcome.by}`;
  return { lines: placed, unavailable: [{ source: origin.name, why }] };
}

function readFile(
  { name, path }: LogOrigin & { kind: 'file' },
  question: LogQuestion,
  now: number,
): OriginLines {
  const enough = (lines: readonly string[]) => {
    const placed = placeLines(
      name,
      lines.map((line) => parseLogLine(line, now)),
      now,
    );
    if (question.since !== undefined && (placed[0]?.place ?? now) < question.since) return true;
    return placed.filter((line) => isWanted(line, question)).length >= question.lines;
  };
  const lines: PlacedLine[] = [];
  for (const file of withRotated(path)) {
    try {
      const end = readFileEnd(file, enough, question.upTo?.get(file));
      lines.unshift(
        ...placeLines(
          name,
          end.lines.map((line) => parseLogLine(line, now)),
          end.modifiedAt,
        ),
      );
      if (enough(end.lines)) break;
    } catch (error) {
      if (file !== path) break;
      // Our own log comes with the first command that ends.
      return name === 'mlops' && !existsSync(path)
        ? { lines: [], unavailable: [] }
        : { lines: [], unavailable: [{ source: name, why: failureOf(error, path) }] };
    }
  }
  return { lines, unavailable: [] };
}

/** The file, then its rotated predecessors, newest first. */
function withRotated(path: string): readonly string[] {
  const older = Array.from({ length: keptLogs }, (_, index) => `${path}.${index + 1}`);
  return [path, ...older.filter((each) => existsSync(each))];
}

function failureOf(error: unknown, path: string): string {
  const known = fromSystemError(error, `${path} cannot be read`);
  if (known instanceof MlopsError) return messageWithCause(known);
  throw error;
}

/** @param otherwise time of lines before which none says a time */
export function placeLines(
  source: string,
  lines: readonly LogLine[],
  otherwise: number,
): readonly PlacedLine[] {
  const firstTime = lines.find((each) => each.at !== null)?.at ?? otherwise;
  let place = firstTime;
  let level: LogLevelName | null = null;
  return lines.map((line) => {
    if (line.at !== null) {
      place = line.at;
      level = line.level;
    } else level = line.level ?? level;
    return { ...line, level, source, place };
  });
}
