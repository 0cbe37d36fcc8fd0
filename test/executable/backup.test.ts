import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  backupListDefinition,
  backupResultDefinition,
  backupVerificationDefinition,
  restoreResultDefinition,
} from '../../src/data/results/backup.ts';
import { recoverResultDefinition } from '../../src/data/results/recover.ts';
import { allLabelled, copyOf, loopWorkspace, runAt } from './loop-workspace.ts';
import { executable, runMlops } from './run-mlops.ts';

let shared = '';
beforeAll(async () => {
  shared = await loopWorkspace();
});

const run = (workspace: string, ...commandLine: string[]) => runAt(workspace, allLabelled, ...commandLine);
const storeOf = (workspace: string) => join(workspace, '.mlops', 'store.db');

async function backedUp(): Promise<{
  readonly workspace: string;
  readonly name: string;
  readonly path: string;
}> {
  const workspace = copyOf(shared);
  const { json } = await run(workspace, 'backup');
  return { workspace, ...backupResultDefinition.parse(json) };
}

function count(workspace: string, table: string): number {
  const database = new Database(storeOf(workspace), { readonly: true });
  const rows = database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  database.close();
  return Number(rows);
}

function damage(workspace: string, change: (bytes: Buffer) => Buffer): void {
  const store = storeOf(workspace);
  for (const end of ['-wal', '-shm']) rmSync(store + end, { force: true });
  writeFileSync(store, change(readFileSync(store)));
}

const holed = (bytes: Buffer) => bytes.fill(0xa5, 400_000, 404_096);

describe('backup', () => {
  test('takes store, artifacts, configuration and schema along, and is in the audit and the list', async () => {
    const { workspace, path, name } = await backedUp();
    expect(readdirSync(path).toSorted()).toEqual(['artifacts', 'files', 'manifest.json', 'store.db']);
    expect(readdirSync(join(path, 'files')).toSorted()).toEqual(['mlops.yaml', 'schema.json']);
    const { backups } = backupListDefinition.parse((await run(workspace, 'backup', 'list')).json);
    expect(backups).toMatchObject([{ name, production: '1', problem: null }]);
    expect(count(workspace, `event WHERE command = 'backup'`)).toBe(1);
    expect((await run(workspace, 'verify')).json.status).toBe('OK');
  });

  test('is consistent while others write', async () => {
    const workspace = copyOf(shared);
    const labels = join(workspace, 'labels.csv');
    const writing = (async () => {
      for (let round = 0; round < 4; round++) {
        writeFileSync(
          labels,
          `prediction_id,true_label,label_timestamp,label_source\npred_20260803_000077,${round % 2},2026-09-0${round + 1}T00:00:00Z,round ${round}\n`,
        );
        await run(workspace, 'labels', 'add', labels);
      }
    })();
    const made = await run(workspace, 'backup');
    await writing;
    const checked = await run(workspace, 'backup', 'verify', made.json.name);
    expect(backupVerificationDefinition.parse(checked.json)).toMatchObject({ status: 'OK', problems: [] });
  });

  test('says what it could not take: a damaged artifact', async () => {
    const workspace = copyOf(shared);
    const [artifact = ''] = readdirSync(join(workspace, '.mlops', 'artifacts')).filter((each) =>
      each.endsWith('.onnx'),
    );
    writeFileSync(join(workspace, '.mlops', 'artifacts', artifact), 'damaged');
    const made = await run(workspace, 'backup');
    expect(made.code).toBe(1);
    expect(made.json.problems[0]).toContain('is damaged');
  });

  test('interrupted or without space it leaves nothing', async () => {
    const made = await run(copyOf(shared), 'backup', '--to', '/proc/nowhere');
    expect([made.code, made.json.error]).toEqual([
      expect.any(Number),
      expect.stringContaining('/proc/nowhere'),
    ]);
    expect(made.code).not.toBe(0);
  });
});

