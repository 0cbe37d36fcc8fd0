import { expect, test } from 'vitest';
import type { DriftFeature } from '../../src/data/results/drift.ts';
import type { DataIssue } from '../../src/data/results/quality.ts';
import { adviceFor, withAdvice } from '../../src/drift/advice.ts';
import { calmFeature, driftResult, movedFeature } from '../report/drift-samples.ts';

const present = { reference: 0, current: 0 };
const moved = (rest: Partial<DriftFeature> = {}) => movedFeature('age', { missing: present, ...rest });
const onset = (shape: NonNullable<DriftFeature['onset']>['shape']) => ({
  onset: { at: '1', from: '1', until: '2', shape, sentence: 'since row 1' },
});
const fault = (confidence: number): DataIssue => ({
  kind: 'unit_change',
  feature: 'age',
  rows: 1,
  example: null,
  confidence,
  sentence: 'age looks multiplied by 1,000',
});

test.each([
  ['a sure fault comes before the drift it makes', moved(), [fault(0.9)], /^Mend the data first/],
  ['a fault is told of a calm feature too', calmFeature('age'), [fault(0.9)], /^Mend the data first/],
  ['a possible fault is looked at', moved(), [fault(0.5)], /^Look at the rows/],
  ['missing values', movedFeature('age'), [], /missing values changed/],
  [
    'new categories',
    moved({ categories: { new: [{ value: 'x', rows: 1 }], vanished: [] } }),
    [],
    /new categories/,
  ],
  ['a season', moved(onset('seasonal')), [], /same season/],
  ['what came back', moved(onset('returning')), [], /wait for the next run/],
  ['what the model hardly uses', moved({ importance: 0.01 }), [], /hardly rests on it \(1 %\)/],
  ['what it rests on', moved(onset('gradual')), [], /^The model rests on it \(31 %\).*retrain regularly/],
] as const)('%s', (_, feature, issues, advice) => {
  expect(adviceFor(feature, issues, { status: 'OK', features_total: 10 })).toMatch(advice);
});

test('of so few rows that nothing is judged: wait, whatever moved', () => {
  const advice = adviceFor(moved(), [], { status: 'UNKNOWN', features_total: 10 });
  expect(advice).toMatch(/^Wait for more rows/);
});

test('of a thousand features each has little of the model, and matters', () => {
  const feature = moved({ importance: 0.001 });
  expect(adviceFor(feature, [], { status: 'OK', features_total: 1000 })).toMatch(/^The model rests on it/);
});

test('nothing of a calm feature; each issue goes to its own feature', () => {
  const result = driftResult([calmFeature('income'), moved()]);
  const { features } = withAdvice(
    { ...result, features: result.features.map(({ advice: _, ...feature }) => feature) },
    [fault(0.9)],
  );
  expect(features.map(({ advice }) => advice?.slice(0, 4))).toEqual([undefined, 'Mend']);
});
