import { existsSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import { applicant, copyWith, serve, servingWorkspace, stored, until } from './serving.ts';

let workspace = '';
beforeAll(async () => {
  workspace = await servingWorkspace();
});

/** Holds the write lock as a long import does; what it gives ends that. */
function lock(folder: string): () => void {
  const store = new Database(join(folder, '.mlops', 'store.db'));
  store.exec('BEGIN IMMEDIATE');
  return () => {
    store.exec('COMMIT');
    store.close();
  };
}

const ids = (folder: string) =>
  stored(folder, 'SELECT prediction_id FROM prediction ORDER BY 1').map(({ prediction_id }) => prediction_id);
const withId = (prediction_id: string) => ({ ...applicant, prediction_id });

describe('a store that another process holds', () => {
  test('is waited for, then the request is refused with a time to try again', async () => {
    const { post, get, workspace: folder } = await serve(copyWith(workspace, { store_wait: '0.3s' }));
    const unlock = lock(folder);
    const { status, headers, json } = await post('/predict', withId('a'));
    expect([status, headers.get('retry-after')]).toEqual([503, '1']);
    expect(json.detail).toBe('the store cannot be used now; nothing was recorded');
    expect((await get('/health')).status).toBe(200);
    unlock();
    expect((await post('/predict', withId('a'))).status).toBe(200);
    expect(ids(folder)).toEqual(['a']);
    expect((await get('/metrics')).json).toContain('mlops_store_errors_total 1\n');
  });

  test('with spill: answers go on, and each is brought into the store once', async () => {
    const { post, get, workspace: folder } = await serve(copyWith(workspace, { on_store_failure: 'spill' }));
    const before = await post('/predict', withId('before'));
    const unlock = lock(folder);
    const first = await post('/predict', withId('during'));
    const again = await post('/predict', withId('during'));
    expect([first.status, again.json]).toEqual([200, first.json]);
    expect((await post('/predict', withId('before'))).json).toEqual(before.json);
    expect((await post('/predict', { ...withId('during'), age: 45 })).status).toBe(409);
    expect((await get('/metrics')).json).toMatch(/^mlops_log_rows_spilled [1-9]/m);
    expect(ids(folder)).toEqual(['before']);
    unlock();
    await until(async () => ids(folder).length > 1);
    expect(ids(folder)).toEqual(['before', 'during']);
    await until(async () => readdirSync(join(folder, '.mlops', 'spill')).length === 0);
    expect((await post('/predict', withId('during'))).json).toEqual(first.json);
  });

  test('with spill: what a killed process had kept is brought in by the next', async () => {
    const folder = copyWith(workspace, { on_store_failure: 'spill' });
    const killed = await serve(folder);
    const unlock = lock(folder);
    const { json } = await killed.post('/predict', { ...withId('kept'), monthly_income: null });
    await killed.stop('SIGKILL');
    unlock();
    expect(ids(folder)).toEqual([]);
    await serve(folder);
    await until(async () => ids(folder).length > 0);
    const { threshold, timestamp, ...answered } = json;
    expect(stored(folder, 'SELECT * FROM prediction')).toEqual([
      { ...applicant, monthly_income: null, ...answered, predicted_at: Date.parse(timestamp) },
    ]);
  });
});

describe('a store that is replaced while it serves', () => {
  test('takes the next prediction itself, as after a restore', async () => {
    const { post, workspace: folder } = await serve(copyWith(workspace));
    await post('/predict', withId('old'));
    const path = join(folder, '.mlops', 'store.db');
    const old = new Database(path);
    await old.backup(`${path}.fresh`);
    old.close();
    renameSync(path, `${path}.aside`);
    for (const end of ['-wal', '-shm'])
      if (existsSync(path + end)) renameSync(path + end, `${path}.aside${end}`);
    expect((await post('/predict', withId('lost'))).status).toBe(503);
    renameSync(`${path}.fresh`, path);
    expect((await post('/predict', withId('new'))).status).toBe(200);
    expect(ids(folder)).toEqual(['new', 'old']);
  });
});
