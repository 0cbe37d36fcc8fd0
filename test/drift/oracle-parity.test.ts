import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readTable } from '../../src/data/read-table.ts';
import { driftConventions, inferLikeEvidently, measureDrift } from '../../src/drift/index.ts';

const shared = join(import.meta.dirname, '..', '..', '..', 'shared');
const oracleFile = join(shared, 'oracle', 'drift_evidently_0.7.23.json');
const present = existsSync(oracleFile);

const preset = z.array(z.tuple([z.string(), z.unknown()]));
const oracle = z.record(z.string(), z.object({ preset }).loose());
const methods: Readonly<Record<string, string>> = {
  'Wasserstein distance (normed)': 'wasserstein',
  'Jensen-Shannon distance': 'jensenshannon',
  'K-S p_value': 'ks',
  'chi-square p_value': 'evidently:chisquare',
  'Z-test p_value': 'evidently:z',
};

const title = present ? '%s' : 'skipped: needs ../shared (%s)';
describe.skipIf(!present)("the same answers as Evidently 0.7.23's DataDriftPreset", () => {
  test.each([
    ['reference.csv', 'current_calm.csv'],
    ['reference.csv', 'current_shifted.csv'],
    ['small_reference.csv', 'small_current.csv'],
  ])(title, async (referenceFile, currentFile) => {
    const answers =
      oracle.parse(JSON.parse(readFileSync(oracleFile, 'utf8')))[`${referenceFile} vs ${currentFile}`]
        ?.preset ?? [];
    const reference = await readTable(join(shared, 'data', 'gmsc', referenceFile));
    const current = await readTable(join(shared, 'data', 'gmsc', currentFile));
    const features = inferLikeEvidently(reference, current);
    const result = measureDrift({
      reference,
      current,
      features,
      warningShare: 0.3,
      criticalShare: 0.5,
      minimumRows: 0,
      falseAlarms: 0.05,
      convention: driftConventions.evidently,
    });
    expect(result.features_total).toBe(10);
    for (const [name, answer] of answers) {
      const [, column, method, threshold] =
        /^ValueDrift\(column=(.+),method=(.+),threshold=(.+)\)$/.exec(name) ?? [];
      if (column === undefined) {
        const { count, share } = z.object({ count: z.number(), share: z.number() }).parse(answer);
        const called = share >= 0.5 ? 'dataset drift' : 'no dataset drift';
        expect(result).toMatchObject({
          features_drifted: count,
          notes: [expect.stringContaining(`verdict: ${called},`)],
        });
        continue;
      }
      const feature = result.features.find((each) => each.name === column);
      const expected = z.number().parse(answer);
      expect(feature).toMatchObject({ test: methods[method ?? ''], threshold: Number(threshold) });
      const tolerance = feature?.p_value === feature?.score ? 1e-6 : 1e-9;
      expect(Math.abs((feature?.score ?? Number.NaN) - expected), `${column} ${method}`).toBeLessThanOrEqual(
        tolerance * expected,
      );
    }
  });
});
