import type { DriftResult } from '../data/results/drift.ts';
import type { DataIssue } from '../data/results/quality.ts';
import type { TriageResult, TriageVerdict } from '../data/results/triage.ts';
import { percent } from './in-words.ts';

export interface TriageQuestion {
  /** Null when no feature could be compared. */
  readonly drift: DriftResult | null;
  readonly findings: readonly DataIssue[];
}

/** From this confidence on a finding stops a retraining. */
export const sureFinding = 0.8;
/** So many features that moved together are a population that moved. */
const several = 2;
/** Evidence names so many of the findings, the surest. */
const mostNamed = 5;

/** The runbook's decision under 'High Drift Alert'. */
const advice: Readonly<Record<TriageVerdict, string>> = {
  data_issue: 'Fix the pipeline that brings these features; do not retrain on this data.',
  genuine_drift: 'Trigger retraining: the population has moved and its values are legal.',
  unsure: 'Escalate to the data science team; do not retrain before they have looked.',
  no_drift: 'Nothing to do.',
};
const waitForRows = 'Wait for more rows, or look further back; do not retrain on so few.';

/**
 * Data issue, genuine drift, or neither: the runbook's question after a drift alert.
 *
 * A feature has moved when it drifted: by enough to matter and by more than sampling explains (`mlopsConvention`). In this
 * order:
 * - `data_issue`: a finding of confidence 0.8 or more. Whatever drifted, the data are to be put right first.
 * - `unsure`: less confident findings; or drift that could not be judged for want of rows.
 * - `genuine_drift`: two features or more have moved, also where they are too few for a drift alert.
 * - `unsure`: one feature moved alone, as a broken source and a real change both do.
 * - `no_drift`: nothing has moved, nothing was found.
 */
export function triage({ drift, findings }: TriageQuestion): TriageResult {
  const found = [...findings].sort((a, b) => b.confidence - a.confidence);
  const moved = drift?.features.filter(({ drifted }) => drifted).map(({ name }) => name) ?? [];
  const verdict = judge(drift, found, moved.length);
  return {
    verdict,
    evidence: [...foundEvidence(found), ...driftEvidence(drift, moved)],
    advice: adviceFor(verdict, drift, found.length),
  };
}

function judge(drift: DriftResult | null, findings: readonly DataIssue[], moved: number): TriageVerdict {
  if (findings.some((finding) => finding.confidence >= sureFinding)) return 'data_issue';
  if (findings.length > 0 || drift === null || drift.status === 'UNKNOWN') return 'unsure';
  if (moved >= several) return 'genuine_drift';
  return moved > 0 ? 'unsure' : 'no_drift';
}

function adviceFor(verdict: TriageVerdict, drift: DriftResult | null, findings: number): string {
  if (verdict === 'unsure' && findings === 0 && drift?.status === 'UNKNOWN') return waitForRows;
  return advice[verdict];
}

function foundEvidence(findings: readonly DataIssue[]): readonly string[] {
  const named = findings
    .slice(0, mostNamed)
    .map(({ sentence, confidence }) => `${sentence} (confidence ${percent(confidence)})`);
  const rest = findings.length - named.length;
  return rest > 0 ? [...named, `${rest} more finding${rest === 1 ? '' : 's'}`] : named;
}

function driftEvidence(drift: DriftResult | null, moved: readonly string[]): readonly string[] {
  if (drift === null) return ['no feature could be compared with the reference'];
  if (drift.status === 'UNKNOWN')
    return [
      `${drift.current.rows} current rows and ${drift.reference.rows} reference rows are too few to judge drift`,
    ];
  const share = `${drift.features_drifted} of ${drift.features_total} features drifted (${drift.status})`;
  return moved.length > 0 ? [share, `moved by more than sampling explains: ${moved.join(', ')}`] : [share];
}
