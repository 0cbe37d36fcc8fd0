import type { DriftFeature, DriftResult } from '../../data/results/drift.ts';
import type { Samples } from '../samples.ts';
import type { DriftTest, Measurement } from '../tests/drift-test.ts';

/** A feature as a test measured it, before anything is decided across features. */
export interface MeasuredFeature {
  /** Its figures; `threshold` and `drifted` as the test alone says. */
  readonly feature: DriftFeature;
  /** Undefined where no test could be made, such as of a feature without values: that decision stands. */
  readonly measured:
    | { readonly test: DriftTest; readonly threshold: number; readonly measurement: Measurement }
    | undefined;
}

/** Whose rules choose the test and decide. */
export interface DriftConvention {
  readonly name: NonNullable<DriftResult['convention']>;
  /** The test where the user asked for none. */
  chooseTest(type: 'numerical' | 'categorical', samples: Samples): DriftTest;
  /** Decides for all features of a report together; same order. */
  decide(features: readonly MeasuredFeature[]): readonly DriftFeature[];
}
