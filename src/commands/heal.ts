import { Option } from 'commander';
import { type HealMode, type HealOutcome, healModeDefinition } from '../data/results/heal.ts';
import { UsageError } from '../platform/errors.ts';
import { exitCodes } from '../platform/exit-codes.ts';
import { actor } from './actor.ts';
import type { Register, Session } from './command.ts';
import { checkDuration } from './option-values.ts';

interface HealOptions {
  readonly once?: boolean;
  readonly every?: string;
  readonly mode?: HealMode;
}

export const registerHeal: Register = (program, open) => {
  program
    .command('heal')
    .description('Walk monitor, triage, train, gate, promote; a run that was killed goes on where it was.')
    .option('--once', 'one run, then end (the default)')
    .option('--every <duration>', 'run again and again, such as every 24h, until interrupted')
    .addOption(
      new Option(
        '--mode <mode>',
        'observe (look only), suggest (leave the promotion to a person) or act; by default the one of mlops.yaml',
      ).choices(healModeDefinition.options),
    )
    .addHelpText('after', examples)
    .action(async (options: HealOptions, command) => {
      const session = open(command);
      const pause = pauseBetween(options, session);
      await healOnce(options, session);
      while (pause !== undefined) {
        await pause();
        await healOnce(options, session);
      }
    });
};

async function healOnce({ mode }: HealOptions, session: Session): Promise<void> {
  const { openWorkspace } = await import('../workspace/index.ts');
  const { heal } = await import('../loop/healing/heal.ts');
  const { healView } = await import('../report/heal-view.ts');
  const request = { mode, who: actor(), tell: session.say };
  const result = await heal(openWorkspace(session.folder), request, session.clock, session.signal);
  session.result(result, () => healView(result));
  session.exit(result.outcome === null ? exitCodes.unknown : outcomeCodes[result.outcome]);
}

/** A person is asked for something: WARNING. */
const outcomeCodes: Readonly<Record<HealOutcome, number>> = {
  healthy: exitCodes.ok,
  promoted: exitCodes.ok,
  rejected: exitCodes.ok,
  observed: exitCodes.warning,
  suggested: exitCodes.warning,
  data_issue: exitCodes.warning,
  unsure: exitCodes.warning,
  attention: exitCodes.warning,
  inconclusive: exitCodes.unknown,
  failed: exitCodes.critical,
};

/** A timer set for longer than 2^31 - 1 ms, under 25 days, goes off at once. */
const longestTimer = 2 ** 31 - 1;

function pauseBetween({ once, every }: HealOptions, session: Session): (() => Promise<void>) | undefined {
  if (every === undefined) return undefined;
  checkDuration('--every', every);
  if (once === true || session.json) {
    throw new UsageError(`--every goes with neither --once nor --json`, { remedy: 'leave one of them out' });
  }
  return async () => {
    const { setTimeout } = await import('node:timers/promises');
    const { durationMs } = await import('../workspace/index.ts');
    for (let left = durationMs(every); left > 0; left -= longestTimer) {
      const waited = setTimeout(Math.min(left, longestTimer), undefined, { signal: session.signal });
      await waited.catch(() => session.signal.throwIfAborted());
    }
  };
}

const examples = `
Examples:
  $ mlops heal                       in the mode of mlops.yaml
  $ mlops heal --once --mode act     for cron: promotes what the gate passes
  $ mlops heal --every 24h

EXIT STATUS
  0 healthy, promoted or rejected by the gate
  1 a person is asked for: data issue, unsure, attention, observed, suggested · 2 a step failed
  3 not enough predictions or labels · 64 usage · 65 bad data · 66 no store yet
  75 another heal is at work · 78 no workspace, or nothing to compare with
  130 interrupted; the next run goes on where this one was`;
