export {
  type Feature,
  type FeatureType,
  featureTypes,
  inferLikeEvidently,
  schemaFeatureTypes,
} from './feature-types.ts';
export { type DriftQuestion, measureDrift } from './measure-drift.ts';
export { chooseTest, type DriftTest, driftTests, isDrifted, type Samples } from './tests.ts';
