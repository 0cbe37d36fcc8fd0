import { expect, test } from 'vitest';
import { NotDefinedError } from '../../src/drift/index.ts';
import { countedSamples, driftTest, knownSamples, numericSamples, uniform } from './test-samples.ts';

/** By Evidently 0.7.23 and scipy 1.17.1, by NannyML 0.13.1 under its name. */
const figures: readonly (readonly [keyof typeof knownSamples, string, number])[] = [
  ['tiny', 'cramer_von_mises', 0.04428904428904429],
  ['tied', 'cramer_von_mises', 0.5505050505050505],
  ['tiny', 'wasserstein', 1.524162346748202],
  ['tiny', 'jensenshannon', 0.8325546111576978],
  ['tiny', 'kl_div', 7.408210049560555],
  ['tiny', 'psi', 14.6734748759713],
  ['tiny', 'hellinger', 0.6397349994848831],
  ['tiny', 'ed', 1.4397971638449192],
  ['tiny', 'ks', 0.14685314685314685],
  ['tiny', 'anderson', 0.03081592832671024],
  ['tiny', 'evidently:mannw', 0.01748251748251748],
  ['tiny', 't_test', 0.02093455232146548],
  ['tiny', 'es', 0.3858844561697773],
  ['rounded', 'wasserstein', 0.9098226185357722],
  ['rounded', 'jensenshannon', 0.4839866626313414],
  ['rounded', 'kl_div', 1.145277508597853],
  ['rounded', 'psi', 3.5411503026689912],
  ['rounded', 'hellinger', 0.3490282016635758],
  ['rounded', 'ed', 0.9237604307034013],
  ['rounded', 'ks', 0.009286687441983053],
  ['rounded', 'anderson', 0.0011393357637031819],
  ['rounded', 'cramer_von_mises', 0.00338641573863252],
  ['rounded', 'evidently:mannw', 0.001686944936702332],
  ['rounded', 't_test', 0.0032087967773589566],
  ['rounded', 'es', 0.003592449640566322],
  ['continuous', 'wasserstein', 0.18604514422779111],
  ['continuous', 'jensenshannon', 0.07512140862704174],
  ['continuous', 'kl_div', 0.021545552733377812],
  ['continuous', 'psi', 0.04561183101009027],
  ['continuous', 'hellinger', 0.07531297386860365],
  ['continuous', 'ed', 0.2556005239158683],
  ['continuous', 'ks', 0.16779577045997965],
  ['continuous', 'anderson', 0.02669977860590831],
  ['continuous', 'cramer_von_mises', 0.05051622685587254],
  ['continuous', 'evidently:mannw', 0.03062637720155159],
  ['continuous', 't_test', 0.02152038881550241],
  ['continuous', 'es', 0.052041855200383805],
  ['large', 'wasserstein', 0.026939283469019974],
  ['large', 'jensenshannon', 0.07299277596697268],
  ['large', 'kl_div', 0.021543620330375393],
  ['large', 'psi', 0.043397359031655106],
  ['large', 'hellinger', 0.0733183887233165],
  ['large', 'ed', 0.04229532757502703],
  ['large', 'ks', 0.17871813268858705],
  ['large', 'anderson', 0.0065393297870367005],
  ['large', 'cramer_von_mises', 0.739250094892016],
  ['large', 'evidently:mannw', 0.3530168550871434],
  ['large', 't_test', 0.5326326305316839],
  ['large', 'es', 0.06844650725063553],
  ['huge', 'ks', 0.5],
  ['two', 'jensenshannon', 0.11361171846241168],
  ['two', 'kl_div', 0.054115320909768366],
  ['two', 'psi', 0.10397207708399184],
  ['two', 'hellinger', 0.11380615419750022],
  ['two', 'evidently:chisquare', 0.00219964706111306],
  ['two', 'evidently:g_test', 0.001589947646206787],
  ['two', 'evidently:z', 0.023540058261178],
  ['two', 'evidently:fisher_exact', 0.03414380231476882],
  ['unequal', 'jensenshannon', 0.1341589381367027],
  ['unequal', 'kl_div', 0.07658563347910433],
  ['unequal', 'psi', 0.14547706583213346],
  ['unequal', 'hellinger', 0.13450247265648002],
  ['unequal', 'evidently:chisquare', 0.023868442164574358],
  ['unequal', 'evidently:z', 0.04986020375690692],
  ['new', 'jensenshannon', 0.04863796122217823],
  ['new', 'kl_div', 0.00663117984175819],
  ['new', 'psi', 0.026446598475175175],
  ['new', 'hellinger', 0.05732562874359919],
  ['new', 'evidently:chisquare', 0.0],
  ['new', 'evidently:z', 0.4651691429295539],
  ['four', 'jensenshannon', 0.09085906498418025],
  ['four', 'kl_div', 0.02960468240730353],
  ['four', 'psi', 0.06793069482740333],
  ['four', 'hellinger', 0.09149398410172131],
  ['four', 'evidently:chisquare', 0.015220022518290929],
  ['four', 'evidently:g_test', 0.05346222930878734],
  ['four', 'evidently:z', 0.47895002342035786],
  ['tiny', 'mannw', 0.03496503496503496],
  ['rounded', 'mannw', 0.003373889873404664],
  ['continuous', 'mannw', 0.06125275440310318],
  ['large', 'mannw', 0.7060337101742868],
  ['two', 'g_test', 0.023072358439604188],
  ['two', 'fisher_exact', 0.03414380231476882],
  ['unequal', 'g_test', 0.044708055861572796],
  ['unequal', 'fisher_exact', 0.05304773782778968],
  ['new', 'g_test', 0.061383507285785927],
  ['four', 'g_test', 0.3473438122589496],
  ['rounded', 'nannyml:jensen_shannon', 0.5787764057071568],
  ['rounded', 'nannyml:kolmogorov_smirnov', 0.43333333333333335],
  ['rounded', 'nannyml:hellinger', 0.5399665009834685],
  ['rounded', 'nannyml:wasserstein', 1.4833333333333334],
  ['continuous', 'nannyml:jensen_shannon', 0.23051005900152297],
  ['continuous', 'nannyml:kolmogorov_smirnov', 0.08416666666666667],
  ['continuous', 'nannyml:hellinger', 0.22051943217360584],
  ['continuous', 'nannyml:wasserstein', 0.5493701557179747],
  ['large', 'nannyml:jensen_shannon', 0.19606511575339963],
  ['large', 'nannyml:kolmogorov_smirnov', 0.029305555555555557],
  ['large', 'nannyml:hellinger', 0.18943735383214264],
  ['large', 'nannyml:wasserstein', 0.0739532070065536],
  ['huge', 'nannyml:jensen_shannon', 0.9557290437641479],
  ['huge', 'nannyml:kolmogorov_smirnov', 0.49041666666666667],
  ['huge', 'nannyml:hellinger', 0.9349702808532584],
  ['huge', 'nannyml:wasserstein', 5.356200575756064],
  ['two', 'nannyml:jensen_shannon', 0.13646158094593988],
  ['two', 'nannyml:hellinger', 0.11380615419750002],
  ['two', 'nannyml:chi2', 0.03455083095094911],
  ['two', 'nannyml:l_infinity', 0.15000000000000002],
  ['unequal', 'nannyml:jensen_shannon', 0.16114130693498868],
  ['unequal', 'nannyml:hellinger', 0.1345024726564802],
  ['unequal', 'nannyml:chi2', 0.07755616674366538],
  ['unequal', 'nannyml:l_infinity', 0.17500000000000004],
  ['new', 'nannyml:jensen_shannon', 0.058420145141644675],
  ['new', 'nannyml:hellinger', 0.05732562874359895],
  ['new', 'nannyml:chi2', 0.07975420726482298],
  ['new', 'nannyml:l_infinity', 0.020000000000000018],
  ['four', 'nannyml:jensen_shannon', 0.10913285899388318],
  ['four', 'nannyml:hellinger', 0.09149398410172108],
  ['four', 'nannyml:chi2', 0.3597244102941495],
  ['four', 'nannyml:l_infinity', 0.06999999999999999],
];