describe('backup verify', () => {
  test.each([
    [
      'a file that was altered',
      (path: string) => writeFileSync(join(path, 'files', 'schema.json'), '{}'),
      /schema\.json was altered/,
    ],
    [
      'a file that is gone',
      (path: string) => rmSync(join(path, 'files', 'mlops.yaml')),
      /mlops\.yaml is missing/,
    ],
    [
      'a file that was added',
      (path: string) => writeFileSync(join(path, 'more'), ''),
      /more is no part of the backup/,
    ],
  ])('finds %s, and restore refuses it', async (_, change, said) => {
    const { workspace, path, name } = await backedUp();
    change(path);
    const checked = await run(workspace, 'backup', 'verify');
    expect([checked.code, checked.json.problems[0]]).toEqual([2, expect.stringMatching(said)]);
    const before = readFileSync(storeOf(workspace));
    const restored = await run(workspace, 'restore', name, '--replace');
    expect([restored.code, restored.json.cause]).toEqual([65, expect.stringMatching(said)]);
    expect(readFileSync(storeOf(workspace)).equals(before)).toBe(true);
  });

  test('a backup of a newer version is refused with 78', async () => {
    const { workspace, path, name } = await backedUp();
    const manifest = JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8'));
    for (const newer of [{ store_version: 1000 }, { backup_version: 2, files: 'otherwise' }]) {
      writeFileSync(join(path, 'manifest.json'), JSON.stringify({ ...manifest, ...newer }));
      for (const command of [
        ['backup', 'verify', name],
        ['restore', name, '--replace'],
      ])
        expect((await run(workspace, ...command)).code).toBe(78);
    }
  });

  test('without any backup says so', async () => {
    const none = await run(shared, 'backup', 'verify');
    expect([none.code, none.json.try]).toEqual([66, 'make one: mlops backup']);
  });
});

describe('restore', () => {
  test('refuses over a live store, and with --replace keeps that one', async () => {
    const { workspace, name } = await backedUp();
    await run(workspace, 'train', '--from-store');
    const refused = await run(workspace, 'restore', name);
    expect([refused.code, refused.json.try]).toEqual([64, expect.stringContaining('--replace')]);
    expect(count(workspace, 'model_version')).toBe(2);
    const restored = await run(workspace, 'restore', name, '--replace');
    const result = restoreResultDefinition.parse(restored.json);
    expect([restored.code, result.status]).toEqual([0, 'OK']);
    expect(count(workspace, 'model_version')).toBe(1);
    const kept = new Database(result.replaced ?? '', { readonly: true });
    expect(kept.prepare('SELECT count(*) FROM model_version').pluck().get()).toBe(2);
    kept.close();
    expect(count(workspace, `event WHERE command = 'restore'`)).toBe(1);
  });

  test('brings back artifacts that are missing or damaged', async () => {
    const { workspace, name } = await backedUp();
    const artifacts = join(workspace, '.mlops', 'artifacts');
    const [first = '', second = ''] = readdirSync(artifacts);
    rmSync(join(artifacts, first));
    writeFileSync(join(artifacts, second), 'damaged');
    const restored = await run(workspace, 'restore', name, '--replace');
    expect([restored.code, restored.json.artifacts_restored]).toEqual([0, 2]);
  });

  test('makes a workspace of an empty folder, on a new machine', async () => {
    const { path } = await backedUp();
    const folder = mkdtempSync(join(tmpdir(), 'mlops-test-'));
    const restored = await run(folder, 'restore', path);
    expect(restored.json).toMatchObject({
      status: 'OK',
      replaced: null,
      files_restored: ['mlops.yaml', 'schema.json'],
    });
    expect((await run(folder, 'verify')).json.status).toBe('OK');
  });

  test('refuses a backup of another model, and one that is none', async () => {
    const { workspace, path } = await backedUp();
    const configuration = join(workspace, 'mlops.yaml');
    writeFileSync(
      configuration,
      readFileSync(configuration, 'utf8').replace('name: "sample"', 'name: other'),
    );
    expect((await run(workspace, 'restore', path, '--replace')).code).toBe(65);
    expect((await run(workspace, 'restore', 'nothing')).code).toBe(66);
  });
});

