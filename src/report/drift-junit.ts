import type { DriftFeature, DriftResult } from '../data/results/drift.ts';
import { toIso } from '../platform/clock.ts';
import type { DriftSubject } from './drift-subject.ts';
import { driftSentence } from './drift-words.ts';
import { howItMoved, scoreInWords } from './feature-words.ts';
import { visibleText } from './visible-text.ts';

interface TestCase {
  readonly group: 'feature' | 'data' | 'answers' | 'together';
  readonly name: string;
  readonly failure?: string | undefined;
  readonly skipped?: string | undefined;
  readonly output?: string;
}

/**
 * JUnit XML as CI systems read it: a test case a feature, which fails with the sentence that says how the feature moved; one a fault
 * of the data. With too few rows for a verdict nothing fails: every case is skipped.
 */
export function driftJunit(result: DriftResult, subject: DriftSubject): string {
  const cases = casesOf(result);
  const count = (kind: 'failure' | 'skipped') => cases.filter((each) => each[kind] !== undefined).length;
  const counts = { tests: cases.length, failures: count('failure'), errors: 0, skipped: count('skipped') };
  const suite = {
    name: `drift: ${subject.currentName} against ${subject.referenceName}`,
    ...counts,
    timestamp: toIso(subject.generatedAt).slice(0, 19),
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'mlops drift', ...counts })}>`,
    `  <testsuite${attributes(suite)}>`,
    '    <properties>',
    ...Object.entries({
      status: result.status,
      summary: driftSentence(result),
      ...(result.false_alarms === undefined ? {} : { false_alarms: result.false_alarms.sentence }),
    }).map(([name, value]) => `      <property${attributes({ name, value })}/>`),
    '    </properties>',
    ...cases.map(element),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function casesOf(result: DriftResult): readonly TestCase[] {
  const { features, issues = [], prediction, label, concept, multivariate } = result;
  const unknown = result.status === 'UNKNOWN' ? 'too few rows for a verdict' : undefined;
  const verdict = (drifted: boolean, sentence: string) => ({
    skipped: unknown,
    failure: unknown === undefined && drifted ? sentence : undefined,
  });
  const answer = (name: string, feature: DriftFeature | undefined): readonly TestCase[] =>
    feature === undefined
      ? []
      : [{ group: 'answers', name, ...verdict(feature.drifted, howItMoved(feature)) }];
  const classifier = multivariate?.domain_classifier;
  return [
    ...features.map(
      (feature): TestCase => ({
        group: 'feature',
        name: feature.name,
        output: scoreInWords(feature),
        ...(feature.test === 'none' && !feature.drifted
          ? { skipped: feature.note ?? 'not compared' }
          : verdict(feature.drifted, howItMoved(feature))),
      }),
    ),
    ...issues.map(
      ({ feature, kind, sentence }): TestCase => ({
        group: 'data',
        name: feature === null ? kind : `${feature}: ${kind}`,
        failure: sentence,
      }),
    ),
    ...answer('predictions', prediction),
    ...answer('labels', label),
    ...(concept === undefined
      ? []
      : [{ group: 'answers' as const, name: 'concept', ...verdict(concept.drifted, concept.sentence) }]),
    ...(classifier == null
      ? []
      : [
          {
            group: 'together' as const,
            name: 'domain classifier',
            ...verdict(
              classifier.drifted,
              `a model tells the two sides apart, ROC AUC ${classifier.roc_auc.toFixed(3)}`,
            ),
          },
        ]),
  ];
}

function element({ group, name, failure, skipped, output }: TestCase): string {
  const inner = [
    ...(failure === undefined ? [] : [`<failure${attributes({ type: group, message: failure })}/>`]),
    ...(skipped === undefined ? [] : [`<skipped${attributes({ message: skipped })}/>`]),
    ...(output === undefined ? [] : [`<system-out>${escaped(output)}</system-out>`]),
  ].map((line) => `      ${line}\n`);
  return `    <testcase${attributes({ classname: `drift.${group}`, name })}>\n${inner.join('')}    </testcase>`;
}

function attributes(pairs: Readonly<Record<string, string | number>>): string {
  return Object.entries(pairs)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
}

/** `visibleText` takes out what XML 1.0 does not allow, even escaped. */
function escaped(text: string): string {
  return visibleText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
