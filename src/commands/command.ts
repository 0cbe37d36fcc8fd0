import type { Command } from 'commander';
import type { Clock } from '../platform/clock.ts';

/** What every command is given: the global options, parsed, and the world's inputs, passed in. */
export interface Session {
  readonly clock: Clock;
  /** Folder named by -C/--workspace or MLOPS_WORKSPACE, else the current folder. */
  readonly folder: string;
  /** The folder when -C/--workspace or MLOPS_WORKSPACE named it. */
  readonly namedFolder: string | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** Answer yes to questions; implied where standard input is no terminal. */
  readonly yes: boolean;
  readonly interactive: boolean;
  /** Aborted by Ctrl-C and SIGTERM; long work checks it between batches. */
  readonly signal: AbortSignal;
  /** Results go to standard output: the JSON document with --json, else the text. */
  result(document: unknown, text: () => string): void;
  /** Progress and remarks go to standard error, silenced by --quiet. */
  say(line: string): void;
  /** What the log of the workspace says of this run, beside how it ended; no values of rows, no secrets. */
  note(line: string): void;
  /** Sets the exit code of a verdict; failures are thrown instead. */
  exit(code: number): void;
}

/** Gives the session once options are parsed. */
export type Open = (command: Command) => Session;

/** Adds one subcommand to the program. Files load no heavy room at top level: the action imports it. */
export type Register = (program: Command, open: Open) => void;
