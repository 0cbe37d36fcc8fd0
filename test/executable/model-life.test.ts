import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import { runMlops } from './run-mlops.ts';

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures');
const reference = join(fixtures, 'reference.csv');
const stream = join(fixtures, 'stream.csv');
const models = mkdtempSync(join(tmpdir(), 'mlops-test-'));
const modelOf = (seed: number) => join(models, `m${seed}.onnx`);

beforeAll(async () => {
  for (const seed of [1, 2, 3]) {
    const outcome = await runMlops([
      'train',
      '--data',
      reference,
      '--target',
      'defaulted',
      '--seed',
      `${seed}`,
      '--output',
      modelOf(seed),
    ]);
    expect(outcome.stderr).toBe('');
    expect(outcome.code).toBe(0);
  }
});

test('calibrated versions are promoted, scored and rolled back to, their golden rows checked', async () => {
  const workspace = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  await run(workspace, 'init', '--model', 'credit', '--schema', 'schema.json', '--target', 'defaulted');
  for (const [version, method] of ['sigmoid', 'isotonic'].entries()) {
    const trained = await run(workspace, 'train', '--data', reference, '--calibrate', method);
    expect(trained.json.calibration).toMatchObject({ asked: method, method, rows: 450 });
    expect(trained.json.rows).toEqual({ train: 2100, calibration: 450, validation: 450 });
    expect((await run(workspace, 'promote', `${version + 1}`)).json.verified.golden_rows).toBe(20);
  }
  const scores = join(workspace, 'scores.csv');
  const scored = await run(
    workspace,
    'score',
    '--stage',
    'production',
    '--input',
    stream,
    '--output',
    scores,
  );
  expect(scored.code).toBe(0);
  expect((await run(workspace, 'rollback')).json).toMatchObject({ to: '1', verified: { golden_rows: 20 } });
});

async function workspaceWith(versions: number): Promise<string> {
  const workspace = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  await run(workspace, 'init', '--model', 'credit', '--schema', 'schema.json');
  for (let version = 1; version <= versions; version++) {
    await run(workspace, 'model', 'register', modelOf(version), '--golden', stream);
    await run(workspace, 'promote', `${version}`);
  }
  return workspace;
}

async function run(workspace: string, ...commandLine: string[]) {
  const outcome = await runMlops(['-C', workspace, '--json', ...commandLine]);
  return { ...outcome, json: JSON.parse(outcome.stdout) };
}

describe('train', () => {
  test('the same data and seed give the same bytes, another seed does not', async () => {
    const train = async (seed: string) => {
      const outcome = await runMlops([
        '--json',
        'train',
        '--data',
        reference,
        '--target',
        'defaulted',
        '--seed',
        seed,
        '--output',
        join(models, 'again.onnx'),
      ]);
      return JSON.parse(outcome.stdout).artifact.sha256;
    };
    expect(await train('1')).toBe(await train('1'));
    expect(await train('1')).not.toBe(await train('2'));
  });

  test('learns the signal of the sample data, measured on later rows', async () => {
    const outcome = await runMlops([
      '--json',
      'train',
      '--data',
      reference,
      '--target',
      'defaulted',
      '--output',
      join(models, 'x.onnx'),
    ]);
    const result = JSON.parse(outcome.stdout);
    expect(result.rows).toEqual({ train: 2100, calibration: 0, validation: 900 });
    expect(result.metrics.roc_auc).toBeGreaterThan(0.7);
  });

  test('a target that is not 0 or 1 is bad data, and nothing is written', async () => {
    const output = join(models, 'never.onnx');
    const outcome = await runMlops(['train', '--data', reference, '--target', 'age', '--output', output]);
    expect(outcome.code).toBe(65);
    expect(outcome.stderr).toMatch(/^error: the target is \d+ in row 1\ncause: .*\ntry: /);
    expect(readdirSync(models)).not.toContain('never.onnx');
  });
});

describe('score', () => {
  test('writes one probability a row, in the order of the input', async () => {
    const output = join(models, 'scores.csv');
    const outcome = await runMlops([
      '--json',
      'score',
      '--model',
      modelOf(1),
      '--input',
      stream,
      '--output',
      output,
    ]);
    expect(JSON.parse(outcome.stdout)).toMatchObject({ rows: 8000, output });
  });

  test.each([
    ['a file that is no ONNX model', stream, [], 'not an ONNX model'],
    [
      'the wrong number of features',
      modelOf(1),
      ['--features', 'age,debt_ratio'],
      'takes 7 features, 2 are named',
    ],
  ])('%s is refused and nothing is written', async (_, model, more, message) => {
    const outcome = await runMlops([
      'score',
      '--model',
      model,
      '--input',
      stream,
      '--output',
      join(models, 'no.csv'),
      ...more,
    ]);
    expect(outcome.code).toBe(65);
    expect(outcome.stderr).toContain(message);
    expect(readdirSync(models).filter((name) => name.startsWith('no.csv'))).toEqual([]);
  });
});

