// npm run bench alarms: how often a report in which nothing moved names a feature, and how often one that moved is named,
// by our rule and by Evidently's (its decisions are exactly ours under --convention evidently: test/drift/oracle-parity).
import { cpus } from 'node:os';
import type { DriftResult } from '../../../src/data/results/drift.ts';
import { driftConventions, featureTypes, measureDrift } from '../../../src/drift/index.ts';
import { randomFrom } from '../../../src/training/random.ts';
import { driftDefaults } from '../../../src/workspace/index.ts';
import { namedByChance } from './calibrated.ts';
import { type Population, readPopulation, sample } from './population.ts';
import { type Shift, shiftsOf } from './shifts.ts';

const sizes = [200, 1_000, 10_000] as const;
const referenceRows = 3_000;
const reports = { 1: 400, 10: 100 } as const;
const powerReports = 100;
const seed = 42;
const conventions = [driftConventions.mlops, driftConventions.evidently] as const;
type Judged = (result: DriftResult) => boolean;

const population = await readPopulation();
const width = population.columns.length;
console.log(
  `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ` +
    `rows of ${population.name} drawn with replacement, reference of ${referenceRows}, seed ${seed}\n`,
);
console.log(
  '| reports in which nothing moved and a feature is named | rows | mlops | Evidently 0.7.23 |\n|---|---|---|---|',
);
const anyNamed: Judged = ({ features_drifted }) => features_drifted > 0;
for (const copies of [1, 10] as const)
  for (const rows of sizes) {
    const shares = conventionShares(population, copies, rows, reports[copies], anyNamed);
    console.log(
      `| ${width * copies} features, ${reports[copies]} reports | ${rows} | ${shares.join(' | ')} |`,
    );
  }
console.log(
  '\n| reports in which nothing moved and a feature is named | rows | mlops | after mlops drift calibrate |\n|---|---|---|---|',
);
for (const alike of [false, true])
  for (const rows of [200, 1_000]) {
    const {
      byDefault,
      calibrated,
      reports: made,
    } = await namedByChance(population, rows, referenceRows, alike);
    const shares = [byDefault, calibrated].map((hits) => withInterval(hits, made));
    const what = alike ? 'neighbouring rows alike' : 'independent rows';
    console.log(`| ${what}, ${made} reports | ${rows} | ${shares.join(' | ')} |`);
  }
console.log(
  `\n| reports that name the feature that moved, of ${powerReports} | rows | mlops | Evidently 0.7.23 |\n|---|---|---|---|`,
);
for (const shift of shiftsOf(population))
  for (const rows of sizes) {
    const named: Judged = ({ features }) =>
      features.some(({ name, drifted }) => name === shift.feature && drifted);
    const shares = conventionShares(population, 1, rows, powerReports, named, shift);
    console.log(`| ${shift.what} | ${rows} | ${shares.join(' | ')} |`);
  }

/** One cell for each convention; both see the same samples. */
function conventionShares(
  from: Population,
  copies: number,
  rows: number,
  count: number,
  judged: Judged,
  shift?: Shift,
): readonly string[] {
  const random = randomFrom(seed + rows + copies);
  const hits = conventions.map(() => 0);
  for (let report = 0; report < count; report++) {
    const reference = sample(from, referenceRows, copies, random);
    const drawn = sample(from, rows, copies, random);
    const current = shift === undefined ? drawn : shift.apply(drawn, random);
    const features = featureTypes(reference, current);
    for (const [index, convention] of conventions.entries()) {
      const result = measureDrift({
        ...driftDefaults,
        minimumRows: 0,
        reference,
        current,
        features,
        convention,
      });
      hits[index] = (hits[index] ?? 0) + Number(judged(result));
    }
  }
  return hits.map((hit) => withInterval(hit, count));
}

/** A share with its 95 % interval (Wilson 1927). */
function withInterval(hits: number, count: number): string {
  const z = 1.959963984540054;
  const share = hits / count;
  const middle = (share + z ** 2 / (2 * count)) / (1 + z ** 2 / count);
  const half =
    (z / (1 + z ** 2 / count)) * Math.sqrt((share * (1 - share)) / count + z ** 2 / (4 * count ** 2));
  const percent = (value: number) => (100 * Math.max(0, value)).toFixed(1);
  return `${percent(share)} % (${percent(middle - half)} to ${percent(middle + half)})`;
}
