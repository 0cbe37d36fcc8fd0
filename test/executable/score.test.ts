import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTable, requireColumn, requireNumeric, type Table, textAt } from '../../src/data/index.ts';
import { scoreResultDefinition } from '../../src/data/results/score.ts';
import { foreignModels, largestDifference, modelFolder } from '../scoring/foreign-models.ts';
import { executable, runMlops } from './run-mlops.ts';

const model = (file: string) => join(modelFolder, file);
const four = 'age,income,debt_ratio,late_payments';
const newFolder = () => mkdtempSync(join(tmpdir(), 'mlops-test-'));

function csvOf(features: readonly string[], rows: readonly (readonly (number | null)[])[]): string {
  return `${[features, ...rows.map((row) => row.map((value) => value ?? ''))].map((row) => row.join(',')).join('\n')}\n`;
}

interface Asked {
  readonly folder: string;
  readonly input: string;
  readonly output: string;
}

function ask(text: string, outputName = 'scores.csv'): Asked {
  const folder = newFolder();
  const input = join(folder, 'rows.csv');
  writeFileSync(input, text);
  return { folder, input, output: join(folder, outputName) };
}

const score = (file: string, { input, output }: Asked, ...more: string[]) =>
  runMlops(['score', '--model', model(file), '--input', input, '--output', output, ...more]);

const probabilities = (table: Table) => requireNumeric(table, 'probability').values;

describe('a file is scored as Python scores it', () => {
  test.each(foreignModels)('$file', async ({ file, features, rows, onnxruntime }) => {
    const asked = ask(csvOf(features, rows));
    const outcome = await score(file, asked, '--features', features.join(','), '--json');
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(scoreResultDefinition.strict().parse(JSON.parse(outcome.stdout))).toMatchObject({
      rows: rows.length,
      output: asked.output,
    });
    const scores = await readTable(asked.output);
    expect(largestDifference(probabilities(scores), onnxruntime)).toBeLessThanOrEqual(1e-6);
    expect(requireNumeric(scores, 'row').values).toEqual(Float64Array.from(rows, (_, row) => row + 1));
  });
});

const { rows = [], onnxruntime = [] } =
  foreignModels.find(({ file }) => file === 'lightgbm_zipmap.onnx') ?? {};
const lightgbm = ['--features', four];

describe('the output', () => {
  const lines = rows.map((row, index) => [`"a, ""${index}"""`, ...row.map((value) => value ?? '')].join(','));
  const withIds = ask(`prediction_id,${four}\n${lines.join('\n')}\n`);

  test.each(['scores.csv', 'scores.parquet', 'scores.jsonl'])(
    '%s holds the same scores, with ids',
    async (name) => {
      const asked = { ...withIds, output: join(withIds.folder, name) };
      expect(await score('lightgbm_zipmap.onnx', asked, ...lightgbm, '--threshold', '0.3')).toMatchObject({
        code: 0,
      });
      const scores = await readTable(asked.output);
      expect(scores.columns.map((column) => column.name)).toEqual([
        'prediction_id',
        'probability',
        'outcome',
      ]);
      expect(largestDifference(probabilities(scores), onnxruntime)).toBeLessThanOrEqual(1e-6);
      expect(requireNumeric(scores, 'outcome').values).toEqual(
        Float64Array.from(onnxruntime, (probability) => Number(probability >= 0.3)),
      );
      const ids = requireColumn(scores, 'prediction_id');
      expect(ids.kind === 'text' && textAt(ids, 1)).toBe('a, "1"');
    },
  );

  test('takes the place of an older one only when it is whole', async () => {
    const asked = ask(`${four}\n40,3000,0.5,1\n40,3000,high,1\n`);
    writeFileSync(asked.output, 'older');
    expect((await score('sklearn_logistic.onnx', asked, ...lightgbm)).code).toBe(65);
    expect(readFileSync(asked.output, 'utf8')).toBe('older');
    expect(readdirSync(asked.folder).toSorted()).toEqual(['rows.csv', 'scores.csv']);
  });

  test('of a file without rows is a header', async () => {
    const asked = ask(`${four}\n`);
    expect(await score('sklearn_logistic.onnx', asked, ...lightgbm)).toMatchObject({ code: 0 });
    expect(readFileSync(asked.output, 'utf8')).toBe('row,probability,outcome\n');
  });

  test('may be in a folder that is not there yet', async () => {
    const asked = ask(`${four}\n40,3000,0.5,1\n`, join('new', 'scores.csv'));
    expect(await score('sklearn_logistic.onnx', asked, ...lightgbm)).toMatchObject({ code: 0 });
    expect(existsSync(asked.output)).toBe(true);
  });
});

