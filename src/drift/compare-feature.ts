import type { DriftFeature } from '../data/results/drift.ts';
import { compareByAllTests } from './all-tests.ts';
import type { DecisionRules, DriftConvention, MeasuredFeature } from './conventions/index.ts';
import { binnedDistribution, labelledDistribution, summarize } from './distribution.ts';
import { categoricalEffect, categoriesOfOneSide, numericalEffect } from './effect.ts';
import { type FeatureProfile, missingShare, presentRows } from './feature-profile.ts';
import type { Feature } from './feature-types.ts';
import { type Compared, comparedAs } from './kinds/compared-as.ts';
import { measureMissing } from './missing-values.ts';
import { type Samples, samplesOf } from './samples.ts';
import type { TestPlan } from './test-plan.ts';
import { type DriftTest, driftTests, isDrifted, measureOrSayWhyNot, namedTest } from './tests/index.ts';

export interface ComparisonRules extends DecisionRules {
  readonly convention: DriftConvention;
  readonly plan: TestPlan;
  readonly seed: number;
  /** Whether to compare by every test beside the one that decides. */
  readonly allTests: boolean;
}

/**
 * One feature's current values against its reference values; what is decided across features comes later. Where the two sides are
 * of different kinds, numbers and text, there is nothing to measure and the feature has drifted.
 * @param referenceChunks the reference's rows cut into parts in their order, for a convention that sets thresholds by them
 */
export function compareFeature(
  feature: Feature,
  reference: FeatureProfile,
  current: FeatureProfile,
  rules: ComparisonRules,
  referenceChunks: (count: number) => readonly FeatureProfile[],
): MeasuredFeature {
  const unscored: DriftFeature = {
    name: feature.name,
    type: feature.type,
    test: 'none',
    score: null,
    p_value: null,
    threshold: null,
    drifted: false,
    missing: { reference: missingShare(reference), current: missingShare(current) },
  };
  const missing = measureMissing(reference, current);
  const rows = { reference: reference.rows, current: current.rows };
  const undecided = (rest: Partial<DriftFeature>) => ({
    feature: { ...unscored, ...rest },
    rows,
    measured: undefined,
    missing,
  });
  const compared = toCompare(feature, reference, current, rules.convention);
  if ('drifted' in compared) return undecided(compared);
  const { type } = compared;
  const samples = samplesOf(
    type === 'numerical' ? 'numerical' : 'categorical',
    compared.reference,
    compared.current,
    rules.seed,
  );
  const test = testOfRows(type) ?? chosenTest(feature, samples, rules);
  const threshold =
    askedThreshold(feature, type, rules.plan) ??
    rules.convention.thresholdOf?.(test, (count) =>
      chunkSamples(samples.type, reference, referenceChunks(count), rules.seed),
    ) ??
    test.threshold;
  const picture = isOfRows(type) ? {} : pictureOf(feature.name, samples, rules.allTests);
  const measurement = measureOrSayWhyNot(test, samples);
  if (typeof measurement === 'string')
    return undecided({ test: test.name, threshold, note: measurement, ...picture });
  const note = [compared.note, measurement.note].filter((each) => each !== undefined).join('; ');
  const scored: DriftFeature = {
    ...unscored,
    test: test.name,
    score: measurement.score,
    p_value: measurement.pValue,
    threshold,
    drifted: isDrifted(test, measurement.score, threshold),
    ...(note === '' ? {} : { note }),
  };
  return { feature: { ...scored, ...picture }, rows, measured: { test, threshold, measurement }, missing };
}

/** What of the feature is compared, or the decision where there is nothing to measure. */
function toCompare(
  { type }: Feature,
  reference: FeatureProfile,
  current: FeatureProfile,
  convention: DriftConvention,
): Compared | { readonly drifted: boolean; readonly note: string } {
  if (presentRows(reference) === 0) return { drifted: false, note: 'the reference has no values' };
  if (presentRows(current) === 0)
    return { drifted: true, note: 'all values are missing in the current data' };
  if (reference.kind !== current.kind) return { drifted: true, note: kindsDiffer(reference, current) };
  const compared = comparedAs(type, reference, current);
  if (typeof compared === 'string') return { drifted: false, note: compared };
  const isOurs = type !== 'numerical' && type !== 'categorical';
  if (isOurs && convention.name !== 'mlops')
    return { drifted: false, note: 'times, free text and embeddings are compared by our own rules alone' };
  return compared;
}

/** Texts and vectors are drawn row by row; of them there is no picture, and one test. */
function isOfRows(type: Compared['type']): boolean {
  return type === 'text' || type === 'embedding';
}

/** For all features it is one for numbers and categories. */
function askedThreshold({ name }: Feature, type: Compared['type'], plan: TestPlan): number | undefined {
  return plan.thresholdByFeature?.get(name) ?? (isOfRows(type) ? undefined : plan.threshold);
}

function chunkSamples(
  type: Samples['type'],
  reference: FeatureProfile,
  chunks: readonly FeatureProfile[],
  seed: number,
): readonly Samples[] {
  return chunks
    .filter((chunk) => presentRows(chunk) > 0)
    .map((chunk) => samplesOf(type, reference, chunk, seed));
}

function testOfRows(type: Compared['type']): DriftTest | undefined {
  if (type === 'text') return driftTests.text_domain;
  return type === 'embedding' ? driftTests.cosine_mmd : undefined;
}

/** The test that was asked for, by the feature or its type, else the one it was calibrated by, else the convention's. */
export function chosenTest(
  { name }: Feature,
  samples: Samples,
  { convention, plan, calibration }: Pick<ComparisonRules, 'convention' | 'plan' | 'calibration'>,
): DriftTest {
  const asked = plan.byFeature?.get(name) ?? plan[samples.type];
  if (asked !== undefined) return namedTest(asked, convention.name);
  return calibration?.testOf(name, samples.type) ?? convention.chooseTest(samples.type, samples);
}

function pictureOf(
  name: string,
  samples: Samples,
  allTests: boolean,
): Pick<DriftFeature, 'summary' | 'distribution' | 'effect' | 'categories' | 'tests'> {
  const tests = allTests ? { tests: compareByAllTests(samples) } : {};
  if (samples.type === 'categorical') {
    const counts = samples.counts();
    const categories = categoriesOfOneSide(counts);
    return {
      distribution: labelledDistribution(counts),
      effect: categoricalEffect(name, counts),
      ...(categories === undefined ? {} : { categories }),
      ...tests,
    };
  }
  const sorted = samples.sorted();
  return {
    summary: { reference: summarize(sorted.reference), current: summarize(sorted.current) },
    distribution: binnedDistribution(sorted.reference, sorted.current),
    effect: numericalEffect(name, sorted),
    ...tests,
  };
}

function kindsDiffer(reference: FeatureProfile, current: FeatureProfile): string {
  const inWords = { numeric: 'numbers', text: 'text' } as const;
  return `${inWords[current.kind]} where the reference has ${inWords[reference.kind]}: its values cannot be compared`;
}
