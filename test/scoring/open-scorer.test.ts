import { describe, expect, test } from 'vitest';
import { DataError } from '../../src/platform/errors.ts';
import { openScorer, type Scorer, scoreTable } from '../../src/scoring/index.ts';
import { foreignModels, largestDifference, readModel, refusedModels, toValues } from './foreign-models.ts';

async function withScorer<T>(
  file: string,
  features: readonly string[] | undefined,
  work: (scorer: Scorer) => T,
) {
  const scorer = await openScorer(readModel(file), features);
  try {
    return await work(scorer);
  } finally {
    await scorer.close();
  }
}

const four = ['age', 'income', 'debt_ratio', 'late_payments'];
const plainRow = Float64Array.of(40, 3000, 0.5, 1);

describe('models of scikit-learn and LightGBM answer what Python gets for them', () => {
  test.each(foreignModels)('$file', async ({ file, features, rows, onnxruntime, library }) => {
    await withScorer(file, features, async (scorer) => {
      const answers = await scorer.score(toValues(rows), rows.length);
      expect(largestDifference(answers, onnxruntime)).toBeLessThanOrEqual(1e-6);
      expect(largestDifference(answers, library)).toBeLessThanOrEqual(2e-6);
    });
  });
});

describe('a model that is no binary classifier is refused, and told why', () => {
  const refusals: Readonly<Record<string, { says: string; why: string; features?: readonly string[] }>> = {
    'refused_decision_scores.onnx': { says: 'is no probability', why: 'between 0 and 1' },
    'refused_ir_too_new.onnx': { says: 'newer ONNX', why: 'IR version: 99' },
    'refused_label_only.onnx': { says: 'answers no probability', why: 'its outputs are label' },
    'refused_not_a_number.onnx': { says: 'answers NaN for row 1', why: 'between 0 and 1' },
    'refused_opset_too_new.onnx': { says: 'newer ONNX', why: 'Opset 99' },
    'refused_pair_without_sum_one.onnx': {
      says: 'is no probability',
      why: 'sum to 1, these to 2',
      features: ['a', 'b'],
    },
    'refused_regressor.onnx': { says: 'answers no probability', why: 'regression' },
    'refused_text_input.onnx': { says: "input 'X'", why: '', features: ['a'] },
    'refused_three_classes.onnx': { says: '3 classes', why: '0, 1, 2' },
    'refused_three_classes_zipmap.onnx': { says: '3 classes', why: '0, 1, 2' },
  };

  test('each of them has an expectation here', () => {
    expect(refusedModels.toSorted()).toEqual(Object.keys(refusals).toSorted());
  });

  test.each(Object.entries(refusals))('%s', async (file, { says, why, features = four }) => {
    const refusal = await withScorer(file, features, (scorer) =>
      scorer.score(plainRow.subarray(0, features.length), 1),
    ).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(DataError);
    expect(refusal).toMatchObject({ message: expect.stringContaining(says) });
    expect(refusal instanceof DataError ? (refusal.why ?? '') : '').toContain(why);
  });
});

describe('a file that is no whole model is refused', () => {
  test.each([
    ['empty', Buffer.alloc(0)],
    ['text', Buffer.from('age,income\n40,3000\n')],
    ['zeros', Buffer.alloc(500)],
    ['JSON', Buffer.from('{"model": "logistic"}')],
  ])('%s', async (_, content) => {
    await expect(openScorer(content, four)).rejects.toThrow('the file is not an ONNX model');
  });

  test('cut off anywhere in its graph', async () => {
    const whole = readModel('sklearn_logistic.onnx');
    const versions = 20;
    for (let length = 0; length < whole.length - versions; length++)
      await expect(openScorer(whole.subarray(0, length), four), `${length} bytes`).rejects.toBeInstanceOf(
        DataError,
      );
  });
});

