import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  modelsDefinition,
  modelVersionDefinition,
  productionThenDefinition,
} from '../../src/data/results/models.ts';
import { executable, runMlops } from './run-mlops.ts';

const reference = join(executable, '..', '..', 'fixtures', 'reference.csv');

async function run(workspace: string, ...commandLine: string[]) {
  const outcome = await runMlops(['-C', workspace, '--json', ...commandLine], { env: { MLOPS_USER: 'ada' } });
  return { ...outcome, json: JSON.parse(outcome.stdout) };
}

/** Versions 1 to 3, each promoted in turn a day apart; version 3 is Production. */
async function threeVersions(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  await run(folder, 'init', '--model', 'credit', '--schema', 'schema.json', '--target', 'defaulted');
  for (const version of [1, 2, 3]) {
    const asOf = ['--as-of', `2026-09-0${version}T00:00:00Z`];
    await run(folder, ...asOf, 'train', '--data', reference, '--seed', `${version}`);
    await run(folder, ...asOf, 'promote', 'challenger', '--reason', `week ${version}`);
  }
  return folder;
}

function copyOf(workspace: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  cpSync(workspace, folder, { recursive: true });
  return folder;
}

async function damage(folder: string, ...versions: number[]): Promise<void> {
  const listed = (await run(folder, 'models')).json.versions;
  for (const version of versions)
    writeFileSync(join(folder, '.mlops', 'artifacts', `${listed[version - 1].sha256}.onnx`), 'damaged');
}

let shared = '';
beforeAll(async () => {
  shared = await threeVersions();
});

describe('models', () => {
  test('lists every version with its figures, aligned', async () => {
    const { versions } = modelsDefinition.parse((await run(shared, 'models')).json);
    expect(versions.map(({ version, stage }) => [version, stage])).toEqual([
      ['1', 'Archived'],
      ['2', 'Archived'],
      ['3', 'Production'],
    ]);
    const { stdout } = await runMlops(['-C', shared, 'models']);
    const [head, first] = stdout.split('\n');
    expect(head).toMatch(/^version {2}stage +created +threshold +F1 +ROC AUC +sha256$/);
    expect(first).toMatch(
      /^ {6}1 {2}Archived +2026-09-01T00:00:00\.000Z +0\.\d+ +0\.\d+ +0\.\d+ +[0-9a-f]{12}$/,
    );
  });

  test.each(['3', 'v3', 'champion', 'Production'])('show %s tells everything of version 3', async (name) => {
    const shown = modelVersionDefinition.parse((await run(shared, 'models', 'show', name)).json);
    expect(shown).toMatchObject({
      version: '3',
      stage: 'Production',
      artifact: { state: 'intact' },
      golden_rows: 20,
      training_run: { who: 'ada', target: 'defaulted', seed: 3, rows: { train: 2100, validation: 900 } },
      stage_changes: [
        { from: 'None', to: 'Staging' },
        { from: 'Staging', to: 'Production' },
      ],
      gate_decisions: [],
    });
  });

  test('show says when the artifact is damaged or missing', async () => {
    const folder = copyOf(shared);
    await damage(folder, 1);
    const { path } = (await run(folder, 'models', 'show', '2')).json.artifact;
    rmSync(path);
    expect((await run(folder, 'models', 'show', '1')).json.artifact.state).toBe('damaged');
    expect((await run(folder, 'models', 'show', '2')).json.artifact.state).toBe('missing');
    expect((await runMlops(['-C', folder, 'models', 'show', '1'])).stdout).toContain(', damaged\n');
  });

  test.each([
    ['best', 65, "'best' is no model version"],
    ['9', 66, 'there is no version 9'],
    ['challenger', 69, 'no version is in Staging'],
  ])('show %s is an error that says so', async (name, code, message) => {
    const outcome = await run(shared, 'models', 'show', name);
    expect([outcome.code, outcome.json.error]).toEqual([code, message]);
  });

  test('at TIME says which version was Production, since when and by whom', async () => {
    const at = async (time: string) =>
      productionThenDefinition.parse((await run(shared, 'models', 'at', time)).json);
    expect(await at('2026-09-02T12:00:00Z')).toEqual({
      at: '2026-09-02T12:00:00.000Z',
      version: '2',
      since: '2026-09-02T00:00:00.000Z',
      who: 'ada',
      reason: 'week 2',
    });
    expect(await at('2026-08-01T00:00:00Z')).toMatchObject({ version: null, since: null, who: null });
  });

  test('loads neither DuckDB nor ONNX Runtime', async () => {
    const cache = mkdtempSync(join(tmpdir(), 'mlops-test-'));
    for (const command of [['models'], ['models', 'show', '1'], ['labels', 'coverage']])
      await runMlops(['-C', shared, ...command], { env: { MLOPS_CACHE: cache } });
    expect(readdirSync(cache).map((name) => name.split('-')[0])).toEqual(['sqlite']);
  });
});

