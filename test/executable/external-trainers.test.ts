import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { runMlops } from './run-mlops.ts';

const root = join(import.meta.dirname, '..', '..');
const venv = process.env.MLOPS_BENCH_VENV ?? join(homedir(), '.cache', 'mlops-bench', 'venv');
const python = join(venv, 'bin', 'python');
const isThere = await promisify(execFile)(python, [
  '-c',
  'import lightgbm, skl2onnx, onnxmltools, pyarrow',
]).then(
  () => true,
  () => false,
);
const reference = join(root, 'fixtures', 'reference.csv');
const promise = 'trains a version that is promoted and scores';

test.skipIf(!isThere).each([
  ['lightgbm', '{ trees: 60, leaves: 8, threads: 1 }', 'lightgbm 4.7.0', ['--categories', 'dependents']],
  ['sklearn', '{ c: 0.5 }', 'scikit-learn 1.9.1', ['--leave-out', 'age']],
] as const)(
  isThere
    ? `%s_trainer.py ${promise}`
    : `skipped: needs runbook/trainers/requirements.txt in ${venv} (%s ${promise})`,
  async (name, options, trainer, wishes) => {
    const workspace = mkdtempSync(join(tmpdir(), 'mlops-test-'));
    const run = async (...words: readonly string[]) => {
      const outcome = await runMlops(['-C', workspace, '--json', ...words], {
        env: { PYTHONDONTWRITEBYTECODE: '1', OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
      });
      expect(outcome.code, outcome.stdout).toBe(0);
      return JSON.parse(outcome.stdout);
    };
    await run('init', '--model', 'm', '--schema', 'schema.json', '--target', 'defaulted', '--yes');
    const settings = join(workspace, 'mlops.yaml');
    const command = `${python} ${join(root, 'runbook', 'trainers', `${name}_trainer.py`)}`;
    const trainerKeys = `\ntrainer:\n  command: ${JSON.stringify(command)}\n  options: ${options}\n`;
    writeFileSync(settings, readFileSync(settings, 'utf8').replace('\ntrainer:\n', trainerKeys));
    const trained = await run('train', '--data', reference, ...wishes);
    expect(trained.notes).toContain(`trained by ${trainer} (trainer.command)`);
    expect(trained.metrics.roc_auc).toBeGreaterThan(0.7);
    await run('promote', '1');
    expect((await run('verify')).problems).toEqual([]);
    const scores = join(workspace, 'scores.csv');
    expect((await run('score', '--version', '1', '--input', reference, '--output', scores)).rows).toBe(3000);
    expect(existsSync(scores)).toBe(true);
  },
  180_000,
);
