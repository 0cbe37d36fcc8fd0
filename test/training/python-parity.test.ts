import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { readTable, requireNumeric, type Table } from '../../src/data/index.ts';
import { readTreeEnsemble } from '../../src/scoring/index.ts';
import {
  chooseCalibration,
  encodeOnnx,
  estimatorParameters,
  modelScores,
  predictProbabilities,
  trainModel,
} from '../../src/training/index.ts';
import { trainerDefaults } from '../../src/workspace/index.ts';
import { largestDifference } from '../scoring/foreign-models.ts';

const run = promisify(execFile);
const venv = process.env.MLOPS_BENCH_VENV ?? join(homedir(), '.cache', 'mlops-bench', 'venv');
const python = join(venv, 'bin', 'python');
const isThere = await run(python, ['-c', 'import onnxruntime']).then(
  () => true,
  () => false,
);
const folder = mkdtempSync(join(tmpdir(), 'mlops-python-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Answers one JSON line: the probabilities of outcome 1, as the file's own operators give them in Python. */
const script = `
import json, sys
import numpy as np
import onnxruntime
model, values, width = sys.argv[1:]
rows = np.fromfile(values, dtype=np.float32).reshape(-1, int(width))
session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
print(json.dumps(session.run(["probabilities"], {"features": rows})[0][:, 1].astype(float).tolist()))
`;

/** Every fifth value of a column gone, the first as codes in whole tens. */
function strange(table: Table): Table {
  return {
    rows: table.rows,
    columns: table.columns.map((column, place) =>
      column.kind === 'numeric'
        ? {
            ...column,
            values: column.values.map((value, row) => {
              if ((row + place) % 5 === 0) return Number.NaN;
              return place === 0 ? Math.round(value / 10) : value;
            }),
          }
        : column,
    ),
  };
}

const promise = "answers in Python's onnxruntime as here, on every row within 1e-6";

test.skipIf(!isThere).each([
  ['trees', 'none'],
  ['trees', 'isotonic'],
  ['forest', 'none'],
  ['forest', 'sigmoid'],
  ['logistic', 'none'],
  ['logistic', 'isotonic'],
] as const)(
  isThere ? `%s, calibration %s: ${promise}` : `skipped: needs onnxruntime in ${venv} (%s, %s: ${promise})`,
  async (estimator, method) => {
    const table = await readTable(join(import.meta.dirname, '..', '..', 'fixtures', 'reference.csv'));
    const target = requireNumeric(table, 'defaulted').values;
    const inputs = table.columns.filter(({ name }) => name !== 'defaulted');
    const features = strange({ rows: table.rows, columns: inputs });
    const categories = [features.columns[0]?.name ?? ''];
    const parameters = estimatorParameters(estimator, {
      ...trainerDefaults,
      categories,
      forest: { trees: 30 },
    });
    const signal = new AbortController().signal;
    const trained = await trainModel({ features, target, seed: 2, signal }, parameters);
    const scored = { scores: modelScores(trained, features), labels: target };
    const validation = { ...scored, probabilities: predictProbabilities(trained, features) };
    const { calibration } = await chooseCalibration({ method, calibration: scored, validation, signal });
    const model = { ...trained, calibration };
    expect(calibration?.kind ?? 'none').toBe(method);
    const width = features.columns.length;
    const values = new Float32Array(features.rows * width);
    for (const [place, { name }] of features.columns.entries())
      for (const [row, value] of requireNumeric(features, name).values.entries())
        values[row * width + place] = value;
    const [onnx, raw] = [
      join(folder, `${estimator}-${method}.onnx`),
      join(folder, `${estimator}-${method}.bin`),
    ];
    writeFileSync(onnx, encodeOnnx(model, 0.5));
    writeFileSync(raw, values);
    const { stdout } = await run(python, ['-c', script, onnx, raw, String(width)], { maxBuffer: 1e8 });
    const answers: unknown = JSON.parse(stdout);
    const ours = predictProbabilities(model, features);
    expect(Array.isArray(answers) && answers.length).toBe(ours.length);
    const far = Array.isArray(answers)
      ? answers.filter((answer, row) => !(Math.abs(Number(answer) - (ours[row] ?? Number.NaN)) <= 1e-6))
      : [stdout];
    expect(far).toEqual([]);
    if (calibration === undefined || estimator === 'logistic') return;
    const ensemble = readTreeEnsemble(encodeOnnx(model, 0.5));
    const read = ours.map(
      (_, row) =>
        ensemble?.score(Float64Array.from(values.subarray(row * width, (row + 1) * width))) ?? Number.NaN,
    );
    expect(largestDifference(read, [...ours])).toBeLessThanOrEqual(1e-6);
  },
);
