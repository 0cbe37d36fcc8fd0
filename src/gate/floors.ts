import { brierScore, rocAuc } from '../data/classification-metrics.ts';
import type { GateCriterion } from '../data/results/gate.ts';
import { f1Of } from './f1-improvement.ts';
import type { FirstModel } from './question.ts';
import { percentages, settled, written } from './wording.ts';

/** The order of the rows is better than chance by a margin. */
export function rocAucFloor(model: FirstModel): GateCriterion {
  return floor(model, {
    name: 'roc_auc_floor',
    subject: 'ROC AUC',
    direction: 'at least',
    observed: () => rocAuc(model.challenger.probabilities, model.labels) ?? Number.NaN,
    required: () => model.criteria.floors.minimumRocAuc,
  });
}

/** The runbook's bound for any model in production. */
export function brierFloor(model: FirstModel): GateCriterion {
  return floor(model, {
    name: 'brier_floor',
    subject: 'The Brier score',
    direction: 'at most',
    observed: () => brierScore(model.challenger.probabilities, model.labels),
    required: () => model.criteria.floors.maximumBrier,
  });
}

/** The probabilities say more than the share of positives p alone, whose Brier score is p (1 - p). */
export function brierAgainstBaseRate(model: FirstModel): GateCriterion {
  const share = positiveShare(model);
  return floor(model, {
    name: 'brier_against_base_rate',
    subject: 'The Brier score',
    direction: 'at most',
    observed: () => brierScore(model.challenger.probabilities, model.labels),
    required: () => share * (1 - share),
    meaning: `which is what always answering the share of positives, ${percentages([share])[0]}, would have`,
  });
}

/** The decisions are better than calling every row positive, whose F1 is 2p / (1 + p) for a share p of positives. */
export function f1Floor(model: FirstModel): GateCriterion {
  const share = positiveShare(model);
  return floor(model, {
    name: 'f1_floor',
    subject: 'F1',
    direction: 'at least',
    observed: () => f1Of(model.challenger, model.labels),
    required: () => (2 * share) / (1 + share),
    meaning: 'which is what calling every row positive would have',
  });
}

interface Floor {
  readonly name: GateCriterion['name'];
  readonly subject: string;
  readonly direction: 'at least' | 'at most';
  readonly observed: () => number;
  readonly required: () => number;
  /** What the required figure stands for, where it is not simply set. */
  readonly meaning?: string;
}

function floor({ obstacle, challenger }: FirstModel, asked: Floor): GateCriterion {
  if (obstacle !== undefined) {
    const detail = `${asked.subject} cannot be measured: ${obstacle}.`;
    return { name: asked.name, passed: false, observed: null, required: null, detail };
  }
  const observed = settled(asked.observed());
  const required = settled(asked.required());
  const passed = asked.direction === 'at least' ? observed >= required : observed <= required;
  const [seen, bound] = written([observed, required], 3);
  const meaning = asked.meaning === undefined ? '' : `, ${asked.meaning}`;
  return {
    name: asked.name,
    passed,
    observed,
    required,
    detail: `${asked.subject} of version ${challenger.version} is ${seen}; without a champion ${asked.direction} ${bound} is ${asked.direction === 'at least' ? 'required' : 'allowed'}${meaning}.`,
  };
}

function positiveShare({ labels }: FirstModel): number {
  let positives = 0;
  for (let row = 0; row < labels.length; row++) if (labels[row] === 1) positives++;
  return labels.length === 0 ? Number.NaN : positives / labels.length;
}