describe('a damaged artifact', () => {
  test('is refused by rollback, which offers the version further back that is intact', async () => {
    const folder = copyOf(shared);
    await damage(folder, 2);
    const outcome = await run(folder, 'rollback');
    expect(outcome.code).toBe(65);
    expect(outcome.json.try).toBe('mlops rollback --to 1 (its hash and 20 golden rows are as they were)');
    expect((await run(folder, 'rollback', '--to', '1')).json).toMatchObject({ from: '3', to: '1' });
  });

  test('leads to an archived version where none further back is left', async () => {
    const folder = copyOf(shared);
    await damage(folder, 1);
    expect((await run(folder, 'rollback', '--to', '1')).json.try).toMatch(/^mlops rollback --to 2 /);
  });

  test('leads nowhere when no other is intact, and Production stays', async () => {
    const folder = copyOf(shared);
    await damage(folder, 1, 2);
    const outcome = await run(folder, 'rollback');
    expect(outcome.json.try).toContain('no other version that was in use passes the check');
    expect((await run(folder, 'models', 'show', 'champion')).json.version).toBe('3');
  });

  test('is refused by promote in the same way', async () => {
    const folder = copyOf(shared);
    await damage(folder, 2);
    expect((await run(folder, 'promote', 'v2')).json.try).toMatch(/^mlops promote 1 /);
  });
});

describe('verify', () => {
  const kept = (folder: string) =>
    readdirSync(join(folder, '.mlops', 'artifacts')).filter((name) => name.endsWith('.parquet'));

  test('checks the kept training rows by their hash', async () => {
    const folder = copyOf(shared);
    expect((await run(folder, 'verify')).json).toMatchObject({ status: 'OK', kept_tables: 1 });
    writeFileSync(join(folder, '.mlops', 'artifacts', kept(folder)[0] ?? ''), 'damaged');
    const outcome = await run(folder, 'verify');
    expect([outcome.code, outcome.json.problems]).toEqual([
      2,
      [expect.stringMatching(/\.parquet is damaged: /)],
    ]);
  });

  test.each([
    [
      'a stage that its history does not know',
      "UPDATE model_version SET stage = 'Staging' WHERE version = 1",
      'version 1 is in Staging, its history says Archived',
    ],
    [
      'a stage change that was taken out',
      'DELETE FROM stage_change WHERE seq = 2',
      'the history of version 1 has a gap before stage change 4',
    ],
    [
      'a label without its prediction',
      "INSERT INTO label VALUES ('gone', 1, 0, 'x')",
      '1 rows of label refer to a prediction that is not there',
    ],
  ])('finds %s', async (_, sql, problem) => {
    const folder = copyOf(shared);
    const database = new Database(join(folder, '.mlops', 'store.db'));
    database.pragma('foreign_keys = OFF');
    database.exec(sql);
    database.close();
    const outcome = await run(folder, 'verify');
    expect([outcome.code, outcome.json.problems]).toEqual([2, [problem]]);
  });
});

test('labels coverage counts by week and version what was known then', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  await run(folder, 'init', '--model', 'credit', '--schema', 'schema.json');
  const file = (name: string, ...lines: string[]) => {
    writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
    return join(folder, name);
  };
  const predictions = file(
    'p.csv',
    'prediction_id,timestamp,model_version,income',
    'a,2026-08-02T23:59:59Z,1,1',
    'b,2026-08-03T00:00:00Z,1,1',
    'c,2026-08-04T00:00:00Z,2,1',
    'd,2026-08-05T00:00:00Z,2,1',
  );
  const labels = file(
    'l.csv',
    'prediction_id,true_label,label_timestamp,label_source',
    'a,1,2026-08-10T00:00:00Z,x',
    'c,0,2026-08-20T00:00:00Z,x',
  );
  await run(folder, 'predictions', 'import', predictions);
  await run(folder, 'labels', 'add', labels);
  const at = async (time: string) => (await run(folder, '--as-of', time, 'labels', 'coverage')).json;
  expect((await at('2026-08-31T00:00:00Z')).weeks).toEqual([
    { week: '2026-07-27T00:00:00.000Z', model_version: '1', predictions: 1, labelled: 1, share: 1 },
    { week: '2026-08-03T00:00:00.000Z', model_version: '1', predictions: 1, labelled: 0, share: 0 },
    { week: '2026-08-03T00:00:00.000Z', model_version: '2', predictions: 2, labelled: 1, share: 0.5 },
  ]);
  expect((await at('2026-08-15T00:00:00Z')).total).toEqual({ predictions: 4, labelled: 1, share: 0.25 });
  const text = await runMlops(['-C', folder, '--as-of', '2026-08-31T00:00:00Z', 'labels', 'coverage']);
  const golden = join(import.meta.dirname, '..', 'golden', 'labels-coverage.txt');
  expect(text.stdout).toBe(readFileSync(golden, 'utf8'));
});
