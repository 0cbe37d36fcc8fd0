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
  const undecided = (rest: Partial<DriftFeature>) => ({
    feature: { ...unscored, ...rest },
    measured: undefined,
    missing,
  });
  if (presentRows(reference) === 0) return undecided({ note: 'the reference has no values' });
  if (presentRows(current) === 0)
    return undecided({ drifted: true, note: 'all values are missing in the current data' });
  if (reference.kind !== current.kind)
    return undecided({ drifted: true, note: kindsDiffer(reference, current) });
  const compared = comparedAs(feature.type, reference, current);
  if (typeof compared === 'string') return undecided({ note: compared });
  const isOurs = feature.type !== 'numerical' && feature.type !== 'categorical';
  if (isOurs && rules.convention.name !== 'mlops')
    return undecided({ note: 'times, free text and embeddings are compared by our own rules alone' });
  const ofRows = compared.type === 'text' || compared.type === 'embedding';
  const samples = samplesOf(
    compared.type === 'numerical' ? 'numerical' : 'categorical',
    compared.reference,
    compared.current,
    rules.seed,
  );
  const test = testOfRows(compared.type) ?? chosenTest(feature, samples, rules);
  const chunkSamples = (count: number) =>
    referenceChunks(count)
      .filter((chunk) => presentRows(chunk) > 0)
      .map((chunk) => samplesOf(samples.type, reference, chunk, rules.seed));
  const threshold =
    rules.plan.thresholdByFeature?.get(feature.name) ??
    (ofRows ? undefined : rules.plan.threshold) ??
    rules.convention.thresholdOf?.(test, chunkSamples) ??
    test.threshold;
  const picture = {
    ...(ofRows ? {} : pictureOf(feature.name, samples)),
    ...(rules.allTests && !ofRows ? { tests: compareByAllTests(samples) } : {}),
  };
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
  return { feature: { ...scored, ...picture }, measured: { test, threshold, measurement }, missing };
}

/** Texts and vectors have one test each. */
function testOfRows(type: Compared['type']): DriftTest | undefined {
  if (type === 'text') return driftTests.text_domain;
  return type === 'embedding' ? driftTests.cosine_mmd : undefined;
}

function chosenTest({ name }: Feature, samples: Samples, { convention, plan }: ComparisonRules): DriftTest {
  const asked = plan.byFeature?.get(name) ?? plan[samples.type];
  if (asked === undefined) return convention.chooseTest(samples.type, samples);
  return namedTest(asked, convention.name);
}

function pictureOf(
  name: string,
  samples: Samples,
): Pick<DriftFeature, 'summary' | 'distribution' | 'effect' | 'categories'> {
  if (samples.type === 'categorical') {
    const counts = samples.counts();
    const categories = categoriesOfOneSide(counts);
    return {
      distribution: labelledDistribution(counts),
      effect: categoricalEffect(name, counts),
      ...(categories === undefined ? {} : { categories }),
    };
  }
  const sorted = samples.sorted();
  return {
    summary: { reference: summarize(sorted.reference), current: summarize(sorted.current) },
    distribution: binnedDistribution(sorted.reference, sorted.current),
    effect: numericalEffect(name, sorted),
  };
}

function kindsDiffer(reference: FeatureProfile, current: FeatureProfile): string {
  const inWords = { numeric: 'numbers', text: 'text' } as const;
  return `${inWords[current.kind]} where the reference has ${inWords[reference.kind]}: its values cannot be compared`;
}
