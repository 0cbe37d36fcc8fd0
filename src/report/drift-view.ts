import chalk from 'chalk';
import { listNames } from '../data/list-names.ts';
import type { DriftFeature, DriftResult } from '../data/results/drift.ts';
import type { DataIssue } from '../data/results/quality.ts';
import { answerLines } from './answer-lines.ts';
import { shares } from './distribution-shares.ts';
import { byDrift } from './drift-order.ts';
import { besidesHeadline, driftHeadline, rowCount } from './drift-words.ts';
import { howItMoved } from './feature-words.ts';
import { figure, percent } from './figures.ts';
import { multivariateLines } from './multivariate-lines.ts';
import { plainTable } from './plain-table.ts';
import { sparkline } from './sparkline.ts';
import { colouredVerdict } from './verdict-colour.ts';
import { visibleText } from './visible-text.ts';
import { wrap } from './wrap.ts';

/** The fewest letters of a name; before it gets fewer, columns are left out. */
const shortestName = 16;
const gap = 2;

/** So many features stand in the table: of ten thousand nobody reads all on a terminal. */
const mostRows = 200;
/** So many drifted features are told of; of the others the table holds the figures. */
const mostTold = 20;

/** The drift result for a terminal of that many columns: the verdict first, the features, most drifted first, then what moved. */
export function driftView(result: DriftResult, width: number): string {
  const features = byDrift(result.features);
  const drifted = features.filter((feature) => feature.drifted);
  const more = drifted.length - mostTold;
  const told = [
    ...apart(drifted.slice(0, mostTold).map((feature) => `${feature.name}: ${howItMoved(feature)}`)),
    ...(more > 0 ? [`and ${more} more; each is told of by mlops drift explain FEATURE`] : []),
    ...apart(whatToDo(features)),
    ...apart(faults(result.issues ?? [])),
    ...apart(remarks(result)),
  ];
  return [
    ...headline(result, width),
    `${rowCount(result.reference.rows, 'reference')}, ${rowCount(result.current.rows, 'current')}`,
    ...[referenceInWords(result), besidesHeadline(result), result.false_alarms?.sentence].flatMap((text) =>
      text === undefined ? [] : wrapped(text, width),
    ),
    '',
    featureTable(features.slice(0, mostRows), width),
    ...(features.length > mostRows
      ? [
          `and ${features.length - mostRows} more features, which moved less; all are in the report and the JSON`,
        ]
      : []),
    ...told.flatMap((text) => wrapped(text, width)),
    ...(result.report === null ? [] : ['', `report: ${result.report}`]),
  ].join('\n');
}

function headline(result: DriftResult, width: number): readonly string[] {
  const [first = '', ...rest] = wrapped(`${result.status} - ${driftHeadline(result)}`, width);
  return [first.replace(result.status, colouredVerdict(result.status)), ...rest];
}

function referenceInWords({ reference }: DriftResult): string | undefined {
  return reference.name && `the reference is ${reference.name}`;
}

/** Each piece of advice once, with the features that it is for. */
function whatToDo(features: readonly DriftFeature[]): readonly string[] {
  const advised = Map.groupBy(features, ({ advice }) => advice);
  return [...advised].flatMap(([advice, those]) =>
    advice === undefined ? [] : [`→ ${listNames(those.map(({ name }) => name))}`, `  ${advice}`],
  );
}

function apart(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

/** Lines of at most that width, each as far to the right as the text begins. */
function wrapped(text: string, width: number): readonly string[] {
  const shown = visibleText(text);
  const indent = shown.length - shown.trimStart().length;
  return wrap(shown.trimStart(), width - indent).map((line) => ' '.repeat(indent) + line);
}

interface FeatureColumn {
  readonly head: string;
  readonly align?: 'right';
  readonly cell: (feature: DriftFeature) => string;
  /** Left out where there is no room, the highest first; 0 stays. */
  readonly dispensable: number;
}

const columns: readonly FeatureColumn[] = [
  { head: 'reference', cell: (feature) => picture(feature, 'reference'), dispensable: 0 },
  { head: 'current', cell: (feature) => picture(feature, 'current'), dispensable: 0 },
  { head: 'test', cell: ({ test }) => (test === 'none' ? '–' : test), dispensable: 2 },
  { head: 'score', align: 'right', cell: ({ score }) => figure(score), dispensable: 0 },
  { head: 'limit', align: 'right', cell: ({ threshold }) => figure(threshold), dispensable: 0 },
  { head: 'q', align: 'right', cell: ({ q_value }) => optional(q_value, figure), dispensable: 3 },
  {
    head: 'missing',
    align: 'right',
    cell: ({ missing: { reference, current } }) =>
      reference + current === 0 ? '' : `${percent(reference)} → ${percent(current)}`,
    dispensable: 4,
  },
  { head: 'model', align: 'right', cell: ({ importance }) => optional(importance, percent), dispensable: 1 },
];

function featureTable(features: readonly DriftFeature[], width: number): string {
  const filled = columns
    .map((column) => ({ ...column, cells: features.map(column.cell) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  const room = (shown: typeof filled) =>
    shown.reduce(
      (left, { head, cells }) => left - gap - Math.max(head.length, ...cells.map((cell) => cell.length)),
      width - 2 * gap,
    );
  let shown = filled;
  for (let level = 4; level > 0 && room(shown) < shortestName; level--)
    shown = shown.filter(({ dispensable }) => dispensable !== level);
  const name = Math.max(shortestName, room(shown));
  return plainTable(
    [
      { head: '' },
      { head: 'feature' },
      ...shown.map(({ head, align }) => (align === undefined ? { head } : { head, align })),
    ],
    features.map((feature, row) => [
      feature.drifted ? chalk.red('◆') : ' ',
      cut(visibleText(feature.name), name),
      ...shown.map(({ cells }) => cells[row] ?? ''),
    ]),
  );
}

const pictureWidth = 12;

/** Both sides on one scale, so that the two can be compared. */
function picture({ distribution }: DriftFeature, side: 'reference' | 'current'): string {
  if (distribution === undefined) return '';
  const reference = shares(distribution.reference, pictureWidth);
  const current = shares(distribution.current, pictureWidth);
  return sparkline(
    side === 'reference' ? reference : current,
    pictureWidth,
    Math.max(...reference, ...current),
  );
}

function optional(value: number | null | undefined, write: (value: number) => string): string {
  return value == null ? '' : write(value);
}

function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}

/** Apart from drift, because they are put right in the pipeline and not by retraining. */
function faults(issues: readonly DataIssue[]): readonly string[] {
  if (issues.length === 0) return [];
  return [
    'Looks like a fault of the data:',
    ...issues.map(({ sentence, confidence }) => `  ${percent(confidence).padStart(6)} sure  ${sentence}`),
  ];
}

/** What is not one feature's drift: the answers, all features together, notes. */
function remarks(result: DriftResult): readonly string[] {
  const { features, multivariate, notes = [] } = result;
  return [
    ...answerLines(result),
    ...(multivariate === undefined ? [] : multivariateLines(multivariate)),
    ...features.flatMap(({ name, note, drifted }) =>
      note === undefined || drifted ? [] : [`${name}: ${note}`],
    ),
    ...notes,
  ];
}
