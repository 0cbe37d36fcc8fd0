import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { classificationMetrics } from '../../src/data/classification-metrics.ts';
import { readTable, requireNumeric, type Table, takeRows } from '../../src/data/index.ts';
import { openScorer, readTreeEnsemble, scoreTable } from '../../src/scoring/index.ts';
import {
  encodeOnnx,
  estimatorParameters,
  type Model,
  predictProbabilities,
  type TrainerChoices,
  trainModel,
} from '../../src/training/index.ts';
import { trainerDefaults } from '../../src/workspace/index.ts';
import { riskAndNoise, tableOf } from './labelled-numbers.ts';

const signal = new AbortController().signal;

function train(
  estimator: 'trees' | 'forest' | 'logistic',
  { features, target }: { readonly features: Table; readonly target: Float64Array },
  choices: Partial<TrainerChoices> = {},
  weights?: Float64Array,
): Promise<Model> {
  const parameters = estimatorParameters(estimator, { ...trainerDefaults, ...choices });
  return trainModel({ features, target, weights, seed: 9, signal }, parameters);
}

const table = await readTable(join(import.meta.dirname, '..', '..', 'fixtures', 'reference.csv'));
const target = requireNumeric(table, 'defaulted').values;
const features = { rows: table.rows, columns: table.columns.filter(({ name }) => name !== 'defaulted') };
const cut = Math.floor(0.7 * table.rows);
const part = (from: number, until: number) =>
  Uint32Array.from({ length: until - from }, (_, row) => from + row);
const earlier = { features: takeRows(features, part(0, cut)), target: target.subarray(0, cut) };
const later = { features: takeRows(features, part(cut, table.rows)), target: target.subarray(cut) };

/** The first feature in whole tens, as codes. */
function withCodes(all: Table): Table {
  const [first, ...others] = all.columns;
  if (first?.kind !== 'numeric') throw new Error('the first feature is a number');
  return {
    rows: all.rows,
    columns: [{ ...first, values: first.values.map((value) => Math.round(value / 10)) }, ...others],
  };
}

describe.each(['forest', 'logistic'] as const)('%s', (estimator) => {
  const first = features.columns[0]?.name ?? '';

  test.each([
    ['numbers', (all: Table) => all, []],
    ['categories', withCodes, [first]],
  ])(
    'of %s answers in ONNX Runtime as its own model does, missing and unseen values too',
    async (_, prepare, categories) => {
      const model = await train(
        estimator,
        { ...earlier, features: prepare(earlier.features) },
        { categories, forest: { trees: 30 } },
      );
      const content = encodeOnnx(model, 0.5);
      const strange = prepare(later.features).columns.map((column, place) =>
        column.kind === 'numeric'
          ? {
              ...column,
              values: column.values.map((value, row) => ((row + place) % 7 === 0 ? Number.NaN : value)),
            }
          : column,
      );
      const scored = { rows: later.features.rows, columns: strange };
      const ours = predictProbabilities(model, scored);
      const scorer = await openScorer(content);
      const runtime = await scoreTable(scorer, scored);
      await scorer.close();
      const reader = readTreeEnsemble(content);
      expect(reader === undefined).toBe(estimator === 'logistic');
      for (const [row, answer] of ours.entries()) {
        expect(Math.abs((runtime[row] ?? Number.NaN) - answer)).toBeLessThanOrEqual(1e-6);
        const values = Float64Array.from(strange, (column) =>
          column.kind === 'numeric' ? (column.values[row] ?? 0) : 0,
        );
        if (reader !== undefined) expect(Math.abs(reader.score(values) - answer)).toBeLessThanOrEqual(1e-6);
      }
    },
  );

  test('gives the same bytes for the same seed', async () => {
    const small = { forest: { trees: 5 } };
    const [one, other] = [await train(estimator, earlier, small), await train(estimator, earlier, small)];
    expect(Buffer.from(encodeOnnx(one, 0.5)).equals(Buffer.from(encodeOnnx(other, 0.5)))).toBe(true);
  });

  test('cannot keep to a monotone feature, and says so', () => {
    expect(() =>
      estimatorParameters(estimator, { ...trainerDefaults, monotone: { [first]: 'increasing' } }),
    ).toThrow(`the estimator ${estimator} cannot keep to trainer.monotone`);
  });
});

test('a forest ranks the later rows about as well as boosted trees', async () => {
  const aucOf = async (estimator: 'trees' | 'forest') => {
    const answers = predictProbabilities(
      await train(estimator, earlier, { forest: { trees: 100 } }),
      later.features,
    );
    return classificationMetrics(answers, later.target, 0.5).roc_auc ?? 0;
  };
  expect(await aucOf('forest')).toBeGreaterThan((await aucOf('trees')) - 0.02);
});

test('a tree of the forest answers with shares of outcome 1 among its rows', async () => {
  const model = await train('forest', riskAndNoise(1000), {
    forest: { trees: 20, depth: 6, minRowsPerLeaf: 10 },
  });
  if (model.kind !== 'random_forest') throw new Error(`a ${model.kind}`);
  for (const tree of model.trees) {
    const leaves = tree.filter((node) => node.feature < 0);
    expect(leaves.length).toBeGreaterThan(2);
    expect(leaves.every(({ value }) => value >= 0 && value <= 1 / 20)).toBe(true);
  }
});

describe('logistic regression has the coefficients of scikit-learn 1.9.1', () => {
  const numbers = {
    features: tableOf({
      x: Float64Array.of(0.5, 1.5, 2, 3.1, 4, 4.5, 5.2, 6, 7.7, 8.1),
      z: Float64Array.of(10, 7, 8, 3, 6, 1, 4, 2, 5, 0),
    }),
    target: Float64Array.of(0, 0, 1, 0, 0, 1, 1, 1, 0, 1),
  };

  test.each([
    [1, false, -0.012092200940494638, [0.21272567350735802, -0.7073768550546745]],
    [1, true, -0.24155656770915665, [0.6842601153061654, -0.539840826426541]],
    [0.1, false, -0.018862062211581335, [0.0158528133142654, -1.2190853541322657]],
    [0.1, true, -0.2849190073311387, [0.9102244288404234, -0.681959956158103]],
  ] as const)('with L2 %d, weighted: %s', async (l2, weighted, intercept, coefficients) => {
    const weights = weighted ? Float64Array.of(1, 2, 1, 3, 1, 1, 2, 1, 1, 2) : undefined;
    const model = await train('logistic', numbers, { logistic: { l2 } }, weights);
    if (model.kind !== 'logistic_regression') throw new Error(`a ${model.kind}`);
    expect(model.intercept).toBeCloseTo(intercept, 6);
    for (const [place, term] of model.terms.entries())
      expect(term.coefficient).toBeCloseTo(coefficients[place] ?? Number.NaN, 6);
  });
});