describe('refused, with nothing written', () => {
  const good = `${four}\n40,3000,0.5,1\n`;

  test.each([
    ['text in a column', `${good}40,many,0.5,1\n`, /rows\.csv: row 2, column 'income' is no finite number/],
    [
      'infinity',
      `${good}${good.slice(four.length + 1)}Infinity,3000,0.5,1\n`,
      /row 3, column 'age' is no finite/,
    ],
    ['a number too large', `${good}40,3000,1e999,1\n`, /row 2, column 'debt_ratio' is no finite number/],
    ['a column short', 'age,income\n40,3000\n', /rows\.csv lacks debt_ratio, late_payments/],
    ['a ragged row', `${good}40,3000\n`, /rows\.csv, line 3: 2 cells where the header has 4/],
    [
      'an id that is missing',
      `prediction_id,${four}\na,40,3000,0.5,1\n,40,3000,0.5,1\n`,
      /row 2, column 'prediction_id' is missing/,
    ],
    ['a missing value the model cannot take', `${good}40,,0.5,1\n`, /the model answers NaN for row 2/],
  ])('%s', async (_, text, message) => {
    const asked = ask(text);
    const outcome = await score('sklearn_logistic.onnx', asked, ...lightgbm);
    expect(outcome.code).toBe(65);
    expect(outcome.stderr).toMatch(message);
    expect(outcome.stderr).toContain('try: ');
    expect(readdirSync(asked.folder)).toEqual(['rows.csv']);
  });

  test('a missing whole number, by row and column', async () => {
    const asked = ask('age,late_payments\n40,1\n50,\n');
    const outcome = await score('sklearn_int64.onnx', asked, '--features', 'age,late_payments');
    expect(outcome).toMatchObject({ code: 65 });
    expect(outcome.stderr).toContain(
      "row 2, column 'late_payments': a missing value, where the model takes whole",
    );
  });

  test.each([
    ['a regressor', 'refused_regressor.onnx', /answers no probability/],
    ['three classes', 'refused_three_classes_zipmap.onnx', /3 classes/],
    ['decision scores', 'refused_decision_scores.onnx', /is no probability/],
    ['an opset too new', 'refused_opset_too_new.onnx', /newer ONNX/],
  ])('%s', async (_, file, message) => {
    const asked = ask(good);
    const outcome = await score(file, asked, ...lightgbm);
    expect(outcome.code).toBe(65);
    expect(outcome.stderr).toMatch(message);
    expect(readdirSync(asked.folder)).toEqual(['rows.csv']);
  });

  test('a model that is no ONNX file, is cut off, or is not there', async () => {
    const asked = ask(good);
    const cut = join(newFolder(), 'cut.onnx');
    writeFileSync(cut, readFileSync(model('lightgbm_zipmap.onnx')).subarray(0, 4000));
    const run = (path: string) =>
      runMlops(['score', '--model', path, '--input', asked.input, '--output', asked.output, ...lightgbm]);
    for (const path of [asked.input, cut]) {
      const outcome = await run(path);
      expect(outcome.code).toBe(65);
      expect(outcome.stderr).toMatch(/^error: the file is not an ONNX model\n/);
    }
    expect((await run(join(asked.folder, 'none.onnx'))).code).toBe(66);
    expect(readdirSync(asked.folder)).toEqual(['rows.csv']);
  });

  test('an output that is the input, under any name, or the model', async () => {
    const asked = ask(good);
    const link = join(asked.folder, 'link.csv');
    symlinkSync(asked.input, link);
    for (const output of [asked.input, link]) {
      const outcome = await score('sklearn_logistic.onnx', { ...asked, output }, ...lightgbm);
      expect(outcome).toMatchObject({ code: 64 });
      expect(outcome.stderr).toContain('is the input itself');
    }
    expect(readFileSync(asked.input, 'utf8')).toBe(good);
  });

  test('an output of another format, or that is a folder', async () => {
    const asked = ask(good, 'scores.xlsx');
    expect(await score('sklearn_logistic.onnx', asked, ...lightgbm)).toMatchObject({ code: 64 });
    mkdirSync(join(asked.folder, 'folder.csv'));
    const folder = { ...asked, output: join(asked.folder, 'folder.csv') };
    expect(await score('sklearn_logistic.onnx', folder, ...lightgbm)).toMatchObject({ code: 64 });
    expect(readdirSync(asked.folder).toSorted()).toEqual(['folder.csv', 'rows.csv']);
  });
});

test('Ctrl-C ends it with 130 and leaves no file', async () => {
  const row = '40,3000,0.5,1\n';
  const asked = ask(`${four}\n${row.repeat(600_000)}`, join('scores', 'scores.parquet'));
  const folder = join(asked.folder, 'scores');
  mkdirSync(folder);
  const begun = once(watch(folder), 'change');
  const { input, output } = asked;
  const child = spawn(executable, [
    ...['score', '--model', model('lightgbm_zipmap.onnx'), '--input', input, '--output', output],
    ...lightgbm,
  ]);
  const ended = once(child, 'close');
  await begun;
  child.kill('SIGINT');
  expect(await ended).toEqual([130, null]);
  expect(readdirSync(folder)).toEqual([]);
});

test('nothing is left among the temporary files, and ONNX Runtime sends no telemetry from there', async () => {
  const temporary = newFolder();
  const asked = ask(csvOf(four.split(','), rows));
  const commandLine = ['score', '--model', model('lightgbm_zipmap.onnx'), '--input', asked.input];
  const outcome = await runMlops([...commandLine, '--output', asked.output, ...lightgbm], {
    env: { TMPDIR: temporary },
  });
  expect(outcome.code).toBe(0);
  expect(readdirSync(temporary)).toEqual([]);
});
