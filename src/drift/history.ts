import type { DriftFinding } from '../data/results/drift-history.ts';
import { dayMs } from '../platform/durations.ts';
import { type DriftTest, driftTests } from './tests/index.ts';

export interface PastRun {
  /** Epoch milliseconds. */
  readonly at: number;
  /** False where there were too few rows for a verdict. */
  readonly judged: boolean;
  /** Drifted features / features, 0..1. */
  readonly share: number;
  readonly drifted: readonly string[];
}

export interface HistoryQuestion {
  /** Oldest first. */
  readonly runs: readonly PastRun[];
  /** Epoch milliseconds. */
  readonly now: number;
  /** Share of drifted features above which the runbook warns. */
  readonly warningShare: number;
}

/** A feature that drifted in so many of the last runs drifts consistently. */
const consistent = { runs: 4, drifted: 3 } as const;
/** A share that is so much above what the runs before it had in the middle is a spike. */
const spike = 0.3;
const fewestBefore = 3;
/** "Weeks", as the runbook says it. */
const quietMs = 14 * dayMs;
const silentMs = 7 * dayMs;

/** What the runbook looks for on Mondays: the same features again and again, a sudden spike, and a quiet that may be none. */
export function driftFindings({ runs, now, warningShare }: HistoryQuestion): readonly DriftFinding[] {
  const judged = runs.filter((run) => run.judged);
  return [silence(runs, now), sameFeatures(judged), suddenSpike(judged, warningShare), quiet(judged)].filter(
    (finding) => finding !== undefined,
  );
}

function silence(runs: readonly PastRun[], now: number): DriftFinding | undefined {
  const last = runs.at(-1);
  if (last !== undefined && now - last.at <= silentMs) return undefined;
  const summary =
    last === undefined
      ? 'monitoring has not run in this time'
      : `monitoring has not run for ${Math.floor((now - last.at) / dayMs)} days`;
  return {
    finding: 'no_runs',
    summary,
    features: [],
    advice: 'verify that monitoring is running: run it with mlops monitor, then see why the schedule did not',
  };
}

function sameFeatures(judged: readonly PastRun[]): DriftFinding | undefined {
  const lately = judged.slice(-consistent.runs);
  const names = [...new Set(lately.flatMap((run) => run.drifted))];
  const features = names.filter(
    (name) => lately.filter((run) => run.drifted.includes(name)).length >= consistent.drifted,
  );
  if (features.length === 0) return undefined;
  return {
    finding: 'consistent_drift',
    summary: `${features.join(', ')} drifted in at least ${consistent.drifted} of the last ${lately.length} runs`,
    features: features.toSorted(),
    advice:
      'investigate the cause: a pipeline that changed is mended, a population that moved is learned from (mlops heal)',
  };
}

function suddenSpike(judged: readonly PastRun[], warningShare: number): DriftFinding | undefined {
  const last = judged.at(-1);
  const before = judged.slice(0, -1).map((run) => run.share);
  if (last === undefined || before.length < fewestBefore) return undefined;
  const usual = median(before);
  if (last.share <= warningShare || last.share - usual < spike) return undefined;
  return {
    finding: 'sudden_spike',
    summary: `${Math.round(last.share * 100)} % of the features drifted in the last run, ${Math.round(usual * 100)} % before it`,
    features: [...last.drifted],
    advice: 'check the data pipeline first: what moves all at once is seldom the population',
  };
}

function quiet(judged: readonly PastRun[]): DriftFinding | undefined {
  const [first] = judged;
  const last = judged.at(-1);
  if (first === undefined || last === undefined || last.at - first.at < quietMs) return undefined;
  if (judged.some((run) => run.drifted.length > 0)) return undefined;
  const days = Math.floor((last.at - first.at) / dayMs);
  return {
    finding: 'no_drift',
    summary: `no feature drifted in ${judged.length} runs over ${days} days`,
    features: [],
    advice: 'verify that monitoring looks at fresh predictions: mlops health shows how old they are',
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/**
 * How far towards its threshold a feature is: 1 at it, above it more. Distances are divided by it; p-values compared by
 * their orders of magnitude.
 */
export function driftLevel(test: string, score: number | null, threshold: number | null): number | null {
  if (score === null || threshold === null || threshold <= 0) return null;
  if (!givesPValue(test)) return score / threshold;
  return Math.min(100, Math.log(Math.max(score, Number.MIN_VALUE)) / Math.log(threshold));
}

function givesPValue(name: string): boolean {
  return Object.values<DriftTest>(driftTests).some((test) => test.name === name && test.kind === 'p_value');
}
