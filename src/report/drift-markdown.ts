import type { DriftFeature, DriftResult } from '../data/results/drift.ts';
import type { Verdict } from '../platform/exit-codes.ts';
import { byDrift } from './drift-order.ts';
import type { DriftSubject } from './drift-subject.ts';
import { besidesHeadline, driftHeadline, rowCount } from './drift-words.ts';
import { howItMoved } from './feature-words.ts';
import { figure, percent } from './figures.ts';
import { code, plain } from './markdown-text.ts';

const signs: Readonly<Record<Verdict, string>> = { OK: '✅', WARNING: '⚠️', CRITICAL: '🛑', UNKNOWN: '❔' };

/** A comment has at most 65,536 characters on GitHub; so many calm features fit beside what drifted. */
const mostCalm = 200;
const mostDrifted = 100;

/** GitHub's Markdown, for the comment of a pull request: what moved in a table, the calm features folded away. */
export function driftMarkdown(result: DriftResult, { referenceName, currentName }: DriftSubject): string {
  const { reference, current, issues = [], concept, multivariate, false_alarms, notes = [] } = result;
  const features = byDrift(result.features);
  const drifted = features.filter((feature) => feature.drifted);
  const calm = features.filter((feature) => !feature.drifted);
  const classifier = multivariate?.domain_classifier;
  const besides = besidesHeadline(result);
  return [
    `### ${signs[result.status]} Drift ${result.status}: ${driftHeadline(result)}`,
    '',
    ...(besides === undefined ? [] : [plain(besides), '']),
    `${code(currentName)} (${rowCount(current.rows, 'current')}) against ${code(referenceName)} (${rowCount(reference.rows, 'reference')})${false_alarms === undefined ? '' : `; ${plain(false_alarms.sentence)}`}`,
    '',
    ...section(
      '**Faults of the data**, to be mended before the drift is judged:',
      issues.map(
        ({ feature, sentence }) => `- ${feature === null ? '' : `${code(feature)}: `}${plain(sentence)}`,
      ),
    ),
    ...section('', table(drifted, mostDrifted)),
    ...section(
      '',
      [
        ...(concept?.drifted ? [concept.sentence] : []),
        ...(classifier?.drifted
          ? [`A model tells the two sides apart (ROC AUC ${figure(classifier.roc_auc)}).`]
          : []),
        ...notes,
      ].map((text) => `- ${plain(text)}`),
    ),
    ...(calm.length === 0
      ? []
      : [
          `<details><summary>${result.status === 'UNKNOWN' ? 'Not judged' : 'Not drifted'}: ${calm.length} of ${features.length} features</summary>`,
          '',
          ...table(calm, mostCalm),
          '',
          '</details>',
          '',
        ]),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  return [...(title === '' ? [] : [title, '']), ...lines, ''];
}

function table(features: readonly DriftFeature[], most: number): readonly string[] {
  if (features.length === 0) return [];
  const more = features.length - most;
  const weighed = features.some(({ importance }) => importance !== undefined);
  return [
    `| feature | how | test | score | limit |${weighed ? ' of the model |' : ''}`,
    `| --- | --- | --- | ---: | ---: |${weighed ? ' ---: |' : ''}`,
    ...features.slice(0, most).map((feature) => {
      const { name, test, score, threshold, importance = 0 } = feature;
      const part = weighed ? ` ${percent(importance)} |` : '';
      return `| ${code(name)} | ${plain(howItMoved(feature))} | ${test} | ${figure(score)} | ${figure(threshold)} |${part}`;
    }),
    ...(more > 0 ? ['', `and ${more} more`] : []),
  ];
}
