import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runMlops } from './run-mlops.ts';

const reference = join(import.meta.dirname, '..', '..', 'fixtures', 'reference.csv');
let folder = '';
let data = '';

/** The sample rows with two columns more: a code that decides, and how much each row counts. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mlops-train-'));
  data = join(folder, 'coded.csv');
  const [header, ...lines] = readFileSync(reference, 'utf8').trim().split('\n');
  const target = header?.split(',').indexOf('defaulted') ?? -1;
  const coded = lines.map((line, row) => {
    const code = line.split(',')[target] === '1' ? 3 * (row % 9) : 3 * (row % 9) + 1 + (row % 2);
    return `${line},${code},${row % 5 === 0 ? 2 : 1}`;
  });
  writeFileSync(data, [`${header},code,exposure`, ...coded].join('\n'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function train(...options: readonly string[]) {
  const output = join(folder, 'model.onnx');
  return runMlops([
    'train',
    '--data',
    data,
    '--target',
    'defaulted',
    '--output',
    output,
    '--allow-leaks',
    'code',
    '--json',
    ...options,
  ]);
}

describe('train', () => {
  test.each(['trees', 'forest', 'logistic'])(
    '--estimator %s learns codes as categories, weighs rows, and its model scores a file',
    async (estimator) => {
      const { code, stdout } = await train(
        '--estimator',
        estimator,
        '--categories',
        'code',
        '--weights',
        'exposure',
      );
      expect(code).toBe(0);
      expect(JSON.parse(stdout).metrics.roc_auc).toBeGreaterThan(0.99);
      const scores = join(folder, 'scores.csv');
      const model = join(folder, 'model.onnx');
      expect((await runMlops(['score', '--model', model, '--input', data, '--output', scores])).code).toBe(0);
      expect(readFileSync(scores, 'utf8').trim().split('\n')).toHaveLength(3001);
    },
  );

  test('--weights is no feature, and changes the model', async () => {
    const weighted = JSON.parse((await train('--weights', 'exposure')).stdout);
    const model = readFileSync(join(folder, 'model.onnx'), 'latin1');
    expect(model).not.toContain('exposure');
    const plain = JSON.parse((await train()).stdout);
    expect(readFileSync(join(folder, 'model.onnx'), 'latin1')).toContain('exposure');
    expect(weighted.artifact.sha256).not.toBe(plain.artifact.sha256);
  });

  test('refuses a feature that alone tells the outcome, until it is left out or allowed', async () => {
    const output = join(folder, 'leak.onnx');
    const words = ['train', '--data', data, '--target', 'defaulted', '--output', output, '--json'];
    const { code, stdout } = await runMlops([...words, '--categories', 'code']);
    expect(code).toBe(65);
    expect(JSON.parse(stdout).error).toContain("'code' alone tells the outcome: ROC AUC 1.000");
    expect(existsSync(output)).toBe(false);
    const without = JSON.parse((await runMlops([...words, '--leave-out', 'code'])).stdout);
    expect(without.metrics.roc_auc).toBeLessThan(0.9);
    expect(without.notes).toContain('left out, as asked: code');
    expect(without.positives.train / without.rows.train).toBeGreaterThan(0.05);
  });

  test.each([
    [['--estimator', 'svm'], 64, 'trees, forest, logistic'],
    [['--categories', 'region'], 65, "'region' of trainer.categories is no feature of the training data"],
    [['--categories', 'code,code'], 64, "--categories names 'code' twice"],
    [['--leave-out', 'region'], 65, "'region' of trainer.leave_out is no feature"],
    [['--importance-weights'], 64, '--importance-weights goes with a file beside --output'],
    [['--weights', 'nothing'], 65, "column 'nothing' is missing"],
  ])('%o is refused', async (options, code, message) => {
    const outcome = await train(...options);
    expect(outcome.code).toBe(code);
    expect(outcome.stdout).toContain(message);
  });

  test('--weights goes with a file', async () => {
    const outcome = await runMlops(['train', '--from-store', '--weights', 'exposure'], { cwd: folder });
    expect(outcome.code).toBe(64);
    expect(outcome.stderr).toContain('--weights goes with --data FILE');
  });
});

describe('train --tune', () => {
  test('on a bare file tells every trial, and the model is that of the best one', async () => {
    const { code, stdout } = await train('--estimator', 'logistic', '--tune', '--trials', '3');
    expect(code).toBe(0);
    const { tuning } = JSON.parse(stdout);
    expect(tuning).toMatchObject({
      ended: 'trials',
      trials: [{ found: 'configured', parameters: { l2: 1 } }, {}, {}],
    });
    const { code: again, stdout: same } = await train('--estimator', 'logistic', '--tune', '--trials', '3');
    expect(again).toBe(0);
    expect(JSON.parse(same).artifact).toEqual(JSON.parse(stdout).artifact);
  });

  test('in a workspace keeps every trial of the run', async () => {
    const workspace = mkdtempSync(join(folder, 'tuned-'));
    const run = async (...words: readonly string[]) => {
      const { code, stdout } = await runMlops(['-C', workspace, ...words]);
      expect(code).toBe(0);
      return stdout;
    };
    await run(
      'schema',
      'infer',
      reference,
      '--target',
      'defaulted',
      '--output',
      join(workspace, 'schema.json'),
    );
    await run('init', '--model', 'credit', '--schema', 'schema.json', '--target', 'defaulted', '--yes');
    await run('train', '--data', reference, '--estimator', 'logistic', '--tune', '--trials', '2');
    const { trials } = JSON.parse(await run('runs', 'show', '1', '--json'));
    expect(trials).toMatchObject([
      { trial: 1, found: 'configured', folds: [expect.any(Number), expect.any(Number), expect.any(Number)] },
      { trial: 2, found: 'random' },
    ]);
    expect(await run('runs', 'show', '1')).toMatch(/trial +found +log loss.*\n +1 +configured/);
    expect(
      JSON.parse(await run('models', 'show', '1', '--json')).training_run.parameters.tuning,
    ).toMatchObject({ trials: 2 });
  });
});
