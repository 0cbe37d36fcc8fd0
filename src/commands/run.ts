import { InterruptedError } from '../platform/errors.ts';
import { exitCodes } from '../platform/exit-codes.ts';
import { visibleText } from '../report/visible-text.ts';
import { describeFailure } from './failure.ts';
import { logRun } from './log-run.ts';
import { type ProgramOutcome, runProgram } from './program.ts';

/**
 * Runs the command line to its end and ends the process: signals abort it, failures become a message and an exit code. Left to
 * end by itself, Node.js would first take the handlers away and then unload its libraries: a signal meanwhile would call a
 * change that was made an interruption.
 */
export async function run(commandLine: readonly string[]): Promise<void> {
  const interruption = new AbortController();
  const interrupt = () => {
    if (interruption.signal.aborted) process.exit(exitCodes.interrupted);
    interruption.abort(
      new InterruptedError('interrupted', {
        why: 'the command was asked to stop; the store is as it was before',
      }),
    );
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  process.stdout.on('error', endQuietlyWhenReaderIsGone);
  const outcome: ProgramOutcome = { exitCode: exitCodes.ok };
  const started = performance.now();
  let failure: unknown;
  try {
    process.exitCode = await runProgram(commandLine, interruption.signal, outcome);
  } catch (error) {
    failure = error;
    process.exitCode = reportFailure(
      error,
      commandLine.includes('--json'),
      commandLine.includes('--verbose'),
    );
  }
  logRun(outcome, { exitCode: Number(process.exitCode), durationMs: performance.now() - started, failure });
  await Promise.all([process.stdout, process.stderr].map(written));
  process.exit();
}

/** What was written to a pipe waits for its reader, and would be lost with the process. */
function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}

/** `mlops export … | head` closes the pipe early; that is the reader's choice, no failure. */
function endQuietlyWhenReaderIsGone(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(exitCodes.ok);
  throw error;
}

function reportFailure(error: unknown, json: boolean, verbose: boolean): number {
  const failure = describeFailure(error);
  if (json) {
    process.stdout.write(`${JSON.stringify(failure, null, 2)}\n`);
  } else {
    const lines = [`error: ${visibleText(failure.error)}`];
    if (failure.cause !== null) lines.push(`cause: ${visibleText(failure.cause)}`);
    if (failure.try !== null) lines.push(`try: ${visibleText(failure.try)}`);
    process.stderr.write(`${lines.join('\n')}\n`);
  }
  if (verbose && error instanceof Error && error.stack !== undefined)
    process.stderr.write(`${error.stack}\n`);
  return failure.exit_code;
}
