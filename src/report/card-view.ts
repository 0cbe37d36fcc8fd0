import chalk from 'chalk';
import type { ModelCard } from '../data/results/model-card.ts';
import { changeWithout, directionInWords, lineageFacts, metricRows } from './card-words.ts';
import { figure, grouped, percent } from './figures.ts';
import { plainTable } from './plain-table.ts';
import { visibleText } from './visible-text.ts';

const mostFeatures = 15;

/** A model card for a terminal: figures, features, lineage, limits; the rest is in the HTML. */
export function cardView(card: ModelCard): string {
  const { model, version, evaluation, purpose, not_for, limits, gate } = card;
  return [
    chalk.bold(`${visibleText(model)}, version ${version.version} (${version.stage})`),
    ...(purpose === null ? [] : [visibleText(purpose)]),
    ...(evaluation === null
      ? ['', 'not measured here: no labelled row is known that it did not learn from']
      : [
          '',
          plainTable(
            [{ head: 'figure' }, { head: 'value (95 %)', align: 'right' }, { head: 'interval by' }],
            metricRows(evaluation),
          ),
          `at threshold ${figure(version.threshold)} on ${grouped(evaluation.rows)} rows, ${percent(evaluation.positives / Math.max(1, evaluation.rows))} of outcome 1; calibration error ${figure(evaluation.calibration.error)}`,
        ]),
    '',
    features(card),
    '',
    ...lineageFacts(card).map(([name, text]) => `${name.padEnd(17)}${visibleText(text)}`),
    ...(gate === null ? [] : [`${'Gate'.padEnd(17)}decision ${gate.decision_id}: ${gate.decision}`]),
    ...not_for.map((each, index) => `${(index === 0 ? 'Not for' : '').padEnd(17)}${visibleText(each)}`),
    ...limits.map((each, index) => `${(index === 0 ? 'Limits' : '').padEnd(17)}${visibleText(each)}`),
  ].join('\n');
}

function features(card: ModelCard): string {
  const more = card.features.length - mostFeatures;
  const table = plainTable(
    [
      { head: 'feature' },
      { head: 'mean part', align: 'right' },
      { head: 'values' },
      { head: 'ROC AUC without', align: 'right' },
      { head: 'gain', align: 'right' },
      { head: 'missing', align: 'right' },
    ],
    card.features
      .slice(0, mostFeatures)
      .map(({ name, shap, permutation, gain, values }) => [
        visibleText(name),
        figure(shap?.mean_absolute ?? null),
        directionInWords(shap),
        changeWithout(permutation),
        gain === null ? '–' : percent(gain),
        values === null ? '–' : percent(values.missing),
      ]),
  );
  return more > 0 ? `${table}\n${more} more features in the JSON` : table;
}
