import { Command, CommanderError } from 'commander';
import { fixedClock, systemClock } from '../platform/clock.ts';
import { UsageError } from '../platform/errors.ts';
import { exitCodes } from '../platform/exit-codes.ts';
import type { Session } from './command.ts';
import { commands } from './index.ts';
import { collect, requireTime } from './option-values.ts';

export interface ProgramOutcome {
  exitCode: number;
  /** The command whose part of the line was wrong. */
  failed?: Command;
  /** What was run and on which folder; undefined when no command came to run. */
  session?: { readonly command: string; readonly folder: string };
  note?: string;
}

interface GlobalOptions {
  readonly workspace?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly yes?: boolean;
  readonly asOf?: string;
}

/** The command line: global options, every subcommand, and where their results go. */
export function buildProgram(signal: AbortSignal, outcome: ProgramOutcome): Command {
  const program = new Command('mlops')
    .description(
      'Runs the day-to-day operations of a production model: watch, retrain, gate, promote, roll back, prove.',
    )
    .option('-C, --workspace <dir>', 'folder with mlops.yaml (or MLOPS_WORKSPACE)')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress, no remarks')
    .option('--verbose', 'stack traces with errors')
    .option('--no-color', 'no colour (or NO_COLOR)')
    .option('--yes', 'answer yes to every question')
    .option('--as-of <time>', 'work as if it were then (ISO 8601 with zone)')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', helpTail);
  for (const register of commands) register(program, (command) => openSession(command, signal, outcome));
  makeStrict(program, (failed) => {
    outcome.failed = failed;
  });
  return program;
}

// --version is executable.ts's own, as the first word: here it would take the --version of a command for its own.
const helpTail = `
Examples:
  $ mlops --version                                 print the version
  $ mlops demo                                      see the whole loop on sample data
  $ mlops init --model credit-risk-model --schema schema.json --yes
  $ mlops drift --reference train.csv --current week.csv --html report.html

EXIT STATUS
  0 OK · 1 WARNING (gate: reject) · 2 CRITICAL · 3 UNKNOWN · 64 usage · 65 bad data
  66 no such input · 69 unavailable · 70 internal · 74 input/output · 75 locked, try again
  78 configuration · 130 interrupted`;

/** Errors are thrown, and of two values for one option, or an empty one, none is guessed to be meant: an unset variable gives `--to ""`. */
function makeStrict(command: Command, onFailure: (command: Command) => void): void {
  command.exitOverride((error) => {
    onFailure(command);
    throw error;
  });
  command.showSuggestionAfterError(false);
  command.configureOutput({ outputError: () => undefined });
  for (const option of command.options) {
    if (!option.required) continue;
    let given = false;
    command.on(`option:${option.name()}`, (value: string) => {
      if (value.trim() === '')
        throw new UsageError(`${option.long} is empty`, { remedy: 'give it a value, or leave it out' });
      if (given && !option.variadic && option.parseArg !== collect)
        throw new UsageError(`${option.long} is given twice`, { remedy: 'leave one of the two out' });
      given = true;
    });
  }
  for (const sub of command.commands) makeStrict(sub, onFailure);
}

function openSession(command: Command, signal: AbortSignal, outcome: ProgramOutcome): Session {
  const options = command.optsWithGlobals<GlobalOptions>();
  const json = options.json === true;
  const quiet = options.quiet === true;
  const namedFolder = options.workspace ?? (process.env.MLOPS_WORKSPACE || undefined);
  outcome.session = { command: nameOf(command), folder: namedFolder ?? process.cwd() };
  return {
    clock: options.asOf === undefined ? systemClock : fixedClock(requirePast('--as-of', options.asOf)),
    folder: namedFolder ?? process.cwd(),
    namedFolder,
    json,
    quiet,
    verbose: options.verbose === true,
    yes: options.yes === true,
    // Asked for only where there is a question: looking at standard input opens a stream, which takes milliseconds.
    get interactive() {
      return process.stdin.isTTY === true && process.stderr.isTTY === true && options.yes !== true && !json;
    },
    signal,
    result: (document, text) => {
      const output = json ? JSON.stringify(document, null, 2) : text();
      process.stdout.write(output.endsWith('\n') ? output : `${output}\n`);
    },
    say: (line) => {
      if (!quiet) process.stderr.write(`${line}\n`);
    },
    note: (line) => {
      outcome.note = line;
    },
    exit: (code) => {
      outcome.exitCode = code;
    },
  };
}

/** `labels add`: without the name of the program, and without arguments, which may be secret. */
function nameOf(command: Command): string {
  const names: string[] = [];
  for (let each: Command | null = command; each?.parent; each = each.parent) names.unshift(each.name());
  return names.join(' ');
}

/** Runs one command line and gives its exit code; help and version end here with 0. */
export async function runProgram(
  argv: readonly string[],
  signal: AbortSignal,
  outcome: ProgramOutcome,
): Promise<number> {
  const program = buildProgram(signal, outcome);
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return exitCodes.ok;
    if (error.code === 'commander.help') return exitCodes.usage;
    const { usageErrorOf } = await import('./suggestion.ts');
    throw usageErrorOf(error, outcome.failed ?? program, argv);
  }
  return outcome.exitCode;
}

/** @throws UsageError when it is no time, or one that has not come: nothing is known of it */
function requirePast(option: string, text: string): number {
  const time = requireTime(option, text);
  if (time <= systemClock.now()) return time;
  throw new UsageError(`${option} ${text} lies in the future`, {
    why: 'it replays what was known at a time',
    remedy: 'name a time that has been',
  });
}
