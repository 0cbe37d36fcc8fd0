import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { treeShap } from '../../src/explanation/index.ts';
import { readTreeEnsemble } from '../../src/scoring/index.ts';
import { type BoostedTrees, encodeOnnx } from '../../src/training/index.ts';
import { foreignModels, readModel } from '../scoring/foreign-models.ts';
import { grow, riskAndNoise } from '../training/labelled-numbers.ts';

const figures = { base: z.number(), parts: z.array(z.array(z.number())) };
const rowsOf = z.array(z.array(z.number().nullable()));
const node = z.object({
  feature: z.int(),
  threshold: z.number(),
  categories: z.array(z.number()).optional(),
  missingLeft: z.boolean(),
  left: z.int(),
  right: z.int(),
  value: z.number(),
});

/** What make_shap_figures.py wrote down. */
const { made, files } = z
  .object({
    made: z.object({ trees: z.array(z.array(node)), background: rowsOf, rows: rowsOf, ...figures }),
    files: z.array(z.object({ file: z.string(), ...figures })),
  })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'shap-figures.json'), 'utf8')));

const values = (rows: z.infer<typeof rowsOf>) =>
  rows.map((row) => Float64Array.from(row, (value) => value ?? Number.NaN));

function explainerOf(content: Uint8Array, background: readonly Float64Array[], width: number) {
  const ensemble = readTreeEnsemble(content);
  if (ensemble === undefined) throw new Error('no tree ensemble');
  return {
    ensemble,
    shapley: treeShap({ trees: ensemble.trees(), base: ensemble.base, width }, background),
  };
}

function largestGap(found: readonly Float64Array[], expected: readonly (readonly number[])[]): number {
  return Math.max(
    ...expected.flatMap((row, index) =>
      row.map((value, feature) => Math.abs(value - (found[index]?.[feature] ?? Number.NaN))),
    ),
  );
}

describe("the shap package's figures to 1e-9", () => {
  test.each(files)('$file', ({ file, base, parts }) => {
    const rows = values(foreignModels.find((each) => each.file === file)?.rows ?? []);
    const { shapley } = explainerOf(readModel(file), rows, rows[0]?.length ?? 0);
    expect(shapley.base).toBeCloseTo(base, 9);
    const found = rows.slice(0, parts.length).map((row) => shapley.parts(row));
    expect(largestGap(found, parts)).toBeLessThan(1e-9);
  });

  test('splits on categories, missing values either way, a feature more than once on a way', () => {
    const model: BoostedTrees = {
      kind: 'boosted_trees',
      features: ['a', 'b', 'c', 'd'],
      trees: made.trees.map((tree) =>
        tree.map(({ categories, ...each }) => ({
          ...each,
          gain: 0,
          ...(categories === undefined ? {} : { categories }),
        })),
      ),
    };
    const { shapley } = explainerOf(encodeOnnx(model, 0.5), values(made.background), 4);
    expect(shapley.base).toBeCloseTo(made.base, 9);
    const found = values(made.rows).map((row) => shapley.parts(row));
    expect(largestGap(found, made.parts)).toBeLessThan(1e-9);
  });
});

describe('the parts and the base', () => {
  test.each(files)('add up to the log odds or probability of every row: $file', ({ file }) => {
    const rows = values(foreignModels.find((each) => each.file === file)?.rows ?? []);
    const { ensemble, shapley } = explainerOf(readModel(file), rows, rows[0]?.length ?? 0);
    for (const row of rows) {
      const sum = shapley.parts(row).reduce((total, part) => total + part, shapley.base);
      const probability = ensemble.scale === 'log_odds' ? 1 / (1 + Math.exp(-sum)) : sum;
      expect(probability).toBeCloseTo(ensemble.score(row), 12);
    }
  });

  it('have the mean answer of the background as base, and give nothing to a feature that no tree looks at', async () => {
    const { features, target } = riskAndNoise(600);
    const { trees } = await grow({ features, target }, { maxTrees: 20, featureShare: 1 });
    const columns = features.columns.map((each) =>
      each.kind === 'numeric' ? each.values : new Float64Array(),
    );
    const rows = Array.from({ length: 600 }, (_, row) =>
      Float64Array.from([...columns.map((values) => values[row] ?? 0), row]),
    );
    const model: BoostedTrees = { kind: 'boosted_trees', features: ['risk', 'noise', 'unused'], trees };
    const { ensemble, shapley } = explainerOf(encodeOnnx(model, 0.5), rows, 3);
    const logOdds = rows.map((row) => {
      const probability = ensemble.score(row);
      return Math.log(probability / (1 - probability));
    });
    const mean = logOdds.reduce((sum, each) => sum + each, 0) / rows.length;
    expect(shapley.base).toBeCloseTo(mean, 10);
    expect(shapley.parts(rows[5] ?? new Float64Array())[2]).toBe(0);
  });
});

test('a thousand rows by a hundred trees take well below a second', async () => {
  const { features, target } = riskAndNoise(4000);
  const { trees } = await grow({ features, target }, { maxTrees: 100, earlyStoppingShare: 0 });
  const columns = features.columns.map((each) =>
    each.kind === 'numeric' ? each.values : new Float64Array(),
  );
  const rows = Array.from({ length: 1000 }, (_, row) =>
    Float64Array.from(columns, (values) => values[row] ?? 0),
  );
  const model: BoostedTrees = { kind: 'boosted_trees', features: ['risk', 'noise'], trees };
  const { shapley } = explainerOf(encodeOnnx(model, 0.5), rows, 2);
  const started = process.cpuUsage();
  for (const row of rows) shapley.parts(row);
  const { user } = process.cpuUsage(started);
  expect(trees).toHaveLength(100);
  expect(user / 1e6).toBeLessThan(1);
});
