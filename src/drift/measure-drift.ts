import type { DriftFeature, DriftResult } from '../data/results/drift.ts';
import { type Column, requireColumn, type Table } from '../data/table.ts';
import { DataError } from '../platform/errors.ts';
import type { Verdict } from '../platform/exit-codes.ts';
import { binnedDistribution, labelledDistribution, summarize } from './distribution.ts';
import type { Feature } from './feature-types.ts';
import { presentValues } from './present-values.ts';
import { chooseTest, isDrifted, type Samples } from './tests.ts';
import { countDistinct, countSorted, type Values, valueCounts } from './value-counts.ts';

export interface DriftQuestion {
  readonly reference: Table;
  readonly current: Table;
  readonly features: readonly Feature[];
  /** Above this share of drifted features the verdict is WARNING, 0..1. */
  readonly warningShare: number;
  /** Above this share it is CRITICAL, 0..1. */
  readonly criticalShare: number;
  /** With fewer rows on either side the verdict is UNKNOWN. */
  readonly minimumRows: number;
}

/**
 * Compares each feature's current values with its reference values by Evidently 0.7.23's default tests.
 * @throws DataError when a feature is missing on one side, when its kind differs, or when there is no feature at all.
 */
export function measureDrift(question: DriftQuestion): DriftResult {
  const { reference, current } = question;
  if (question.features.length === 0) {
    throw new DataError('the two files have no feature in common', {
      remedy: 'compare files with the same column names',
    });
  }
  const features = question.features.map((feature) =>
    compare(feature, requireColumn(reference, feature.name), requireColumn(current, feature.name)),
  );
  const drifted = features.filter((feature) => feature.drifted).length;
  const share = drifted / features.length;
  return {
    status: verdict(question, share),
    reference: { rows: reference.rows },
    current: { rows: current.rows },
    features_total: features.length,
    features_drifted: drifted,
    share_drifted: share,
    report: null,
    features,
  };
}

function verdict(question: DriftQuestion, share: number): Verdict {
  if (Math.min(question.reference.rows, question.current.rows) < question.minimumRows) return 'UNKNOWN';
  if (share > question.criticalShare) return 'CRITICAL';
  return share > question.warningShare ? 'WARNING' : 'OK';
}

function compare(feature: Feature, reference: Column, current: Column): DriftFeature {
  const before = presentValues(reference);
  const after = presentValues(current);
  const unscored: DriftFeature = {
    name: feature.name,
    type: feature.type,
    test: 'none',
    score: null,
    p_value: null,
    threshold: null,
    drifted: false,
    missing: {
      reference: missingShare(reference, before.length),
      current: missingShare(current, after.length),
    },
  };
  if (before.length === 0) return { ...unscored, note: 'the reference has no values' };
  if (after.length === 0)
    return { ...unscored, drifted: true, note: 'all values are missing in the current data' };
  if (feature.type === 'text') return { ...unscored, note: 'free text is not compared' };
  if (reference.kind !== current.kind) throw kindsDiffer(feature.name, reference, current);
  const samples = samplesOf(before, after);
  const test = chooseTest(feature.type, samples);
  const score = test.score(samples);
  const scored: DriftFeature = {
    ...unscored,
    test: test.name,
    score,
    p_value: test.kind === 'p_value' ? score : null,
    threshold: test.threshold,
    drifted: isDrifted(test, score),
  };
  if (feature.type === 'categorical') {
    return { ...scored, distribution: labelledDistribution(samples.counts()) };
  }
  const sorted = samples.sorted();
  return {
    ...scored,
    summary: { reference: summarize(sorted.reference), current: summarize(sorted.current) },
    distribution: binnedDistribution(sorted.reference, sorted.current),
  };
}

function kindsDiffer(name: string, reference: Column, current: Column): DataError {
  return new DataError(
    `feature '${name}' is ${reference.kind} in the reference and ${current.kind} in the current data`,
    {
      why: 'its values cannot be compared',
      remedy: 'correct the file whose values are of the wrong type',
    },
  );
}

function missingShare(column: Column, present: number): number {
  const rows = column.kind === 'numeric' ? column.values.length : column.codes.length;
  return rows === 0 ? 0 : 1 - present / rows;
}

function samplesOf(reference: Values, current: Values): Samples {
  if (reference instanceof Float64Array && current instanceof Float64Array) {
    const sorted = { reference: reference.toSorted(), current: current.toSorted() };
    return {
      referenceSize: reference.length,
      distinct: countDistinct(sorted.reference, sorted.current),
      sorted: () => sorted,
      counts: lazily(() => countSorted(sorted.reference, sorted.current)),
    };
  }
  const counts = valueCounts(reference, current);
  return {
    referenceSize: reference.length,
    distinct: counts.values.length,
    sorted: () => {
      throw new DataError('a test of numbers was asked for text', {
        remedy: 'correct the type of the feature in the schema',
      });
    },
    counts: () => counts,
  };
}

function lazily<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}
