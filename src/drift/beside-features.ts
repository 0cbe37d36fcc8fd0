import type { DriftResult } from '../data/results/drift.ts';

/** What was found beside the comparison of each feature by itself. */
export type BesideFeatures = Pick<DriftResult, 'multivariate' | 'prediction' | 'label' | 'concept' | 'notes'>;

/**
 * The drift result with what was found beside its features. A verdict of OK becomes WARNING where the classifier tells the
 * two sides apart, or where the model's errors moved, though too few features drifted by themselves. The rest raises
 * nothing (runbook/decisions/0017-what-raises-a-warning.md).
 */
export function withBeside(drift: DriftResult, ...found: readonly BesideFeatures[]): DriftResult {
  const beside: BesideFeatures = Object.assign({}, ...found);
  const raised = beside.multivariate?.domain_classifier?.drifted === true || beside.concept?.drifted === true;
  const notes = [drift, ...found].flatMap((each) => each.notes ?? []);
  return {
    ...drift,
    ...beside,
    status: raised && drift.status === 'OK' ? 'WARNING' : drift.status,
    ...(notes.length === 0 ? {} : { notes }),
  };
}