describe('rollback', () => {
  test('without argument returns to the version before, and twice in a row goes back twice', async () => {
    const workspace = await workspaceWith(3);
    expect((await run(workspace, 'rollback', '--reason', 'drill')).json).toMatchObject({
      from: '3',
      to: '2',
      reason: 'drill',
    });
    expect((await run(workspace, 'rollback')).json).toMatchObject({
      from: '2',
      to: '1',
      verified: { golden_rows: 20 },
    });
    const third = await run(workspace, 'rollback');
    expect(third.code).toBe(69);
    expect(third.json.error).toBe('there is no version to go back to');
    expect((await run(workspace, 'verify')).json).toMatchObject({ status: 'OK', events: 8 });
  });

  test('--dry-run checks and changes nothing', async () => {
    const workspace = await workspaceWith(2);
    expect((await run(workspace, 'rollback', '--dry-run')).json).toMatchObject({
      from: '2',
      to: '1',
      dry_run: true,
    });
    expect((await run(workspace, 'models')).json.versions).toMatchObject([
      { stage: 'Archived' },
      { stage: 'Production' },
    ]);
  });

  test('refuses a damaged artifact and leaves Production as it was', async () => {
    const workspace = await workspaceWith(2);
    const artifacts = join(workspace, '.mlops', 'artifacts');
    const first = (await run(workspace, 'models')).json.versions[0].sha256;
    writeFileSync(join(artifacts, `${first}.onnx`), 'damaged');
    const outcome = await run(workspace, 'rollback');
    expect(outcome.code).toBe(65);
    expect(outcome.json.error).toContain('is damaged');
    expect((await run(workspace, 'models')).json.versions[1]).toMatchObject({ stage: 'Production' });
    expect((await run(workspace, 'verify')).code).toBe(2);
  });

  test('loads neither DuckDB nor ONNX Runtime', async () => {
    const workspace = await workspaceWith(2);
    const cache = mkdtempSync(join(tmpdir(), 'mlops-test-'));
    const outcome = await runMlops(['-C', workspace, 'rollback'], { env: { MLOPS_CACHE: cache } });
    expect(outcome.code).toBe(0);
    expect(readdirSync(cache).map((name) => name.split('-')[0])).toEqual(['sqlite']);
  });
});

describe('verify', () => {
  test.each([
    ['altered', "UPDATE event SET reason = 'nothing' WHERE seq = 2", 'audit row 2 was altered'],
    ['removed', 'DELETE FROM event WHERE seq = 2', 'audit rows 2 to 2 are missing'],
    ['removed at the end', 'DELETE FROM event WHERE seq = 4', 'audit rows 4 to 4 are missing'],
  ])('finds an audit row that was %s', async (_, sql, problem) => {
    const workspace = await workspaceWith(2);
    const database = new Database(join(workspace, '.mlops', 'store.db'));
    database.exec('DROP TRIGGER event_is_never_changed; DROP TRIGGER event_is_never_removed;');
    database.exec(sql);
    database.close();
    const outcome = await run(workspace, 'verify');
    expect(outcome.code).toBe(2);
    expect(outcome.json.problems).toContain(problem);
  });

  test('the database itself refuses a second Production', async () => {
    const workspace = await workspaceWith(2);
    const database = new Database(join(workspace, '.mlops', 'store.db'));
    expect(() => database.exec("UPDATE model_version SET stage = 'Production'")).toThrow(
      'UNIQUE constraint failed',
    );
    database.close();
  });
});

test('ten processes registering at once lose no version and break no chain', async () => {
  const workspace = await workspaceWith(1);
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, () => run(workspace, 'model', 'register', modelOf(2))),
  );
  expect(outcomes.map((outcome) => outcome.code)).toEqual(Array(10).fill(0));
  expect((await run(workspace, 'models')).json.versions).toHaveLength(11);
  expect((await run(workspace, 'verify')).json).toMatchObject({ status: 'OK', events: 12 });
});

test('an unknown key in mlops.yaml is refused with its line', async () => {
  const workspace = await workspaceWith(1);
  writeFileSync(join(workspace, 'mlops.yaml'), 'model:\n  name: a\n  schema: s.json\n  shema: b\n');
  const outcome = await run(workspace, 'models');
  expect(outcome.code).toBe(78);
  expect(outcome.json.error).toMatch(/mlops\.yaml, line 4, column 3: unknown key 'model\.shema'$/);
});

describe('history', () => {
  test('is not rewritten by a replay', async () => {
    const workspace = await workspaceWith(2);
    const outcome = await runMlops(['-C', workspace, '--as-of', '2026-01-01T00:00:00Z', 'rollback']);
    expect(outcome.code).toBe(64);
    expect(outcome.stderr).toMatch(/^error: at 2026-01-01T00:00:00\.000Z stages were as they were then\n/);
    expect((await runMlops(['--as-of', '2999-01-01T00:00:00Z', '-C', workspace, 'models'])).code).toBe(64);
  });

  test('a store that was lost is not replaced by an empty one', async () => {
    const workspace = await workspaceWith(1);
    for (const end of ['', '-wal', '-shm'])
      rmSync(join(workspace, '.mlops', `store.db${end}`), { force: true });
    const outcome = await runMlops(['-C', workspace, 'predictions', 'import', stream]);
    expect(outcome.code).toBe(66);
    expect(outcome.stderr).toContain('holds artifacts, so there was one');
  });
});

describe('model register', () => {
  test('refuses a model that answers otherwise than its golden file says', async () => {
    const workspace = await workspaceWith(1);
    const scores = join(workspace, 'golden.csv');
    const [header, first] = readFileSync(stream, 'utf8').split('\n');
    writeFileSync(scores, `${header},probability\n${first},0.987\n`);
    const outcome = await runMlops(['-C', workspace, 'model', 'register', modelOf(1), '--golden', scores]);
    expect(outcome.code).toBe(65);
    expect(outcome.stderr).toContain('which says 0.987');
  });
});
