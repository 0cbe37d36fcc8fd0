import chalk from 'chalk';
import Table from 'cli-table3';
import type { DriftResult } from '../data/results/drift.ts';
import type { DataIssue } from '../data/results/quality.ts';
import { answerLines } from './answer-lines.ts';
import { byDrift } from './drift-order.ts';
import { onsetInWords } from './feature-words.ts';
import { figure, percent } from './figures.ts';
import { multivariateLines } from './multivariate-lines.ts';
import { colouredVerdict } from './verdict-colour.ts';
import { visibleText } from './visible-text.ts';

/** The drift result for a terminal: the verdict first, then features, most drifted first. */
export function driftView(result: DriftResult): string {
  const table = new Table({
    head: ['feature', 'test', 'score', 'threshold', 'missing', ''],
    style: { head: [], border: [] },
  });
  for (const feature of byDrift(result.features)) {
    const { reference, current } = feature.missing;
    table.push([
      visibleText(feature.name.length > 40 ? `${feature.name.slice(0, 39)}…` : feature.name),
      feature.test,
      figure(feature.score),
      figure(feature.threshold),
      `${percent(reference)} → ${percent(current)}`,
      feature.drifted ? chalk.red('drifted') : '',
    ]);
  }
  const share = `${result.features_drifted} of ${result.features_total} features drifted (${percent(result.share_drifted)})`;
  const onsets = result.features.flatMap(({ name, onset }) =>
    onset === undefined ? [] : [visibleText(`${name}: drifted ${onsetInWords(onset)}`)],
  );
  const notes = result.features
    .filter((feature) => feature.note !== undefined)
    .map((feature) => visibleText(`${feature.name}: ${feature.note}`));
  return [
    `${colouredVerdict(result.status)} - ${share}; ${result.reference.rows} reference rows, ${result.current.rows} current rows`,
    table.toString(),
    ...faults(result.issues ?? []),
    ...onsets,
    ...notes,
    ...answerLines(result),
    ...(result.multivariate === undefined ? [] : multivariateLines(result.multivariate)),
    ...(result.notes ?? []).map(visibleText),
    ...(result.report === null ? [] : [`report: ${result.report}`]),
  ].join('\n');
}

/** Apart from drift, because they are put right in the pipeline and not by retraining. */
function faults(issues: readonly DataIssue[]): readonly string[] {
  if (issues.length === 0) return [];
  return [
    'Looks like a fault of the data:',
    ...issues.map(
      ({ sentence, confidence }) => `  ${percent(confidence).padStart(6)} sure  ${visibleText(sentence)}`,
    ),
  ];
}
