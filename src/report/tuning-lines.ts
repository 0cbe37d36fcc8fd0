import type { Tuning, TuningTrial } from '../data/results/train.ts';
import { figure } from './figures.ts';
import { plainTable } from './plain-table.ts';

const ends: Readonly<Record<Tuning['ended'], string>> = {
  trials: 'as many as were allowed',
  time: 'until the time was over',
  plateau: 'until none was better for long',
  interrupted: 'until it was interrupted',
};

/** What a search for parameters came to. */
export function tuningLines(tuning: Tuning | null): readonly string[] {
  if (tuning === null) return [];
  const { trials, best, ended } = tuning;
  const chosen = trials.find(({ trial }) => trial === best);
  const count = `${trials.length} ${trials.length === 1 ? 'trial' : 'trials'}, ${ends[ended]}`;
  if (chosen === undefined) return [`tuning: ${count}; the parameters are as configured`];
  const configured = trials.find(({ found }) => found === 'configured');
  const before =
    chosen === configured ? 'as configured' : `${figure(configured?.score ?? null)} as configured`;
  return [
    `tuning: ${count}; best is trial ${chosen.trial}, log loss ${figure(chosen.score)}, ${before}`,
    `parameters: ${parametersOf(chosen)}`,
  ];
}

/** Every trial, the best marked. */
export function trialsTable(trials: readonly TuningTrial[]): string {
  const lowest = Math.min(...trials.map(({ score }) => score));
  return plainTable(
    [
      { head: 'trial', align: 'right' },
      { head: 'found' },
      { head: 'log loss', align: 'right' },
      { head: '' },
      { head: 'seconds', align: 'right' },
      { head: 'parameters' },
    ],
    trials.map((each) => [
      String(each.trial),
      each.found,
      each.score.toFixed(5),
      each.score === lowest ? 'best' : '',
      figure(each.duration_ms / 1000),
      parametersOf(each),
    ]),
  );
}

function parametersOf({ parameters }: TuningTrial): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name} ${figure(value)}`)
    .join(', ');
}
