import type { DriftTestName } from '../data/results/drift-test-names.ts';

/** Tests and thresholds that the user asked for; where nothing is said the convention chooses. */
export interface TestPlan {
  readonly numerical?: DriftTestName | undefined;
  readonly categorical?: DriftTestName | undefined;
  /** By the name of the feature; before `numerical` and `categorical`. */
  readonly byFeature?: ReadonlyMap<string, DriftTestName> | undefined;
  /** In place of each test's own. */
  readonly threshold?: number | undefined;
  readonly thresholdByFeature?: ReadonlyMap<string, number> | undefined;
}
