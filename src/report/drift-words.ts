import type { DriftResult } from '../data/results/drift.ts';
import { grouped, percent } from './figures.ts';

/** What the result says of itself, else how many features drifted. */
export function driftSentence(result: DriftResult): string {
  return result.sentence ?? driftCount(result);
}

export function driftCount({ features_drifted, features_total, share_drifted }: DriftResult): string {
  return `${features_drifted} of ${features_total} features drifted (${percent(share_drifted)})`;
}

/** The first line of a result: how many features drifted and how many faults the data have, or why it cannot be judged. */
export function driftHeadline(result: DriftResult): string {
  const { status, sentence, issues = [] } = result;
  if (status === 'UNKNOWN' && sentence !== undefined) return sentence;
  return issues.length === 0 ? driftCount(result) : `${driftCount(result)}, ${faultCount(issues.length)}`;
}

/** What the result says of itself that its headline does not say; undefined where that is all. */
export function besidesHeadline({
  status,
  sentence = '',
  features_drifted,
  features_total,
}: DriftResult): string | undefined {
  const counted = `${features_drifted} of ${features_total} features drifted`;
  if (status === 'UNKNOWN' || sentence === '' || sentence === counted) return undefined;
  return sentence.startsWith(`${counted}; `) ? sentence.slice(counted.length + 2) : sentence;
}

/** "12,000 reference rows", "1 current row". */
export function rowCount(rows: number, side: 'reference' | 'current'): string {
  return `${grouped(rows)} ${side} row${rows === 1 ? '' : 's'}`;
}

function faultCount(faults: number): string {
  return faults === 1 ? '1 fault of the data' : `${faults} faults of the data`;
}

export function driftWord(drifted: boolean): string {
  return drifted ? 'drifted' : 'not drifted';
}
