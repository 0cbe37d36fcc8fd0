import chalk from 'chalk';
import type { PredictionExplanation } from '../data/results/prediction-explanation.ts';
import { methodInWords, partsAreIn, signed } from './explanation-words.ts';
import { figure, grouped } from './figures.ts';
import { plainTable } from './plain-table.ts';
import { visibleText } from './visible-text.ts';

/** Characters of the longest bar. */
const widest = 16;

/** Why a prediction came out as it did, for a terminal: in words, then feature by feature. */
export function predictionExplanationView(result: PredictionExplanation): string {
  const { prediction_id, predicted_at, version, recorded, features, scale, base, sum, background } = result;
  const top = features.reduce((most, { part }) => Math.max(most, Math.abs(part)), 0);
  const exact = features.every(({ error }) => error === null);
  const label = recorded.label === null ? 'no label yet' : `label ${recorded.label}`;
  const logOdds = scale === 'log_odds';
  return [
    `${chalk.bold(visibleText(prediction_id))}  ${predicted_at}, version ${version}, ${label}`,
    visibleText(result.sentence),
    '',
    plainTable(
      [
        { head: 'feature' },
        { head: 'value', align: 'right' },
        { head: partsAreIn[scale], align: 'right' },
        ...(logOdds ? [{ head: 'odds ×', align: 'right' } as const] : []),
        ...(exact ? [] : [{ head: 'error ±', align: 'right' } as const]),
        { head: '' },
      ],
      [
        ...features.map(({ name, value, part, error }) => [
          visibleText(name),
          typeof value === 'number' ? figure(value) : visibleText(value ?? 'missing'),
          signed(part),
          ...(logOdds ? [figure(Math.exp(part))] : []),
          ...(exact ? [] : [figure(error)]),
          bar(part, top),
        ]),
        [
          'mean of the background',
          '',
          signed(base),
          ...(logOdds ? [figure(Math.exp(base))] : []),
          ...(exact ? [] : ['']),
          '',
        ],
        ['sum', '', signed(sum), ...(logOdds ? [figure(Math.exp(sum))] : []), ...(exact ? [] : ['']), ''],
      ],
    ),
    '',
    `${methodInWords[result.method]}; background: ${grouped(background.rows)} rows, ${background.what}`,
    ...result.notes.map((note) => `note: ${visibleText(note)}`),
  ].join('\n');
}

function bar(part: number, top: number): string {
  const length = top === 0 ? 0 : Math.round((widest * Math.abs(part)) / top);
  return `${part < 0 ? '−' : '+'}${'█'.repeat(length)}`;
}
