import { describe, expect, test } from 'vitest';
import type { NumericColumn, Table } from '../../src/data/index.ts';
import { openScorer, readTreeEnsemble, scoreTable } from '../../src/scoring/index.ts';
import {
  encodeOnnx,
  predictProbabilities,
  type TrainingParameters,
  trainBoostedTrees,
  trainingParameters,
} from '../../src/training/index.ts';
import { randomFrom } from '../../src/training/random.ts';
import { trainerDefaults } from '../../src/workspace/index.ts';

const rows = 3000;

function column(name: string, valueAt: (row: number) => number): NumericColumn {
  return {
    kind: 'numeric',
    name,
    type: 'number',
    values: Float64Array.from({ length: rows }, (_, row) => valueAt(row)),
  };
}

/** Every third code is risky, which no cut of the codes' order tells apart; `few` has three codes and gaps. */
function codedTable(): { readonly table: Table; readonly target: Float64Array } {
  const random = randomFrom(7);
  const table = {
    rows,
    columns: [
      column('code', () => Math.floor(40 * random())),
      column('few', () => (random() < 0.2 ? Number.NaN : Math.floor(3 * random()))),
      column('amount', () => (random() < 0.1 ? Number.NaN : 100 * random())),
    ],
  };
  const [code, few, amount] = table.columns;
  const target = Float64Array.from({ length: rows }, (_, row) => {
    const risky = (code?.values[row] ?? 0) % 3 === 0 ? 2 : 0;
    const gone = Number.isNaN(few?.values[row]) || few?.values[row] === 1 ? 1 : 0;
    const odds = risky + gone + ((amount?.values[row] ?? 0) > 60 ? 1 : 0) - 2;
    return Number(random() < 1 / (1 + Math.exp(-odds)));
  });
  return { table, target };
}

function train(table: Table, target: Float64Array, parameters: Partial<TrainingParameters>) {
  return trainBoostedTrees({
    features: table,
    target,
    parameters: { ...trainingParameters(trainerDefaults), ...parameters },
    seed: 3,
    signal: new AbortController().signal,
  });
}

describe('features whose numbers are names', () => {
  const { table, target } = codedTable();
  const categories = ['code', 'few'];

  test('are told apart by sets of values', async () => {
    const { trees } = await train(table, target, {
      categories,
      maxTrees: 1,
      featureShare: 1,
      minRowsPerLeaf: 1,
    });
    const [root] = trees[0] ?? [];
    const wanted = Array.from({ length: 14 }, (_, place) => 3 * place);
    expect(root?.feature).toBe(0);
    expect(root?.categories?.filter((value) => !wanted.includes(value))).toEqual([]);
    expect(root?.categories?.length).toBeGreaterThanOrEqual(12);
  });

  test.each([
    ['as they were learned', table],
    ['with codes never seen', withNewCodes(table)],
  ])('ONNX Runtime, our reader and the trees agree %s', async (_, scored) => {
    const model = await train(table, target, { categories });
    expect(model.trees.flat().some((node) => (node.categories?.length ?? 0) > 3)).toBe(true);
    const ours = predictProbabilities(model, scored);
    const content = encodeOnnx(model, 0.5);
    const scorer = await openScorer(content);
    const runtime = await scoreTable(scorer, scored);
    await scorer.close();
    const read = readTreeEnsemble(content);
    const columns = scored.columns.map((each) =>
      each.kind === 'numeric' ? each.values : new Float64Array(),
    );
    for (const [row, answer] of ours.entries()) {
      const values = Float64Array.from(columns, (column) => column[row] ?? Number.NaN);
      expect(Math.abs((runtime[row] ?? Number.NaN) - answer)).toBeLessThanOrEqual(1e-6);
      expect(Math.abs((read?.score(values) ?? Number.NaN) - answer)).toBeLessThanOrEqual(1e-6);
    }
  });
});

function withNewCodes(table: Table): Table {
  const columns = table.columns.map((each) =>
    each.kind === 'numeric' ? { ...each, values: each.values.map((value) => value * 7 - 3) } : each,
  );
  return { rows: table.rows, columns };
}
