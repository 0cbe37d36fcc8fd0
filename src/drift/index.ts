export {
  type Feature,
  type FeatureType,
  featureTypes,
  inferLikeEvidently,
  schemaFeatureTypes,
} from './feature-types.ts';
export { type DriftQuestion, measureDrift } from './measure-drift.ts';
export { comparableFeatures, type DataIssueQuestion, findDataIssues } from './quality/data-issues.ts';
export type { DataPair } from './quality/feature-pair.ts';
export { featureQuality } from './quality/feature-quality.ts';
export { type Traffic, type VolumeThresholds, volumeVerdict } from './quality/volume.ts';
export { chooseTest, type DriftTest, driftTests, isDrifted, type Samples } from './tests.ts';
export { sureFinding, type TriageQuestion, triage } from './triage.ts';
