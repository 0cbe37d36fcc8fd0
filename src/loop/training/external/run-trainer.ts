import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { UnavailableError } from '../../../platform/errors.ts';
import { withoutEnvironmentSecrets } from '../../../platform/redact.ts';
import { type CommandOutcome, runCommand } from '../../../platform/run-command.ts';
import { shellWord } from '../../../platform/shell-word.ts';
import type { ExternalTrainer, TrainerLimits } from './external-trainer.ts';
import { watchFolder } from './watch-folder.ts';

/** Characters of what it printed that an error shows, the last ones. */
const shown = 500;
/** What a shell says of a command that the kernel stopped at a limit: 128 and the signal's number. */
const stopped: ReadonlyMap<number, string> = new Map([
  [128 + 9, 'it was killed, as the system does where memory runs out'],
  [128 + 25, 'it wrote a larger file than trainer.limits.output_megabytes allows'],
]);

/**
 * Runs the command with the job's path behind it, under its limits, and watches `work`, where its output and its temporary files go.
 * @throws UnavailableError when it cannot be started, fails, takes too long or writes too much; with the end of what it printed,
 *   secrets left out
 */
export async function runTrainer(
  { command, folder: cwd, limits }: ExternalTrainer,
  { job, work }: { readonly job: string; readonly work: string },
  signal: AbortSignal,
): Promise<void> {
  const temporary = join(work, 'temporary');
  mkdirSync(temporary);
  const full = new AbortController();
  const watch = watchFolder(work, limits.outputBytes, () => full.abort(tooLarge(limits)));
  try {
    const outcome = await runCommand(`${limited(limits, temporary)}; ${command} ${shellWord(job)}`, {
      cwd,
      limitMs: limits.ms,
      signal: AbortSignal.any([signal, full.signal]),
    });
    watch.look();
    full.signal.throwIfAborted();
    requireSuccess(outcome, limits);
  } finally {
    watch.stop();
  }
}

/**
 * Shell commands that limit what comes after them: memory by process (`-d` counts what it reserves to write into, not what it maps from files),
 * a file's size in blocks of 512 bytes, no core dump. A machine's own stricter limit stays, and one that it does not know.
 */
function limited({ memoryBytes, outputBytes }: TrainerLimits, temporary: string): string {
  const limits = [
    'ulimit -c 0',
    `ulimit -d ${Math.ceil(memoryBytes / 1024)}`,
    `ulimit -f ${Math.ceil(outputBytes / 512)}`,
  ];
  return `${limits.map((each) => `${each} 2>/dev/null`).join('; ')}; export TMPDIR=${shellWord(temporary)}`;
}

function requireSuccess(outcome: CommandOutcome, limits: TrainerLimits): void {
  if (outcome.kind === 'exited' && outcome.code === 0) return;
  throw new UnavailableError(`the trainer of trainer.command ${whatHappened(outcome, limits)}`, {
    why: outcome.kind === 'not-started' ? outcome.why : said(outcome, limits),
    remedy: 'run it by hand and mend it (mlops runbook show trainers); no version was registered',
  });
}

function whatHappened(outcome: CommandOutcome, { ms }: TrainerLimits): string {
  switch (outcome.kind) {
    case 'exited':
      return `ended with exit code ${outcome.code}`;
    case 'killed':
      return `was killed by ${outcome.by}`;
    case 'timeout':
      return `took longer than ${ms / 1000} s (trainer.limits.time)`;
    case 'not-started':
      return 'could not be started';
  }
}

/** As the kernel, Python, C++, Java and the tools of GNU say it. */
const outOfMemory = /out of memory|MemoryError|bad_alloc|cannot allocate|memory exhausted|heap space/i;

function said(
  outcome: Exclude<CommandOutcome, { readonly kind: 'not-started' }>,
  { memoryBytes }: TrainerLimits,
): string {
  const printed = withoutEnvironmentSecrets(outcome.output, process.env).trim().slice(-shown);
  const end = printed.split(/\s*\n\s*/).join(' | ');
  const by = outcome.kind === 'exited' ? stopped.get(outcome.code) : undefined;
  const what = end === '' ? 'it printed nothing' : `it printed last: ${end}`;
  const limit = outOfMemory.test(printed)
    ? `; each process may reserve ${memoryBytes / 1e9} GB (trainer.limits.memory_gigabytes)`
    : '';
  return by === undefined ? `${what}${limit}` : `${by}; ${what}${limit}`;
}

function tooLarge({ outputBytes }: TrainerLimits): UnavailableError {
  return new UnavailableError('the trainer of trainer.command wrote too much and was stopped', {
    why: `its files took more than ${outputBytes / 1e6} MB (trainer.limits.output_megabytes)`,
    remedy:
      'have it write its model, its metrics and little else, or raise the limit; no version was registered',
  });
}
