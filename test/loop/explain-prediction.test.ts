import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { explainPrediction } from '../../src/loop/explaining/explain-prediction.ts';
import { registerModel } from '../../src/loop/versions/register-model.ts';
import { fixedClock } from '../../src/platform/clock.ts';
import { NoInputError, UnavailableError } from '../../src/platform/errors.ts';
import { readArtifact, requireVersion } from '../../src/registry/index.ts';
import { predictionExplanationView } from '../../src/report/prediction-explanation-view.ts';
import { openScorer } from '../../src/scoring/index.ts';
import { openForReading, openStore } from '../../src/store/index.ts';
import type { Workspace } from '../../src/workspace/index.ts';
import { foreignModels, modelFolder } from '../scoring/foreign-models.ts';
import {
  recordSample,
  sampleWorkspace,
  scoredAt,
  signal,
  trainedAt,
  trainSample,
  who,
} from './model-workspace.ts';

const first = 'pred_20260803_000000';
let workspace: Workspace;
let scores: readonly string[];
beforeAll(async () => {
  workspace = sampleWorkspace();
  await trainSample(workspace);
  await trainSample(workspace, { estimator: 'logistic' });
  await trainSample(workspace, { estimator: 'forest' });
  scores = await recordSample(workspace, '1', 30);
});

const explain = (id: string, version?: string, at = scoredAt) =>
  explainPrediction(workspace, { id, version }, at, signal);

describe('a recorded prediction', () => {
  it('is explained by the version that made it: features by the size of their part, and they add up', async () => {
    const result = await explain(first);
    const [, probability] = scores[0]?.split(',') ?? [];
    expect(result).toMatchObject({
      prediction_id: first,
      version: '1',
      method: 'tree_shap',
      scale: 'log_odds',
    });
    expect(result.sum).toBeCloseTo(
      result.features.reduce((total, { part }) => total + part, result.base),
      12,
    );
    expect(result.probability).toBeCloseTo(Number(probability), 6);
    expect(result.recorded).toEqual({
      version: '1',
      probability: Number(probability),
      outcome: result.outcome,
      label: null,
    });
    const sizes = result.features.map(({ part }) => Math.abs(part));
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(result.features.find(({ name }) => name === 'age')?.value).toBe(30);
    expect(result.background).toEqual({ rows: 3000, what: 'training data of version 1' });
    expect(result.notes).toEqual([]);
  });

  it('is explained by another version too, which is said', async () => {
    const linear = await explain(first, '2');
    expect(linear).toMatchObject({
      version: '2',
      method: 'linear_shap',
      notes: ['version 1 made the prediction'],
    });
    expect(1 / (1 + Math.exp(-linear.sum))).toBeCloseTo(linear.probability, 12);
    const forest = await explain(first, '3');
    expect(forest).toMatchObject({ version: '3', method: 'tree_shap', scale: 'probability' });
    expect(forest.sum).toBe(forest.probability);
  });

  it.each([
    ['sigmoid', 'log_odds', []],
    ['isotonic', 'before_calibration', [expect.stringContaining('before calibration')]],
  ] as const)('of a model calibrated by %s is told in %s', async (calibrate, scale, more) => {
    const { version } = await trainSample(workspace, { calibrate });
    const found = await explain(first, version ?? '');
    expect(found).toMatchObject({
      method: 'tree_shap',
      scale,
      notes: ['version 1 made the prediction', ...more],
    });
    const parts = found.features.reduce((total, { part }) => total + part, found.base);
    expect(found.sum).toBeCloseTo(parts, 12);
    using store = openForReading(workspace.paths.store);
    const { sha256, features } = requireVersion(store, version ?? '');
    const scorer = await openScorer(readArtifact(workspace.paths.artifacts, sha256, 'onnx'), features);
    const row = features.map((name) => Number(found.features.find((each) => each.name === name)?.value));
    const [probability = Number.NaN] = await scorer.score(Float64Array.from(row), 1);
    await scorer.close();
    expect(found.probability).toBeCloseTo(probability, 6);
    if (scale === 'log_odds') expect(1 / (1 + Math.exp(-found.sum))).toBeCloseTo(probability, 6);
  });

  it('is told in words, and a line a feature', async () => {
    const result = await explain(first);
    const text = predictionExplanationView(result);
    expect(text).toContain(result.sentence);
    for (const { name } of result.features) expect(text).toContain(name);
    expect(text).toContain('exact Shapley values of the trees');
  });

  it('is told apart from one that was altered since', async () => {
    using store = openStore(workspace.paths.store, { create: false });
    store.connection
      .prepare('UPDATE prediction SET probability = 0.9 WHERE prediction_id = ?')
      .run('pred_20260803_000001');
    const { notes } = await explain('pred_20260803_000001');
    expect(notes.join()).toMatch(/^recorded with probability 0.9, and the model answers 0\.\d+/);
  });
});

describe('what cannot be explained', () => {
  test('an id that there is not, or not yet', async () => {
    await expect(explain('nobody')).rejects.toThrow(NoInputError);
    await expect(explain(first, undefined, trainedAt)).rejects.toThrow(
      "there is no prediction 'pred_20260803_000000'",
    );
  });

  test('a version that there is not', async () => {
    await expect(explain(first, '9')).rejects.toThrow(NoInputError);
  });

  test('a prediction that no version made, until one is named', async () => {
    using store = openStore(workspace.paths.store, { create: false });
    store.connection
      .prepare('UPDATE prediction SET model_version = NULL WHERE prediction_id = ?')
      .run('pred_20260803_000002');
    await expect(explain('pred_20260803_000002')).rejects.toThrow(UnavailableError);
    expect((await explain('pred_20260803_000002', '1')).notes).toEqual([]);
  });
});

test('a model of another kind, made elsewhere, is explained by sampling against the newest predictions', async () => {
  const other = sampleWorkspace();
  const found = foreignModels.find(({ file }) => file === 'sigmoid_one_column.onnx');
  const names = ['age', 'monthly_income', 'debt_ratio', 'utilization', 'late_payments'].slice(
    0,
    found?.features.length,
  );
  const file = join(other.root, 'model.onnx');
  copyFileSync(join(modelFolder, 'sigmoid_one_column.onnx'), file);
  await registerModel(other, { file, features: names, who, reason: 'made elsewhere' }, fixedClock(trainedAt));
  await recordSample(other, '1', 30);
  const result = await explainPrediction(other, { id: first }, scoredAt, signal);
  expect(result).toMatchObject({ method: 'sampled_shapley', scale: 'probability' });
  expect(result.background).toEqual({ rows: 30, what: 'newest predictions of the store' });
  expect(result.sum).toBeCloseTo(result.recorded.probability ?? Number.NaN, 5);
  expect(result.features.every(({ error }) => error !== null && error >= 0)).toBe(true);
});
