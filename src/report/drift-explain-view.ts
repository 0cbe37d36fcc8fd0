import chalk from 'chalk';
import type { DriftExplanation } from '../data/results/drift-explain.ts';
import { shares } from './distribution-shares.ts';
import { driftWord } from './drift-words.ts';
import { howItMoved, scoreInWords } from './feature-words.ts';
import { figure, grouped, percent } from './figures.ts';
import { plainTable } from './plain-table.ts';
import { sparkline } from './sparkline.ts';
import { visibleText } from './visible-text.ts';
import { wrap } from './wrap.ts';

const unboundWidth = 100;
const widestPicture = 48;
/** Twice the threshold and more fills the line. */
const full = 2;
const mostCategories = 12;

/** One feature for a terminal: what happened, by which test and limit, the figures, the runs before, what to do. */
export function driftExplainView(explanation: DriftExplanation, width = unboundWidth): string {
  const { feature, reference, current, at, test, limit, issues, runs } = explanation;
  const lines = (text: string | null | undefined) => (text == null ? [] : wrap(visibleText(text), width));
  const state = feature.drifted ? chalk.red(driftWord(true)) : driftWord(false);
  return [
    `${chalk.bold(visibleText(feature.name))} - ${state}, ${at}`,
    ...lines(howItMoved(feature)),
    ...lines(
      `${reference.name} (${grouped(reference.rows)} rows) against ${current.name} (${grouped(current.rows)} rows)`,
    ),
    ...part('test', [
      ...lines(scoreInWords(feature)),
      ...lines(test),
      ...lines(limit),
      ...chances(explanation),
    ]),
    ...part('distributions', pictures(explanation)),
    ...part('quantiles', quantiles(explanation)),
    ...part('categories', categories(explanation)),
    ...part('missing values', [
      `${percent(feature.missing.reference)} → ${percent(feature.missing.current)}`,
    ]),
    ...part(
      'importance',
      feature.importance === undefined ? [] : [`${percent(feature.importance)} of the model rests on it`],
    ),
    ...part(
      'onset',
      feature.onset === undefined ? [] : lines(`${feature.onset.sentence} (${feature.onset.shape})`),
    ),
    ...part(
      'faults of the data',
      issues.flatMap(({ sentence, confidence }) => lines(`${sentence} (confidence ${percent(confidence)})`)),
    ),
    ...part('runs', history(explanation)),
    ...part('what to do', lines(feature.advice ?? (runs.length > 0 ? 'Nothing.' : undefined))),
  ].join('\n');
}

function part(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', chalk.bold(title), ...lines.map((line) => `  ${line}`)];
}

function chances({ feature: { p_value, q_value, effect } }: DriftExplanation): readonly string[] {
  const figures = [
    p_value === null ? [] : [`p ${figure(p_value)}`],
    q_value == null ? [] : [`q ${figure(q_value)} (adjusted for all features)`],
    effect?.shift == null ? [] : [`median moved by ${figure(effect.shift)} interquartile ranges`],
    effect === undefined ? [] : [`${percent(effect.moved)} of the rows moved`],
  ].flat();
  return figures.length === 0 ? [] : [figures.join(', ')];
}

function pictures({ feature: { distribution } }: DriftExplanation): readonly string[] {
  if (distribution?.edges === undefined) return [];
  const both = { reference: shares(distribution.reference), current: shares(distribution.current) };
  const top = Math.max(...both.reference, ...both.current);
  const ends = `${figure(distribution.edges[0] ?? null)} to ${figure(distribution.edges.at(-1) ?? null)}`;
  return [
    `reference  ${sparkline(both.reference, widestPicture, top)}  ${ends}`,
    `current    ${sparkline(both.current, widestPicture, top)}`,
  ];
}

function quantiles({ feature: { effect } }: DriftExplanation): readonly string[] {
  if (effect === undefined || effect.quantiles.length === 0) return [];
  return plainTable(
    [{ head: 'share of rows' }, { head: 'reference', align: 'right' }, { head: 'current', align: 'right' }],
    effect.quantiles.map(({ share, reference, current }) => [
      share === 0.5 ? 'median' : `${figure(share * 100)} %`,
      figure(reference),
      figure(current),
    ]),
  ).split('\n');
}

function categories({ feature: { distribution, categories: news } }: DriftExplanation): readonly string[] {
  if (distribution?.labels === undefined) return [];
  const reference = shares(distribution.reference);
  const current = shares(distribution.current);
  const listed = (words: string, rows: readonly { readonly value: string; readonly rows: number }[] = []) =>
    rows.length === 0
      ? []
      : [`${words}: ${rows.map((row) => `${visibleText(row.value)} (${row.rows} rows)`).join(', ')}`];
  return [
    ...plainTable(
      [{ head: 'category' }, { head: 'reference', align: 'right' }, { head: 'current', align: 'right' }],
      distribution.labels
        .slice(0, mostCategories)
        .map((label, index) => [
          visibleText(label),
          percent(reference[index] ?? 0),
          percent(current[index] ?? 0),
        ]),
    ).split('\n'),
    ...listed('new', news?.new),
    ...listed('vanished', news?.vanished),
  ];
}

function history({ runs }: DriftExplanation): readonly string[] {
  const [first, last] = [runs[0], runs.at(-1)];
  if (first === undefined || last === undefined) return [];
  const drifted = runs.filter((run) => run.drifted).length;
  return [
    `${sparkline(
      runs.map(({ level }) => level),
      widestPicture,
      full,
    )}  towards its threshold, twice it fills the line`,
    `drifted in ${drifted} of ${runs.length} runs, ${first.at.slice(0, 10)} to ${last.at.slice(0, 10)}`,
  ];
}
