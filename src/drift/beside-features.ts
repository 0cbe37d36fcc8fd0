import type { DriftResult } from '../data/results/drift.ts';

/** What was found beside the comparison of each feature by itself. */
export type BesideFeatures = Pick<DriftResult, 'multivariate' | 'notes'>;

/**
 * The drift result with what was found beside its features. It makes a verdict of OK a WARNING where the two sides can be told
 * apart though too few features drifted by themselves; the discrepancy, the components and the correlations say how, and
 * raise nothing: NannyML's bounds alone are left by one in eight samples of the real reference rows.
 */
export function withBeside(drift: DriftResult, beside: BesideFeatures): DriftResult {
  const raised = beside.multivariate?.domain_classifier?.drifted === true;
  const notes = [...(drift.notes ?? []), ...(beside.notes ?? [])];
  return {
    ...drift,
    ...beside,
    status: raised && drift.status === 'OK' ? 'WARNING' : drift.status,
    ...(notes.length === 0 ? {} : { notes }),
  };
}
