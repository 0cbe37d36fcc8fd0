import { expect, test } from 'vitest';
import type { DataIssue } from '../../src/data/results/quality.ts';
import { markFaults, warnOfFaults } from '../../src/drift/index.ts';
import { calmFeature, driftResult } from '../report/drift-samples.ts';

const calm = { ...driftResult([calmFeature('income')]), status: 'OK' as const };
const fault = (confidence: number): DataIssue => ({
  kind: 'type_break',
  feature: 'income',
  rows: 1,
  example: null,
  confidence,
  sentence: 'income holds text where the reference has numbers',
});

test.each([
  ['a sure fault is no OK to a CI job', [fault(0.8)], 'WARNING'],
  ['a possible one is for a reader', [fault(0.7)], 'OK'],
  ['none is none', [], 'OK'],
] as const)('%s', (_, issues, status) => {
  expect(warnOfFaults(markFaults(calm, issues)).status).toBe(status);
});

test('what is worse stays, and so does what cannot be judged', () => {
  for (const status of ['CRITICAL', 'UNKNOWN'] as const)
    expect(warnOfFaults(markFaults({ ...calm, status }, [fault(1)])).status).toBe(status);
});