test.each(figures)('the %s pair by %s', (pair, name, figure) => {
  const found = driftTest(name);
  const { score } = found.measure(knownSamples[pair]);
  const tolerance = found.kind === 'p_value' ? 1e-6 : 1e-9;
  expect(Math.abs(score - figure)).toBeLessThanOrEqual(tolerance * figure);
});

/** What takes chance, to a tenth of itself: beside 200,000 permutations of the tables and 4,000 or more of the kernel matrix by numpy. */
test.each([
  ['new', 'chisquare', 0.078],
  ['new', 'TVD', 0.5769],
  ['tiny', 'empirical_mmd', 0.1317],
  ['rounded', 'empirical_mmd', 0.0126],
  ['continuous', 'empirical_mmd', 0.0895],
] as const)('the %s pair by permutations of %s', (pair, name, figure) => {
  const found = driftTest(name);
  const measured = found.measure(knownSamples[pair]);
  expect(Math.abs(measured.score - figure)).toBeLessThan(0.3 * figure);
  expect(measured.note).toMatch(/ permutations/);
  expect(found.measure(knownSamples[pair])).toEqual(measured);
});

/** The statistic of Evidently's `mmd_pval`, of its whole kernel matrix. */
test.each([
  ['tiny', '0.1742'],
  ['rounded', '0.1273'],
  ['continuous', '0.003774'],
] as const)('the discrepancy of the %s pair', (pair, figure) => {
  expect(driftTest('empirical_mmd').measure(knownSamples[pair]).note).toContain(`discrepancy ${figure}`);
});

