import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { executable, runMlops } from './run-mlops.ts';

const reference = join(executable, '..', '..', 'fixtures', 'reference.csv');
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mlops-continue-'));
  await run('init', '--model', 'credit', '--schema', 'schema.json', '--target', 'defaulted');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(...commandLine: string[]) {
  const { code, stdout } = await runMlops(['-C', folder, '--json', ...commandLine]);
  return { code, json: JSON.parse(stdout) };
}

describe('train --continue', () => {
  test('asks for a version in Production', async () => {
    const { code, json } = await run('train', '--data', reference, '--continue');
    expect(code).toBe(69);
    expect(json.error).toBe('there is no version in Production to continue');
  });

  test('registers a version that grew on from it, and keeps from which', async () => {
    const first = await run('train', '--data', reference);
    expect(first.json.continued_from).toBeNull();
    await run('promote', '1');
    const { code, json } = await run('train', '--data', reference, '--continue');
    expect(code).toBe(0);
    expect(json.continued_from).toEqual({ version: '1', sha256: first.json.artifact.sha256 });
    expect(json.artifact.bytes).toBeGreaterThan(first.json.artifact.bytes);
    const kept = await run('models', 'show', '2');
    expect(kept.json.training_run.parameters.continued_from).toEqual(json.continued_from);
  });

  test.each([
    [['--estimator', 'forest'], 65, 'the estimator forest does not grow tree upon tree'],
    [['--leave-out', 'age'], 65, 'the model to continue has other features'],
    [['--categories', 'age'], 65, 'age is a number in the model to continue, and a category here'],
    [['--output', 'm.onnx', '--target', 'defaulted'], 64, '--continue goes without --output'],
  ])('with %o is refused', async (options, code, message) => {
    const outcome = await run('train', '--data', reference, '--continue', ...options);
    expect(outcome.code).toBe(code);
    expect(outcome.json.error).toBe(message);
  });
});