describe('store recover', () => {
  test('brings the readable rows back, keeps the damaged file, and verify accepts what is recorded', async () => {
    const workspace = copyOf(shared);
    const before = count(workspace, 'prediction');
    damage(workspace, holed);
    const outcome = await run(workspace, 'store', 'recover', '--reason', 'disk failed');
    const result = recoverResultDefinition.parse(outcome.json);
    expect(outcome.code).toBe(1);
    const said = result.tables.find(({ name }) => name === 'prediction');
    expect(count(workspace, 'prediction')).toBe(before - (said?.lost ?? 0));
    expect(count(workspace, 'prediction')).toBeGreaterThan(before * 0.97);
    expect(readFileSync(result.damaged).includes(Buffer.alloc(4096, 0xa5))).toBe(true);
    expect((await run(workspace, 'verify')).json).toMatchObject({ status: 'OK', problems: [] });
    const text = (await runMlops(['-C', workspace, 'export', 'audit', '--to', join(workspace, 'out')])).code;
    expect(text).toBe(0);
    expect(readFileSync(join(workspace, 'out', 'audit.csv'), 'utf8')).toContain('disk failed');
  });

  test('lost predictions come back from the file they came from', async () => {
    const workspace = copyOf(shared);
    const before = count(workspace, 'prediction');
    damage(workspace, holed);
    await run(workspace, 'store', 'recover');
    await run(workspace, 'predictions', 'import', join(executable, '..', '..', 'fixtures', 'stream.csv'));
    expect(count(workspace, 'prediction')).toBe(before);
  });

  test('takes what is lost from the newest backup, so that nothing is', async () => {
    const { workspace } = await backedUp();
    const before = count(workspace, 'prediction');
    const labels = count(workspace, 'label');
    damage(workspace, holed);
    const result = recoverResultDefinition.parse((await run(workspace, 'store', 'recover')).json);
    expect([result.status, result.rows.lost, result.rows.aside]).toEqual(['OK', 0, 0]);
    expect(result.rows.from_backup).toBeGreaterThan(0);
    expect([count(workspace, 'prediction'), count(workspace, 'label')]).toEqual([before, labels]);
    expect((await run(workspace, 'verify')).json.status).toBe('OK');
  });

  test('refuses on a good store', async () => {
    const workspace = copyOf(shared);
    const refused = await run(workspace, 'store', 'recover');
    expect([refused.code, refused.json.error]).toEqual([64, expect.stringContaining('is whole')]);
  });

  test.each([
    ['zero bytes', () => Buffer.alloc(0)],
    ['no database', () => Buffer.from('no database at all\n'.repeat(500))],
  ])('of %s names the newest backup, and begins anew only with --empty', async (_, content) => {
    const { workspace, name } = await backedUp();
    damage(workspace, content);
    const refused = await run(workspace, 'store', 'recover');
    expect([refused.code, refused.json.try]).toEqual([
      65,
      expect.stringContaining(`mlops restore ${name} --replace`),
    ]);
    expect(readFileSync(storeOf(workspace)).equals(content())).toBe(true);
    const other = copyOf(workspace);
    expect((await run(other, 'store', 'recover', '--empty')).code).toBe(1);
    expect([count(other, 'event'), count(other, 'prediction')]).toEqual([1, 0]);
    expect((await run(workspace, 'restore', name, '--replace')).code).toBe(0);
    expect(count(workspace, 'prediction')).toBe(count(shared, 'prediction'));
  });

  test('killed half-way leaves the store as it was, and the next one succeeds', async () => {
    const workspace = copyOf(shared);
    damage(workspace, holed);
    const before = readFileSync(storeOf(workspace));
    for (const delay of [150, 400]) {
      const outcome = await runMlops(['-C', workspace, '--json', 'store', 'recover'], {
        kill: AbortSignal.timeout(delay),
      });
      if (outcome.code !== null) continue;
      expect(readFileSync(storeOf(workspace)).equals(before)).toBe(true);
    }
    if (existsSync(`${storeOf(workspace)}.recovering`) || readFileSync(storeOf(workspace)).equals(before))
      expect((await run(workspace, 'store', 'recover')).code).toBe(1);
    expect((await run(workspace, 'verify')).json.status).toBe('OK');
  });
});

test('a store that lost its end is recovered as far as it goes', async () => {
  const workspace = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  cpSync(shared, workspace, { recursive: true });
  truncateSync(storeOf(workspace), 600_000);
  const outcome = await run(workspace, 'store', 'recover');
  expect([outcome.code, outcome.json.status]).toEqual([1, 'WARNING']);
  expect(outcome.json.rows.recovered).toBeGreaterThan(1000);
});
