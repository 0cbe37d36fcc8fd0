import { expect, test } from 'vitest';
import { parseThresholdOptions } from '../../src/commands/train/threshold-options.ts';
import { parseTuningOptions } from '../../src/commands/train/tuning-options.ts';

test.each([
  [{}, {}],
  [{ threshold: 'f1' }, { threshold: { rule: 'f1' } }],
  [{ threshold: '0.2' }, { threshold: { rule: 'fixed', threshold: 0.2 } }],
  [
    { costFp: '1', costFn: '2.5' },
    { threshold: { rule: 'cost', costs: { falsePositive: 1, falseNegative: 2.5 } } },
  ],
  [{ minimumRecall: '.6' }, { threshold: { rule: 'minimum_recall', required: 0.6 } }],
  [{ approvalRate: '0.8' }, { threshold: { rule: 'approval_rate', required: 0.8 } }],
])('%o is read', (options, rule) => {
  expect(parseThresholdOptions(options)).toEqual(rule);
});

test.each([
  [{ threshold: '1.2' }, "--threshold '1.2' is not f1, or a number above 0 and below 1"],
  [{ costFp: '1' }, '--cost-fp goes with --cost-fn'],
  [{ costFp: '-1', costFn: '5' }, "--cost-fp '-1' is no cost"],
  [{ costFp: '', costFn: '5' }, "--cost-fp '' is no cost"],
  [{ costFp: '0', costFn: '0' }, '--cost-fp and --cost-fn are both 0'],
  [{ minimumPrecision: '30 %' }, "--minimum-precision '30 %' is not a share above 0 and below 1"],
  [{ approvalRate: '1' }, "--approval-rate '1' is not a share"],
  [{ threshold: 'f1', approvalRate: '0.8' }, 'more than one rule for the threshold'],
])('%o is refused', (options, message) => {
  expect(() => parseThresholdOptions(options)).toThrow(message);
});

const session = { say: () => undefined };

test.each([
  [{}, {}],
  [{ keepBest: true }, {}],
  [{ tune: true }, { tuning: { trials: 40, time: undefined, keepBest: false } }],
  [
    { tune: true, trials: '5', time: '90s', keepBest: true },
    { tuning: { trials: 5, time: 90_000, keepBest: true } },
  ],
])('%o is a search', (options, search) => {
  expect(parseTuningOptions(options, session)).toMatchObject(search);
});

test.each([
  [{ trials: '5' }, '--trials goes with --tune'],
  [{ tune: true, trials: '0' }, "--trials '0' is no number from 1"],
  [{ tune: true, trials: '99999' }, '--trials is at most 10000'],
  [{ tune: true, time: '60' }, "--time '60' is no duration"],
  [{ tune: true, time: '0s' }, "--time '0s' is no duration"],
  [{ tune: true, time: '10w' }, '--time is at most 7d'],
])('%o is no search', (options, message) => {
  expect(() => parseTuningOptions(options, session)).toThrow(message);
});
