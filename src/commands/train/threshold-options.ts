import type { Command } from 'commander';
import { UsageError } from '../../platform/errors.ts';
import type { ThresholdRule } from '../../training/index.ts';

export interface ThresholdOptions {
  readonly threshold?: string;
  readonly costFp?: string;
  readonly costFn?: string;
  readonly minimumPrecision?: string;
  readonly minimumRecall?: string;
  readonly approvalRate?: string;
}

/** How the threshold is chosen on the validation rows: one rule at most, else that of mlops.yaml. */
export function addThresholdOptions(command: Command): Command {
  return command
    .option(
      '--threshold <f1|number>',
      'of the best F1, or this number; else as mlops.yaml says (default: f1)',
    )
    .option('--cost-fp <cost>', 'threshold of the least cost: what one false positive costs, with --cost-fn')
    .option('--cost-fn <cost>', 'what one false negative costs, in the same unit')
    .option('--minimum-precision <share>', 'threshold of the greatest recall at this precision or more')
    .option('--minimum-recall <share>', 'threshold of the greatest precision at this recall or more')
    .option('--approval-rate <share>', 'threshold below which this share of the rows lies');
}

/** @throws UsageError when more than one rule is named, or a figure lies outside its range */
export function parseThresholdOptions(options: ThresholdOptions): { readonly threshold?: ThresholdRule } {
  const rules = [
    parseThreshold(options.threshold),
    parseCosts(options),
    ruleOf('minimum_precision', '--minimum-precision', options.minimumPrecision),
    ruleOf('minimum_recall', '--minimum-recall', options.minimumRecall),
    ruleOf('approval_rate', '--approval-rate', options.approvalRate),
  ].filter((rule) => rule !== undefined);
  const [threshold, second] = rules;
  if (second !== undefined) {
    throw new UsageError('more than one rule for the threshold', {
      why: `both ${threshold?.rule} and ${second.rule} choose it`,
      remedy: 'keep one of them',
    });
  }
  return threshold === undefined ? {} : { threshold };
}

function parseThreshold(text: string | undefined): ThresholdRule | undefined {
  if (text === undefined) return undefined;
  if (text === 'f1') return { rule: 'f1' };
  return {
    rule: 'fixed',
    threshold: requireShare('--threshold', text, 'f1, or a number above 0 and below 1'),
  };
}

function parseCosts({ costFp, costFn }: ThresholdOptions): ThresholdRule | undefined {
  if (costFp === undefined && costFn === undefined) return undefined;
  const remedy = 'write it like --cost-fp 1 --cost-fn 5';
  if (costFp === undefined || costFn === undefined) {
    const [given, other] = costFn === undefined ? ['--cost-fp', '--cost-fn'] : ['--cost-fn', '--cost-fp'];
    throw new UsageError(`${given} goes with ${other}`, {
      why: 'what one kind of error costs says nothing without the other',
      remedy,
    });
  }
  const [falsePositive, falseNegative] = [requireCost('--cost-fp', costFp), requireCost('--cost-fn', costFn)];
  if (falsePositive + falseNegative > 0) return { rule: 'cost', costs: { falsePositive, falseNegative } };
  throw new UsageError('--cost-fp and --cost-fn are both 0', {
    why: 'every threshold would cost the same',
    remedy,
  });
}

function requireCost(option: string, text: string): number {
  const cost = text.trim() === '' ? Number.NaN : Number(text);
  if (cost >= 0 && Number.isFinite(cost)) return cost;
  throw new UsageError(`${option} '${text}' is no cost`, {
    why: 'a cost is a number, 0 or more',
    remedy: `write it like ${option} 5`,
  });
}

function ruleOf(
  rule: 'minimum_precision' | 'minimum_recall' | 'approval_rate',
  option: string,
  text: string | undefined,
): ThresholdRule | undefined {
  return text === undefined ? undefined : { rule, required: requireShare(option, text) };
}

/** @throws UsageError when it is no share above 0 and below 1, where every threshold would do, or none */
function requireShare(option: string, text: string, form = 'a share above 0 and below 1'): number {
  const share = Number(text);
  if (share > 0 && share < 1) return share;
  throw new UsageError(`${option} '${text}' is not ${form}`, { remedy: `write it like ${option} 0.3` });
}