const constant = numericSamples([3, 3, 3, 3, 3, 3], [3, 3, 3, 3, 3, 3]);

test.each([
  ['es', numericSamples([0, 0, 0, 0, 0, 9], [0, 0, 0, 0, 0, 8]), 'no spread'],
  ['es', numericSamples([1, 2, 3, 4], [1, 2, 3, 4, 5]), 'five values'],
  ['t_test', constant, 'varies'],
  ['anderson', constant, 'single value'],
  ['mannw', constant, 'single value'],
  ['cramer_von_mises', numericSamples([1, 2, 3], [4]), 'two values'],
  ['empirical_mmd', numericSamples([1, 2, 3], [4]), 'two values'],
  ['chisquare', countedSamples({ a: 3 }, { a: 5 }), 'single value'],
  ['g_test', countedSamples({ a: 3 }, { a: 5 }), 'single value'],
  ['fisher_exact', knownSamples.four, '4 values'],
  ['evidently:g_test', knownSamples.unequal, 'as many'],
  ['evidently:fisher_exact', knownSamples.unequal, 'as many'],
  ['nannyml:chi2', countedSamples({ a: 3 }, { a: 5 }), 'single value'],
] as const)('%s is not defined for every pair', (name, samples, why) => {
  expect(() => driftTest(name).measure(samples)).toThrow(NotDefinedError);
  expect(() => driftTest(name).measure(samples)).toThrow(why);
});

test('the default does better than the peer where the peer misleads', () => {
  const younger = numericSamples(
    [61, 58, 55, 52, 49, 46, 43, 40, 37, 34],
    [41, 38, 35, 32, 29, 26, 23, 20, 17, 14],
  );
  expect(driftTest('evidently:mannw').measure(younger).score).toBeGreaterThan(0.99);
  expect(driftTest('mannw').measure(younger).score).toBeLessThan(0.01);
  expect(driftTest('evidently:chisquare').measure(knownSamples.new).score).toBe(0);
  expect(driftTest('chisquare').measure(knownSamples.new).score).toBeGreaterThan(0.05);
  const apart = countedSamples({ a: 900, b: 100 }, { a: 500, b: 500 });
  expect(driftTest('evidently:z').measure(apart).score).toBe(0);
  expect(driftTest('z').measure(apart).score).toBeGreaterThan(0);
});

test('a small chance is told by permutations too, so that it counts among a hundred features', () => {
  const before = uniform(11, 600);
  const after = uniform(12, 300).map((u) => u + 0.4);
  expect(driftTest('empirical_mmd').measure(numericSamples(before, after)).score).toBeLessThan(0.0005);
  const apart = countedSamples({ a: 300, b: 200, c: 3 }, { a: 100, b: 300, d: 4 });
  for (const name of ['TVD', 'chisquare']) expect(driftTest(name).measure(apart).score).toBeLessThan(0.0005);
});

test('more categories than a call takes arguments are compared', () => {
  const many = (from: number) =>
    Object.fromEntries(Array.from({ length: 150_000 }, (_, index) => [`c${1_000_000 + from + index}`, 20]));
  const samples = countedSamples(many(0), many(1_000));
  for (const name of ['psi', 'kl_div', 'chisquare'])
    expect(driftTest(name).measure(samples).score).toBeGreaterThan(0);
});