describe('features', () => {
  test('a model with one input a column names them itself, and finds them in any order', async () => {
    const question = foreignModels.find(({ file }) => file === 'sklearn_one_input_a_column.onnx');
    const rows = question?.rows ?? [];
    await withScorer('sklearn_one_input_a_column.onnx', undefined, (scorer) =>
      expect(scorer.features).toEqual(four),
    );
    await withScorer('sklearn_one_input_a_column.onnx', four.toReversed(), async (scorer) => {
      const answers = await scorer.score(toValues(rows.map((row) => row.toReversed())), rows.length);
      expect(largestDifference(answers, question?.onnxruntime ?? [])).toBeLessThanOrEqual(1e-6);
    });
  });

  test('names of other columns fill its inputs in order', async () => {
    const named = ['a', 'b', 'c', 'd'];
    const [byPlace] = await withScorer('sklearn_one_input_a_column.onnx', named, (scorer) =>
      scorer.score(plainRow, 1),
    );
    const [byName] = await withScorer('sklearn_one_input_a_column.onnx', four, (scorer) =>
      scorer.score(plainRow, 1),
    );
    expect(byPlace).toBe(byName);
  });

  test.each([
    ['sklearn_logistic.onnx', 'fixed width'],
    ['sklearn_trees_open_width.onnx', 'width left open, known from its trees'],
    ['sklearn_one_input_a_column.onnx', 'one input a column'],
  ])('%s refuses too few (%s)', async (file) => {
    await expect(openScorer(readModel(file), ['age', 'income'])).rejects.toThrow(
      'the model takes 4 features, 2 are named',
    );
  });

  test('too few for a width left open are refused at the first row', async () => {
    await expect(
      withScorer('sklearn_open_width.onnx', ['age'], (scorer) => scorer.score(Float64Array.of(40), 1)),
    ).rejects.toBeInstanceOf(DataError);
  });

  test('a model that names none must be told them', async () => {
    await expect(openScorer(readModel('sklearn_logistic.onnx'))).rejects.toThrow('which features it takes');
  });
});

describe('whole numbers', () => {
  const ask = (values: readonly number[]) =>
    withScorer('sklearn_int64.onnx', ['age', 'late_payments'], (scorer) =>
      scorer.score(Float64Array.from(values), values.length / 2, 100),
    );

  test('a missing value is refused with its row and column', async () => {
    await expect(ask([40, 1, 50, Number.NaN])).rejects.toThrow(
      "row 102, column 'late_payments': a missing value, where the model takes whole numbers",
    );
  });

  test('so are a fraction and a number that int64 cannot hold', async () => {
    await expect(ask([40.5, 1])).rejects.toThrow("row 101, column 'age': 40.5");
    await expect(ask([1e19, 1])).rejects.toThrow("row 101, column 'age': 10000000000000000000");
  });
});

test('a forest whose shares ONNX Runtime sums to a little more than 1 is certain, not refused', async () => {
  const certain = foreignModels.find(({ file }) => file === 'sklearn_forest_certain.onnx');
  expect(Math.max(...(certain?.onnxruntime ?? []))).toBeGreaterThan(1);
  const rows = certain?.rows ?? [];
  const answers = await withScorer('sklearn_forest_certain.onnx', certain?.features, (scorer) =>
    scorer.score(toValues(rows), rows.length),
  );
  expect([Math.min(...answers), Math.max(...answers)]).toEqual([0, 1]);
});

test('a missing value in a model that takes none is refused with its row', async () => {
  const rows = Float64Array.of(40, 3000, 0.5, 1, 40, Number.NaN, 0.5, 1);
  await expect(withScorer('sklearn_logistic.onnx', four, (scorer) => scorer.score(rows, 2))).rejects.toThrow(
    'the model answers NaN for row 2',
  );
});

describe('a table', () => {
  const {
    features = [],
    rows = [],
    onnxruntime = [],
  } = foreignModels.find(({ file }) => file === 'lightgbm_zipmap.onnx') ?? {};
  const repeats = Math.ceil(40_000 / rows.length);
  const many = rows.length * repeats;
  const columns = features.map((name, place) => ({
    kind: 'numeric' as const,
    name,
    type: 'number' as const,
    values: Float64Array.from({ length: many }, (_, row) => rows[row % rows.length]?.[place] ?? Number.NaN),
  }));

  test('is scored by the names of its columns, over several batches', async () => {
    const answers = await withScorer('lightgbm_zipmap.onnx', features, (scorer) =>
      scoreTable(scorer, { rows: many, columns: columns.toReversed() }),
    );
    const expected = Array.from({ length: many }, (_, row) => onnxruntime[row % rows.length] ?? Number.NaN);
    expect(largestDifference(answers, expected)).toBeLessThanOrEqual(1e-6);
  });

  test('without one of the features is refused', async () => {
    await expect(
      withScorer('lightgbm_zipmap.onnx', features, (scorer) =>
        scoreTable(scorer, { rows: many, columns: columns.slice(1) }),
      ),
    ).rejects.toThrow("column 'age' is missing");
  });

  test('with no rows has no answers', async () => {
    const empty = columns.map((column) => ({ ...column, values: new Float64Array() }));
    expect(
      await withScorer('lightgbm_zipmap.onnx', features, (scorer) =>
        scoreTable(scorer, { rows: 0, columns: empty }),
      ),
    ).toHaveLength(0);
  });
});
