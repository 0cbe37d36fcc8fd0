import chalk from 'chalk';
import type { HealOutcome, HealResult } from '../data/results/heal.ts';

const words: Readonly<Record<HealOutcome, string>> = {
  healthy: 'the model is healthy; nothing was changed',
  promoted: 'the challenger took the champion’s place',
  rejected: 'the challenger did not earn its place; the champion stays',
  data_issue: 'the data are at fault; nothing was retrained',
  unsure: 'a person has to look; nothing was changed',
  attention: 'no drift, but something else needs a person; nothing was changed',
  inconclusive: 'not enough to go on yet; nothing was changed',
  observed: 'drift is genuine; this mode only looks',
  suggested: 'the challenger passed the gate and waits for a person',
  failed: 'the run failed; the champion stays',
};

/** How a heal run ended, for a terminal; its steps were told as they were done. */
export function healView(run: HealResult): string {
  const { outcome, next, run_id } = run;
  return [
    outcome === null
      ? `run ${run_id} is at ${run.state}`
      : `run ${run_id} ended: ${chalk.bold(outcome)} - ${words[outcome]}`,
    ...(next === null ? [] : [`next: ${next}`]),
  ].join('\n');
}
