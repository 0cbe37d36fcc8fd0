import type { DriftFeature, DriftResult } from '../../data/results/drift.ts';
import type { DriftConventionName } from '../../platform/drift-test-names.ts';
import type { CalibratedLimits, RowsOfSides } from '../calibration/calibrated-limits.ts';
import type { Samples } from '../samples.ts';
import type { DriftTest, Measurement } from '../tests/drift-test.ts';

/** A feature as a test measured it, before anything is decided across features. */
export interface MeasuredFeature {
  /** Its figures; `threshold` and `drifted` as the test alone says. */
  readonly feature: DriftFeature;
  readonly rows: RowsOfSides;
  /** Undefined where no test could be made, such as of a feature without values: that decision stands. */
  readonly measured:
    | { readonly test: DriftTest; readonly threshold: number; readonly measurement: Measurement }
    | undefined;
  /** Its missing and present rows, as two categories; undefined where no row is missing on either side. */
  readonly missing: Measurement | undefined;
}

/** How sure a report has to be. */
export interface DecisionRules {
  /** Chance, above 0 and below 1, that a report in which nothing moved names a feature nevertheless. */
  readonly falseAlarms: number;
  /** Whether that chance is of the whole report (Benjamini and Hochberg) or of each feature alone. */
  readonly correction: boolean;
  /** Thresholds from resampling the reference, for a convention that asks what chance explains. */
  readonly calibration?: CalibratedLimits | undefined;
}

/** Whose rules choose the test and decide. */
export interface DriftConvention {
  readonly name: DriftConventionName;
  /** How features get their types where no schema says them. */
  readonly types: 'schema' | 'evidently';
  /** The test where the user asked for none. */
  chooseTest(type: 'numerical' | 'categorical', samples: Samples): DriftTest;
  /**
   * The threshold where the user gave none; absent where it is always the test's own.
   * @param chunks the reference's rows cut into about so many parts in their order, each as the current side
   */
  thresholdOf?(test: DriftTest, chunks: (count: number) => readonly Samples[]): number;
  /** Decides for all features of a report together; same order. */
  decide(features: readonly MeasuredFeature[], rules: DecisionRules): readonly DriftFeature[];
  /** Chance that shifts of some robust deviations would have been seen with these rows; absent where it is not known. */
  power?(features: readonly MeasuredFeature[], rules: DecisionRules): DriftResult['power'];
  /** The peer's own verdict over all features, by the share that drifted, in words; absent where it has none. */
  verdictInWords?(share: number): string;
  /** What is known of its false alarms; absent where nothing is. */
  falseAlarms?(features: readonly MeasuredFeature[], rules: DecisionRules): DriftResult['false_alarms'];
}
