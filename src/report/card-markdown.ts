import type { ModelCard } from '../data/results/model-card.ts';
import type { Evaluation } from '../data/results/model-evaluation.ts';
import {
  cardSentence,
  changeWithout,
  directionInWords,
  lineageFacts,
  metricRows,
  shareWithInterval,
  withInterval,
} from './card-words.ts';
import { figure, grouped, percent } from './figures.ts';
import { code, plain } from './markdown-text.ts';

/** A comment has at most 65,536 characters on GitHub. */
const mostFeatures = 60;
const mostSegments = 120;

/** A model card in GitHub's Markdown, for the comment of a pull request. */
export function cardMarkdown(card: ModelCard): string {
  const { model, version, evaluation, not_for, limits, gate, features } = card;
  return [
    `## Model card: ${code(model)}, version ${version.version} (${version.stage})`,
    '',
    plain(cardSentence(card)),
    '',
    ...list('### It must not be used for', not_for),
    ...list('### Limits', limits),
    ...(evaluation === null ? [] : performance(evaluation)),
    '### What its answers rest on',
    '',
    ...table(
      ['feature', 'mean part', 'values', 'ROC AUC without', 'gain', 'missing', 'range'],
      features
        .slice(0, mostFeatures)
        .map(({ name, shap, permutation, gain, values }) => [
          code(name),
          figure(shap?.mean_absolute ?? null),
          directionInWords(shap),
          changeWithout(permutation),
          gain === null ? '–' : percent(gain),
          values === null ? '–' : percent(values.missing),
          values === null ? '–' : `${figure(values.minimum)} … ${figure(values.maximum)}`,
        ]),
    ),
    ...(features.length > mostFeatures ? [`and ${features.length - mostFeatures} more`, ''] : []),
    ...(gate === null
      ? []
      : list(
          `### Gate: decision ${gate.decision_id}, ${gate.decision}`,
          gate.criteria.map(({ passed, detail }) => `${passed ? 'met' : 'not met'}: ${detail}`),
        )),
    '### Where it comes from',
    '',
    ...table(
      ['what', ''],
      lineageFacts(card).map(([name, text]) => [name, plain(text)]),
    ),
    ...table(
      ['parameter', 'value'],
      Object.entries(version.training_run?.parameters ?? {}).map(([name, value]) => [
        code(name),
        code(JSON.stringify(value)),
      ]),
    ),
  ].join('\n');
}

function performance(evaluation: Evaluation): readonly string[] {
  const { what, rows, calibration, thresholds, segments } = evaluation;
  return [
    '### How good it is',
    '',
    `Measured on ${grouped(rows)} rows: ${plain(what)}. Intervals are of 95 %.`,
    '',
    ...table(['figure', 'value (95 %)', 'interval by'], metricRows(evaluation)),
    ...table(
      ['predicted', 'observed (95 %)', 'rows'],
      calibration.bins.map((bin) => [
        percent(bin.predicted),
        shareWithInterval(bin.observed),
        grouped(bin.rows),
      ]),
    ),
    ...table(
      ['threshold', 'precision', 'recall', 'F1', 'approved'],
      thresholds.map(({ threshold, own, precision, recall, f1, approval_rate }) => [
        own ? `**${figure(threshold)}**` : figure(threshold),
        figure(precision),
        figure(recall),
        figure(f1),
        percent(approval_rate),
      ]),
    ),
    `<details><summary>Segments: ${segments.length}</summary>`,
    '',
    ...table(
      ['segment', 'rows', 'predicted', 'observed (95 %)', 'precision', 'recall'],
      segments
        .slice(0, mostSegments)
        .map((each) => [
          code(each.enough ? each.name : `${each.name} (too few rows)`),
          grouped(each.rows),
          percent(each.predicted),
          shareWithInterval(each.observed),
          withInterval(each.precision),
          withInterval(each.recall),
        ]),
    ),
    '</details>',
    '',
  ];
}

function list(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [title, '', ...items.map((item) => `- ${plain(item)}`), ''];
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line), ''];
}
