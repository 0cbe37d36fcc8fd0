import type { DriftConventionName, DriftTestName } from '../../platform/drift-test-names.ts';
import { UsageError } from '../../platform/errors.ts';
import type { Samples } from '../samples.ts';
import { andersonDarlingTest } from './anderson-darling.ts';
import { chiSquareTest, evidentlyChiSquareTest } from './chi-square.ts';
import { cosineMmdTest } from './cosine-mmd.ts';
import { cramerVonMisesTest } from './cramer-von-mises.ts';
import { type DriftTest, type Measurement, NotDefinedError } from './drift-test.ts';
import { energyDistanceTest } from './energy-distance.ts';
import { eppsSingletonTest } from './epps-singleton.ts';
import { evidentlyFisherExactTest, fisherExactTest } from './fisher-exact.ts';
import { evidentlyGTest, gTest } from './g-test.ts';
import { hellingerTest } from './hellinger.ts';
import { jensenShannonTest } from './jensen-shannon.ts';
import { kolmogorovSmirnovTest } from './kolmogorov-smirnov.ts';
import { kullbackLeiblerTest } from './kullback-leibler.ts';
import { evidentlyMannWhitneyTest, mannWhitneyTest } from './mann-whitney.ts';
import { meanDiscrepancyTest } from './mean-discrepancy.ts';
import { nannymlChi2Test } from './nannyml/chi2.ts';
import { nannymlHellingerTest } from './nannyml/hellinger.ts';
import { nannymlJensenShannonTest } from './nannyml/jensen-shannon.ts';
import { nannymlKolmogorovSmirnovTest } from './nannyml/kolmogorov-smirnov.ts';
import { nannymlLInfinityTest } from './nannyml/l-infinity.ts';
import { nannymlWassersteinTest } from './nannyml/wasserstein.ts';
import { populationStabilityTest } from './population-stability.ts';
import { evidentlyProportionsTest, proportionsTest } from './proportions.ts';
import { robustWassersteinTest } from './robust-wasserstein.ts';
import { studentTTest } from './student-t.ts';
import { textDomainTest } from './text-domain.ts';
import { totalVariationTest } from './total-variation.ts';
import { wassersteinTest } from './wasserstein.ts';

export { type DriftTest, isDrifted, type Measurement, NotDefinedError } from './drift-test.ts';
export { measureCounts } from './jensen-shannon.ts';

/** To add a test: its file, and its line here. */
export const driftTests = {
  robust_wasserstein: robustWassersteinTest,
  wasserstein: wassersteinTest,
  jensenshannon: jensenShannonTest,
  kl_div: kullbackLeiblerTest,
  psi: populationStabilityTest,
  hellinger: hellingerTest,
  ed: energyDistanceTest,
  TVD: totalVariationTest,
  ks: kolmogorovSmirnovTest,
  anderson: andersonDarlingTest,
  cramer_von_mises: cramerVonMisesTest,
  mannw: mannWhitneyTest,
  t_test: studentTTest,
  es: eppsSingletonTest,
  chisquare: chiSquareTest,
  g_test: gTest,
  z: proportionsTest,
  fisher_exact: fisherExactTest,
  empirical_mmd: meanDiscrepancyTest,
  cosine_mmd: cosineMmdTest,
  text_domain: textDomainTest,
  'evidently:chisquare': evidentlyChiSquareTest,
  'evidently:mannw': evidentlyMannWhitneyTest,
  'evidently:g_test': evidentlyGTest,
  'evidently:fisher_exact': evidentlyFisherExactTest,
  'evidently:z': evidentlyProportionsTest,
  'nannyml:jensen_shannon': nannymlJensenShannonTest,
  'nannyml:kolmogorov_smirnov': nannymlKolmogorovSmirnovTest,
  'nannyml:hellinger': nannymlHellingerTest,
  'nannyml:wasserstein': nannymlWassersteinTest,
  'nannyml:chi2': nannymlChi2Test,
  'nannyml:l_infinity': nannymlLInfinityTest,
} as const satisfies {
  readonly [Name in DriftTestName]: DriftTest & { readonly name: Name };
};

/** The reason in place of a measurement where the test is not defined for these samples. */
export function measureOrSayWhyNot(test: DriftTest, samples: Samples): Measurement | string {
  try {
    const measurement = test.measure(samples);
    return Number.isFinite(measurement.score) ? measurement : `${test.name} has no finite value`;
  } catch (error) {
    if (error instanceof NotDefinedError) return error.message;
    throw error;
  }
}

/** That test; under a peer's convention the peer's own where it has one of that name. @throws UsageError for no such test */
export function namedTest(name: DriftTestName, convention: DriftConventionName): DriftTest {
  const tests = Object.values<DriftTest>(driftTests);
  const found =
    tests.find((test) => test.name === `${convention}:${name}`) ?? tests.find((test) => test.name === name);
  if (found !== undefined) return found;
  throw new UsageError(`the test '${name}' is not made feature by feature`, {
    remedy: 'see the tests: mlops help thresholds',
  });
}
