import type { DriftFeature, DriftResult } from '../data/results/drift.ts';
import { requireColumn, type Table } from '../data/table.ts';
import { DataError } from '../platform/errors.ts';
import type { Verdict } from '../platform/exit-codes.ts';
import { type ComparisonRules, compareFeature } from './compare-feature.ts';
import { defaultConvention, type MeasuredFeature } from './conventions/index.ts';
import { profileChunks, profileColumn } from './feature-profile.ts';
import type { Feature } from './feature-types.ts';

export interface DriftLimits {
  /** Above this share of drifted features the verdict is WARNING, 0..1. */
  readonly warningShare: number;
  /** Above this share it is CRITICAL, 0..1. */
  readonly criticalShare: number;
  /** With fewer rows on either side the verdict is UNKNOWN. */
  readonly minimumRows: number;
}

export interface DriftQuestion
  extends DriftLimits,
    Pick<ComparisonRules, 'falseAlarms'>,
    Partial<Omit<ComparisonRules, 'falseAlarms'>> {
  readonly reference: Table;
  readonly current: Table;
  readonly features: readonly Feature[];
}

/** Rows of the two sides. */
export interface ComparedRows {
  readonly reference: number;
  readonly current: number;
}

/** Rules that a question may leave out. */
export const defaultRules = {
  convention: defaultConvention,
  plan: {},
  seed: 42,
  correction: true,
  allTests: false,
} as const;

/**
 * Compares each feature's current values with its reference values.
 * @throws DataError when a feature is missing on one side, or when there is no feature at all.
 */
export function measureDrift(question: DriftQuestion): DriftResult {
  const { reference, current } = question;
  const rules = { ...defaultRules, ...question };
  const measured = question.features.map((feature) => {
    const referenceColumn = requireColumn(reference, feature.name);
    return compareFeature(
      feature,
      profileColumn(referenceColumn),
      profileColumn(requireColumn(current, feature.name)),
      rules,
      (count) => profileChunks(referenceColumn, count),
    );
  });
  return concludeDrift(measured, { reference: reference.rows, current: current.rows }, rules, question);
}

/** The verdict over features that were compared one by one. @throws DataError without any feature */
export function concludeDrift(
  measured: readonly MeasuredFeature[],
  rows: ComparedRows,
  rules: ComparisonRules,
  limits: DriftLimits,
): DriftResult {
  if (measured.length === 0) {
    throw new DataError('the two files have no feature in common', {
      remedy: 'compare files with the same column names',
    });
  }
  const features: readonly DriftFeature[] = rules.convention.decide(measured, rules);
  const falseAlarms = rules.convention.falseAlarms?.(measured, rules);
  const drifted = features.filter((feature) => feature.drifted).length;
  const share = drifted / features.length;
  return {
    status: verdict(rows, limits, share),
    reference: { rows: rows.reference },
    current: { rows: rows.current },
    features_total: features.length,
    features_drifted: drifted,
    share_drifted: share,
    convention: rules.convention.name,
    ...(falseAlarms === undefined ? {} : { false_alarms: falseAlarms }),
    report: null,
    features: [...features],
  };
}

function verdict(rows: ComparedRows, limits: DriftLimits, share: number): Verdict {
  if (Math.min(rows.reference, rows.current) < limits.minimumRows) return 'UNKNOWN';
  if (share > limits.criticalShare) return 'CRITICAL';
  return share > limits.warningShare ? 'WARNING' : 'OK';
}
