import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { toIso } from '../platform/clock.ts';
import { MlopsError } from '../platform/errors.ts';
import { exitCodes } from '../platform/exit-codes.ts';
import { appendLog, type LogEntry, type LogLevel } from '../platform/log.ts';
import { withoutSecrets } from '../platform/redact.ts';
import { version } from '../platform/version.ts';
import { commandLogPath, findRoot } from '../workspace/find-root.ts';
import { matchWorkspaces } from '../workspace/match-workspaces.ts';
import { actor } from './actor.ts';
import type { ProgramOutcome } from './program.ts';

interface RunEnd {
  readonly exitCode: number;
  readonly durationMs: number;
  readonly failure: unknown;
}

/** Writes the line of this run into the workspace's log, where it ran on a workspace: what, by whom, how it ended, how long it took. */
export function logRun({ session, note }: ProgramOutcome, { exitCode, durationMs, failure }: RunEnd): void {
  if (session === undefined) return;
  const entry: LogEntry = {
    time: toIso(Date.now()),
    level: levelOf(exitCode),
    msg: withoutSecrets(
      note ?? messageOf(failure) ?? (exitCode === exitCodes.ok ? 'done' : `ended with ${exitCode}`),
    ),
    command: session.command,
    exit_code: exitCode,
    duration_ms: Math.round(durationMs),
    ...(failure instanceof MlopsError && failure.why !== undefined
      ? { cause: withoutSecrets(failure.why) }
      : {}),
    who: actor(),
    pid: process.pid,
    version,
  };
  for (const root of rootsOf(session.folder))
    if (existsSync(join(root, '.mlops'))) appendLog(commandLogPath(root), entry);
}

function rootsOf(folder: string): readonly string[] {
  try {
    return matchWorkspaces(folder) ?? [findRoot(folder)].filter((root) => root !== undefined);
  } catch (error) {
    if (error instanceof MlopsError) return [];
    throw error;
  }
}

function messageOf(failure: unknown): string | undefined {
  if (failure === undefined) return undefined;
  return failure instanceof Error ? failure.message : String(failure);
}

function levelOf(exitCode: number): LogLevel {
  if (exitCode === exitCodes.ok) return 'info';
  const softly: readonly number[] = [exitCodes.warning, exitCodes.unknown, exitCodes.interrupted];
  return softly.includes(exitCode) ? 'warn' : 'error';
}
