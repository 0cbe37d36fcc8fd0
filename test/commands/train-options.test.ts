import { expect, test } from 'vitest';
import { parseThresholdOptions } from '../../src/commands/train/threshold-options.ts';

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
