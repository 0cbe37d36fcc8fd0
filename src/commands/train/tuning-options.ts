import type { Command } from 'commander';
import { UsageError } from '../../platform/errors.ts';
import type { Session } from '../command.ts';
import { requireCount, requireDuration } from '../option-values.ts';

export interface TuningOptions {
  readonly tune?: boolean;
  readonly trials?: string;
  readonly time?: string;
  readonly keepBest?: boolean;
}

const defaultTrials = 40;
const mostTrials = 10_000;
const longest = '7d';

export function addTuningOptions(command: Command): Command {
  return command
    .option('--tune', 'search for better parameters on folds of the earlier rows, in order of time')
    .option(
      '--trials <n>',
      `at most so many (default: ${defaultTrials}); it ends after 20 without a better one`,
    )
    .option('--time <duration>', 'search at most so long, such as 60s; then two runs may differ')
    .option('--keep-best', 'Ctrl-C ends the search, or the growth of boosted trees, with the best so far');
}

/** @throws UsageError when a limit is no count or duration, or stands without --tune */
export function parseTuningOptions(options: TuningOptions, { say }: Pick<Session, 'say'>) {
  const { tune, trials, time, keepBest = false } = options;
  if (tune !== true) {
    const stray = Object.entries({ '--trials': trials, '--time': time });
    const [option] = stray.find(([, value]) => value !== undefined) ?? [];
    if (option === undefined) return {};
    throw new UsageError(`${option} goes with --tune`, {
      remedy: `write it like mlops train --tune ${option} …`,
    });
  }
  const count = trials === undefined ? defaultTrials : requireCount('--trials', trials);
  if (count > mostTrials) throw tooMuch('--trials', String(mostTrials));
  const limit = time === undefined ? undefined : requireDuration('--time', time);
  if (limit !== undefined && limit > requireDuration('--time', longest)) throw tooMuch('--time', longest);
  return { tuning: { trials: count, time: limit, keepBest, tell: say } };
}

function tooMuch(option: string, most: string): UsageError {
  return new UsageError(`${option} is at most ${most}`, {
    remedy: `write it like ${option} ${most}, or less`,
  });
}
