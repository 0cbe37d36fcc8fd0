import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, test } from 'vitest';
import type { ModelCard } from '../../src/data/results/model-card.ts';
import { modelCard } from '../../src/loop/model-card/model-card.ts';
import { addLabels } from '../../src/loop/recording/add-labels.ts';
import { registerModel } from '../../src/loop/versions/register-model.ts';
import { fixedClock } from '../../src/platform/clock.ts';
import { NoInputError } from '../../src/platform/errors.ts';
import { cardMarkdown } from '../../src/report/card-markdown.ts';
import { cardView } from '../../src/report/card-view.ts';
import { openWorkspace, type Workspace } from '../../src/workspace/index.ts';
import { modelFolder } from '../scoring/foreign-models.ts';
import {
  recordSample,
  sampleWorkspace,
  scoredAt,
  signal,
  trainedAt,
  trainSample,
  who,
} from './model-workspace.ts';

const names = ['age', 'monthly_income', 'debt_ratio', 'utilization'];
let workspace: Workspace;
let card: ModelCard;
beforeAll(async () => {
  workspace = sampleWorkspace();
  await trainSample(workspace);
  card = await modelCard(workspace, '1', trainedAt, signal);
});

const metric = ({ evaluation }: ModelCard, name: string) =>
  evaluation?.metrics.find((each) => each.name === name)?.interval;

describe('of a version trained here', () => {
  it('measures what training measured, on the rows that it did not learn from', () => {
    const { metrics, training_run: run } = card.version;
    expect(card.evaluation?.rows).toBe(run?.rows.validation);
    for (const name of ['f1', 'precision', 'recall', 'roc_auc', 'brier', 'log_loss'] as const)
      expect(metric(card, name)?.value).toBeCloseTo(metrics?.[name] ?? Number.NaN, 6);
    for (const { interval } of card.evaluation?.metrics ?? []) {
      expect(interval?.low).toBeLessThan(interval?.value ?? 0);
      expect(interval?.high).toBeGreaterThan(interval?.value ?? 1);
    }
  });

  it('says what it was trained on', () => {
    expect(card.data).toMatchObject({ what: 'training data of version 1', rows: 3000, target: 'defaulted' });
    const { earlier, validation } = card.data.outcomes ?? {};
    const file = readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'reference.csv'), 'utf8');
    expect((earlier?.positives ?? 0) + (validation?.positives ?? 0)).toBe(file.match(/^1,/gm)?.length);
    expect(card.estimator).toBe('trees');
  });

  it('ranks the features by their mean part, each with its values, importances and dependence', () => {
    const sizes = card.features.map(({ shap }) => shap?.mean_absolute ?? 0);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(card.features.map(({ name }) => name).toSorted()).toEqual(card.version.features.toSorted());
    expect(card.features.reduce((sum, { gain }) => sum + (gain ?? 0), 0)).toBeCloseTo(1, 9);
    const [first] = card.features;
    expect(first?.permutation?.roc_auc?.mean).toBeGreaterThan(0);
    expect(first?.dependence?.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(first?.shap?.points).toHaveLength(200);
  });

  it('is told on a terminal and in Markdown', () => {
    for (const text of [cardView(card), cardMarkdown(card)]) {
      for (const { name } of card.features) expect(text).toContain(name);
      expect(text).toContain('ROC AUC');
      expect(text).toContain(card.version.artifact.sha256);
    }
  });

  it('has what it is for and must not be used for from mlops.yaml, and is the same otherwise', async () => {
    expect(card.limits.join()).toContain('set model.purpose and model.not_for');
    const path = workspace.configurationPath;
    const said = 'model:\n  purpose: Orders the applications.\n  not_for: [minors]\n';
    writeFileSync(path, readFileSync(path, 'utf8').replace('model:\n', said));
    const stated = await modelCard(openWorkspace(workspace.root), 'v1', trainedAt, signal);
    expect(stated).toMatchObject({ purpose: 'Orders the applications.', not_for: ['minors'] });
    expect({ ...stated, purpose: null, not_for: [], limits: card.limits }).toEqual(card);
    expect(stated.limits).toEqual(card.limits.slice(1));
    expect(cardMarkdown(stated)).toContain('- minors');
  });
});

test('of a logistic regression, its parts are those of its terms, and no tree gains anything', async () => {
  const other = sampleWorkspace();
  await trainSample(other, { estimator: 'logistic' });
  const { explanation, features } = await modelCard(other, '1', trainedAt, signal);
  expect(explanation?.method).toBe('linear_shap');
  expect(features.every(({ gain, shap }) => gain === null && shap !== null)).toBe(true);
});

describe('of a model made elsewhere', () => {
  it('says what is not known, and measures it once labels of its predictions come', async () => {
    const other = sampleWorkspace();
    const file = join(other.root, 'model.onnx');
    copyFileSync(join(modelFolder, 'lightgbm_tensor.onnx'), file);
    await registerModel(
      other,
      { file, features: names, who, reason: 'made elsewhere' },
      fixedClock(trainedAt),
    );
    const bare = await modelCard(other, '1', trainedAt, signal);
    expect(bare).toMatchObject({
      evaluation: null,
      explanation: null,
      permutation: null,
      live: null,
      estimator: null,
    });
    expect(bare.features.map(({ values, shap }) => [values, shap])).toEqual(names.map(() => [null, null]));
    expect(bare.limits.join(' ')).toContain('which rows it learned from is not known');
    expect(bare.limits.join(' ')).toContain('No labelled row is known');
    expect(cardView(bare)).toContain('not measured here');

    const scores = await recordSample(other, '1', 120);
    const labels = join(other.root, 'labels.csv');
    const lines = scores.map(
      (line, row) => `${line.split(',')[0]},${Number(row % 4 === 0)},2026-08-09T00:00:00Z,test`,
    );
    writeFileSync(labels, `prediction_id,true_label,label_timestamp,label_source\n${lines.join('\n')}\n`);
    await addLabels(other, labels, who, false, fixedClock(scoredAt), signal);
    const known = await modelCard(other, '1', scoredAt, signal);
    expect(known.evaluation).toMatchObject({
      rows: 120,
      positives: 30,
      what: 'labelled predictions since its registration',
    });
    expect(known.live?.rows).toBe(120);
    expect(known.explanation).toMatchObject({ method: 'tree_shap', background_rows: 120 });
    expect(known.limits.join(' ')).toContain('Only 30 of the 120 rows');
  });
});

test('a version that there is not is refused', async () => {
  await expect(modelCard(workspace, '9', trainedAt, signal)).rejects.toThrow(NoInputError);
});
