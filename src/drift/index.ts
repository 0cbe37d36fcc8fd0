export { withAdvice } from './advice.ts';
export { type BesideFeatures, withBeside } from './beside-features.ts';
export {
  type CalibrationQuestion,
  calibrateThresholds,
  windowSizes,
} from './calibration/calibrate-thresholds.ts';
export { type CalibratedLimits, calibratedLimits } from './calibration/calibrated-limits.ts';
export { type ComparisonRules, compareFeature } from './compare-feature.ts';
export { featureChanges } from './compare-results.ts';
export { type AnsweredRows, type AnswersQuestion, measureAnswers } from './concept/measure-answers.ts';
export { type DriftConvention, defaultConvention, driftConventions } from './conventions/index.ts';
export { describeTest, explainLimit } from './explain-limit.ts';
export {
  type FeatureProfile,
  profileChunks,
  profileColumn,
  rememberSorted,
  sortedOf,
} from './feature-profile.ts';
export {
  type Feature,
  type FeatureType,
  featureTypes,
  inferLikeEvidently,
  schemaFeatureTypes,
  type TypingRule,
} from './feature-types.ts';
export { dependenceSentence, type Importance } from './importance.ts';
export {
  concludeDrift,
  type DriftLimits,
  type DriftQuestion,
  defaultRules,
  measureDrift,
  measureDriftByColumns,
  powerSentence,
} from './measure-drift.ts';
export { compareMembership } from './multivariate/compare-membership.ts';
export { type ImportanceWeights, importanceWeights } from './multivariate/importance-weights.ts';
export {
  type MultivariateFinding,
  type MultivariateQuestion,
  measureMultivariate,
} from './multivariate/measure-multivariate.ts';
export { findOnset, type OnsetQuestion } from './onset/find-onset.ts';
export {
  comparableFeatures,
  type DataIssueQuestion,
  DataIssueSearch,
  findDataIssues,
} from './quality/data-issues.ts';
export type { DataPair } from './quality/feature-pair.ts';
export { featureQuality } from './quality/feature-quality.ts';
export { markFaults, warnOfFaults } from './quality/mark-faults.ts';
export { type Traffic, type VolumeThresholds, volumeVerdict } from './quality/volume.ts';
export type { Samples } from './samples.ts';
export { mergePlans, requireFeatures, requirePlanFits, type TestPlan } from './test-plan.ts';
export { type DriftTest, driftTests, isDrifted, NotDefinedError } from './tests/index.ts';
export { sureFinding, type TriageQuestion, triage } from './triage.ts';
export {
  cutWindows,
  type Period,
  parsePeriod,
  requireWeekApart,
  type WindowRule,
} from './windows/cut-windows.ts';
export { type Against, measureWindows, type WindowsQuestion } from './windows/measure-windows.ts';
