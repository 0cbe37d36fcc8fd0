import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import { runMlops } from '../executable/run-mlops.ts';
import { applicant, copyWith, type Serving, serve, servingWorkspace, stored, until } from './serving.ts';

let workspace = '';
beforeAll(async () => {
  workspace = await servingWorkspace();
});

const version = async ({ post }: Serving) => (await post('/predict', applicant)).json.model_version;

describe('a promote or rollback by another process', () => {
  test('takes effect within a second while requests go on, none of which fails', async () => {
    const serving = await serve(copyWith(workspace));
    const statuses = new Map<number, number>();
    let ended = false;
    const load = Array.from({ length: 8 }, async () => {
      while (!ended) {
        const { status } = await serving.post('/predict', applicant);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    });
    for (const [command, wanted] of [
      [['promote', '2'], '2'],
      [['rollback'], '1'],
      [['promote', '2'], '2'],
    ] as const) {
      expect((await runMlops(['-C', serving.workspace, ...command])).code).toBe(0);
      expect(await until(async () => (await version(serving)) === wanted)).toBeLessThan(1000);
    }
    ended = true;
    await Promise.all(load);
    expect([...statuses.keys()]).toEqual([200]);
    const versions = stored(
      serving.workspace,
      'SELECT model_version, min(rowid) AS first FROM prediction GROUP BY 1 ORDER BY 1',
    );
    expect(versions.map(({ model_version }) => model_version)).toEqual(['1', '2']);
  });

  test('to a version whose artifact is damaged leaves the old one answering, and says so', async () => {
    const serving = await serve(copyWith(workspace));
    const [{ artifact_sha256 } = {}] = stored(
      serving.workspace,
      'SELECT artifact_sha256 FROM model_version WHERE version = 2',
    );
    writeFileSync(join(serving.workspace, '.mlops', 'artifacts', `${artifact_sha256}.onnx`), 'damaged');
    stageByHand(serving.workspace);
    await until(async () => (await serving.get('/health')).json.refused !== null);
    const { status, json } = await serving.get('/health');
    expect(status).toBe(200);
    expect(json).toMatchObject({ status: 'ok', model_version: '1', refused: { version: '2' } });
    expect(json.refused.why).toContain('is damaged');
    expect(await version(serving)).toBe('1');
    const alert = async () =>
      stored(serving.workspace, "SELECT closed_at FROM alert WHERE rule = 'serving'")[0];
    await until(async () => (await alert()) !== undefined);
    expect(await alert()).toEqual({ closed_at: null });
    expect((await runMlops(['-C', serving.workspace, 'rollback', '--to', '1'])).code).toBe(0);
    await until(async () => (await alert())?.closed_at !== null);
  });
});

/** What a restore of an older store does: another version is in Production, and no command has checked it. */
function stageByHand(folder: string): void {
  const store = new Database(join(folder, '.mlops', 'store.db'));
  store.exec("UPDATE model_version SET stage = 'Archived' WHERE version = 1");
  store.exec("UPDATE model_version SET stage = 'Production' WHERE version = 2");
  store.close();
}

test('without a version in Production it waits for one', async () => {
  const folder = copyWith(workspace);
  const store = new Database(join(folder, '.mlops', 'store.db'));
  store.exec("UPDATE model_version SET stage = 'Staging' WHERE version = 1");
  store.close();
  const serving = await serve(folder);
  expect((await serving.get('/readyz')).status).toBe(503);
  const { status, headers, json } = await serving.post('/predict', applicant);
  expect([status, headers.get('retry-after'), json.detail]).toEqual([
    503,
    '1',
    'no version is in Production: mlops promote VERSION',
  ]);
  expect((await runMlops(['-C', folder, 'promote', '2'])).code).toBe(0);
  await until(async () => (await serving.get('/readyz')).status === 200);
  expect(await version(serving)).toBe('2');
});

describe('a signal to stop', () => {
  test('lets what was asked be answered and stored, and ends with 0', async () => {
    const serving = await serve(copyWith(workspace, { durability: 'async' }));
    const asked = Array.from({ length: 40 }, () => serving.post('/predict', applicant));
    await Promise.race(asked);
    const code = await serving.stop();
    const answers = await Promise.allSettled(asked);
    expect(code).toBe(0);
    const answered = answers.filter(
      (each) => each.status === 'fulfilled' && each.value.status === 200,
    ).length;
    expect(answered).toBeGreaterThan(0);
    expect(stored(serving.workspace, 'SELECT count(*) AS rows FROM prediction')).toEqual([
      { rows: answered },
    ]);
  });
});
