import type { ThresholdRule, TrainerChoices } from '../../training/index.ts';
import type { Workspace } from '../../workspace/index.ts';

/** What `trainer` of mlops.yaml says, in the trainer's words. */
export function trainerChoices(trainer: Workspace['config']['trainer']): TrainerChoices {
  return {
    learningRate: trainer.learning_rate,
    trees: trainer.trees,
    leaves: trainer.leaves,
    depth: trainer.depth,
    l1: trainer.l1,
    l2: trainer.l2,
    minimumGain: trainer.minimum_gain,
    minimumRowsPerLeaf: trainer.minimum_rows_per_leaf,
    minimumHessianPerLeaf: trainer.minimum_hessian_per_leaf,
    earlyStoppingRounds: trainer.early_stopping_rounds,
    rowShare: trainer.row_share,
    featureShare: trainer.feature_share,
    bins: trainer.bins,
    binsOf: trainer.bins_of,
    categories: trainer.categories,
    monotone: trainer.monotone,
    positiveWeight: trainer.positive_weight,
    logistic: { l2: trainer.logistic.l2 },
    forest: {
      trees: trainer.forest.trees,
      depth: trainer.forest.depth,
      minRowsPerLeaf: trainer.forest.minimum_rows_per_leaf,
    },
  };
}

/** What `trainer.threshold` of mlops.yaml says. */
export function thresholdRule(threshold: Workspace['config']['trainer']['threshold']): ThresholdRule {
  if (threshold === 'f1') return { rule: 'f1' };
  if (typeof threshold === 'number') return { rule: 'fixed', threshold };
  if ('cost' in threshold) {
    const { false_positive: falsePositive, false_negative: falseNegative } = threshold.cost;
    return { rule: 'cost', costs: { falsePositive, falseNegative } };
  }
  if ('minimum_precision' in threshold)
    return { rule: 'minimum_precision', required: threshold.minimum_precision };
  if ('minimum_recall' in threshold) return { rule: 'minimum_recall', required: threshold.minimum_recall };
  return { rule: 'approval_rate', required: threshold.approval_rate };
}
