import type { DecisionCosts } from './cut-figures.ts';

/** How the probability from which the outcome is 1 is chosen. */
export type ThresholdRule =
  | { readonly rule: 'f1' }
  /** The least expected cost. */
  | { readonly rule: 'cost'; readonly costs: DecisionCosts }
  /** The greatest recall at a precision of at least this, above 0 and at most 1. */
  | { readonly rule: 'minimum_precision'; readonly required: number }
  /** The greatest precision at a recall of at least this, above 0 and at most 1. */
  | { readonly rule: 'minimum_recall'; readonly required: number }
  /** As near as can be to this share of rows below the threshold, 0..1. */
  | { readonly rule: 'approval_rate'; readonly required: number }
  | { readonly rule: 'fixed'; readonly threshold: number };
