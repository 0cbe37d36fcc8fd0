import type { DriftFeature, DriftResult } from '../data/results/drift.ts';
import { number } from './in-words.ts';
import { type DriftTest, driftTests } from './tests/index.ts';

/** What the feature's test measures; null where none was made. */
export function describeTest({ test }: DriftFeature): string | null {
  return testOf(test)?.description ?? null;
}

/** Why the feature's score was held against its threshold; null where it was held against none. */
export function explainLimit(
  { test: name, threshold }: DriftFeature,
  { convention, reference, current, false_alarms }: DriftResult,
): string | null {
  const test = testOf(name);
  if (test === undefined || threshold === null) return null;
  const limit = number(threshold);
  if (convention !== 'mlops')
    return threshold === test.threshold
      ? `${limit} is the threshold that the convention ${convention ?? 'of then'} has for this test`
      : `${limit} was asked for in place of ${number(test.threshold)}`;
  if (false_alarms?.basis === 'calibration') return calibratedLimit(test, threshold);
  if (test.kind === 'p_value')
    return `below ${limit} chance no longer explains the difference, judged across all features of the report`;
  const enough = number(test.threshold);
  if (threshold === test.threshold)
    return `${enough} is enough to matter, and with ${rows(reference, current)} chance explains less than that`;
  return threshold > test.threshold
    ? `${enough} would be enough to matter, but with ${rows(reference, current)} chance alone explains up to ${limit}`
    : `${limit} was asked for in place of ${enough}`;
}

function calibratedLimit(test: DriftTest, threshold: number): string {
  const limit = number(threshold);
  const seldom = 'samples of the reference of this size seldom differ by more';
  return test.kind === 'distance' && threshold === test.threshold
    ? `${limit} is enough to matter, and by the calibration ${seldom}`
    : `${limit} comes from the calibration: ${seldom}`;
}

function rows(reference: { readonly rows: number }, current: { readonly rows: number }): string {
  return `${reference.rows} and ${current.rows} rows`;
}

function testOf(name: DriftFeature['test']): DriftTest | undefined {
  return Object.values<DriftTest>(driftTests).find((test) => test.name === name);
}
