import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HealthResult } from '../../src/data/results/health.ts';
import { insertMonitoringRun, labelWriter, openStore, predictionSpool } from '../../src/store/index.ts';
import { runMlops } from './run-mlops.ts';

const root = join(import.meta.dirname, '..', '..');
const reference = join(root, 'fixtures', 'reference.csv');
const schema = JSON.parse(readFileSync(join(root, 'schemas', 'health.schema.json'), 'utf8'));
const isHealthResult = new Ajv2020().compile(schema);

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.parse('2026-09-30T12:00:00Z');
const then = (age: number) => new Date(now - age).toISOString();
const folder = mkdtempSync(join(tmpdir(), 'mlops-test-'));
const healthy = join(folder, 'healthy');

/** Sixty days of five predictions an hour, right to the outcome, labelled a day later. */
function recordLife(workspace: string): void {
  const store = openStore(join(workspace, '.mlops', 'store.db'), { create: false });
  const spool = predictionSpool(store, []);
  const predictions = Array.from({ length: 60 * 24 * 5 }, (_, index) => ({
    id: `p${index}`,
    at: now - index * (hour / 5),
    label: Number(index % 4 === 0),
  }));
  for (const { id, at, label } of predictions) {
    const probability = label === 1 ? 0.8 : 0.1;
    spool.add({
      prediction_id: id,
      predicted_at: at,
      model_version: '1',
      probability,
      outcome: label,
      features: [],
    });
  }
  store.change(() => {
    spool.record();
    const { put } = labelWriter(store);
    for (const { id, at, label } of predictions) {
      if (at + day > now) continue;
      put({ prediction_id: id, true_label: label, label_timestamp: at + day, label_source: 'test' }, now);
    }
    recordRun(store, 'OK', 6 * hour);
  });
  store.close();
}

function recordRun(store: ReturnType<typeof openStore>, status: 'OK' | 'CRITICAL', age: number): void {
  const run = {
    at: now - age,
    from_at: now - age - day,
    until_at: now - age,
    model_version: '1',
    rows: 120,
    status,
    features_total: 10,
    features_drifted: status === 'OK' ? 0 : 6,
    share_drifted: status === 'OK' ? 0 : 0.6,
    report: null,
  };
  const summary = `${run.features_drifted} of ${run.features_total} features drifted`;
  insertMonitoringRun(store, run, [], () => ({ checks: [{ name: 'drift', status, summary }] }));
}

beforeAll(async () => {
  mkdirSync(healthy);
  const run = async (...commandLine: string[]) => {
    const outcome = await runMlops(['-C', healthy, ...commandLine]);
    expect(outcome.stderr).toBe('');
  };
  await run('init', '--model', 'credit', '--schema', 'schema.json');
  await run('--as-of', then(70 * day), 'train', '--data', reference, '--target', 'defaulted');
  await run('--as-of', then(70 * day), 'promote', '1');
  recordLife(healthy);
});

function copyOfHealthy(): string {
  const workspace = mkdtempSync(join(folder, 'workspace-'));
  cpSync(healthy, workspace, { recursive: true });
  return workspace;
}

interface Answer {
  readonly code: number | null;
  readonly result: HealthResult;
  /** Status of each check that is not OK. */
  readonly faults: Readonly<Record<string, string>>;
  check(name: string): HealthResult['checks'][number];
}

async function health(workspace: string, ...more: string[]): Promise<Answer> {
  const asOf = more.includes('--as-of') ? [] : ['--as-of', then(0)];
  const outcome = await runMlops(['-C', workspace, '--json', ...asOf, 'health', ...more]);
  expect(outcome.stderr).toBe('');
  const result = JSON.parse(outcome.stdout);
  expect(isHealthResult(result), JSON.stringify(isHealthResult.errors)).toBe(true);
  const checks: HealthResult['checks'] = result.checks;
  return {
    code: outcome.code,
    result,
    faults: Object.fromEntries(
      checks.filter((each) => each.status !== 'OK').map((each) => [each.name, each.status]),
    ),
    check: (name) => {
      const check = checks.find((each) => each.name === name);
      if (check === undefined) throw new Error(`no check '${name}'`);
      return check;
    },
  };
}

function alter(workspace: string, sql: string): void {
  const database = new Database(join(workspace, '.mlops', 'store.db'));
  database.exec(sql);
  database.close();
}

const storePath = (workspace: string) => join(workspace, '.mlops', 'store.db');
const needStore = ['audit', 'model', 'monitoring', 'predictions', 'volume', 'label_coverage', 'brier', 'f1'];
const unknown = Object.fromEntries(needStore.map((name) => [name, 'UNKNOWN']));

describe('a healthy workspace', () => {
  test('is OK in every check, with figures', async () => {
    const { code, result, faults, check } = await health(healthy);
    expect(faults).toEqual({});
    expect(code).toBe(0);
    expect(result).toMatchObject({ status: 'OK', generated_at: then(0) });
    expect(result.checks.map((each) => each.name)).toEqual([
      'store',
      ...needStore,
      'disk',
      'artifacts',
      'cpu',
      'memory',
      'uptime',
    ]);
    expect(check('model')).toMatchObject({ observed: 20, unit: 'rows' });
    expect(check('volume').observed).toBe(120);
    expect(check('label_coverage')).toMatchObject({ observed: 1, threshold: 0.3 });
    // A quarter of the labels is 1, at 0.8; the others 0, at 0.1.
    expect(check('brier').observed).toBeCloseTo(0.25 * 0.2 ** 2 + 0.75 * 0.1 ** 2, 12);
    expect(check('f1')).toMatchObject({ observed: 1, remedy: null });
    expect(check('monitoring')).toMatchObject({ observed: 6, threshold: 48, unit: 'hours' });
  });

  test('answers a person in one line a check', async () => {
    const { stdout } = await runMlops(['-C', healthy, '--as-of', then(0), 'health']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toBe(`OK - 14 of 14 checks OK, ${then(0)}`);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test('is read without DuckDB and ONNX Runtime', async () => {
    const cache = mkdtempSync(join(folder, 'cache-'));
    const outcome = await runMlops(['-C', healthy, '--as-of', then(0), 'health'], {
      env: { MLOPS_CACHE: cache },
    });
    expect(outcome.code).toBe(0);
    expect(readdirSync(cache).map((name) => name.split('-')[0])).toEqual(['sqlite']);
  });

  test('is seen as it was at --as-of', async () => {
    const { faults, check } = await health(healthy, '--as-of', then(59 * day));
    expect(faults).toEqual({ monitoring: 'WARNING' });
    expect(check('f1').observed).toBeNull();
    expect(check('label_coverage').observed).toBeNull();
  });
});

describe('a store that cannot be used is CRITICAL, what needs it UNKNOWN', () => {
  test.each([
    ['missing', (path: string) => rmSync(path), 'is missing'],
    ['no store', (path: string) => writeFileSync(path, 'garbage '.repeat(1000)), 'damaged or no store'],
    ['empty', (path: string) => writeFileSync(path, ''), 'is empty'],
    [
      'a folder',
      (path: string) => {
        rmSync(path);
        mkdirSync(path);
      },
      'cannot be written',
    ],
  ])('%s', async (_, damage, message) => {
    const workspace = copyOfHealthy();
    damage(storePath(workspace));
    const { code, faults, check } = await health(workspace);
    expect(code).toBe(2);
    expect(faults).toEqual({ store: 'CRITICAL', ...unknown });
    expect(check('store').summary).toContain(message);
    expect(check('store').remedy).not.toBeNull();
    expect(check('audit').summary).toBe('needs the store');
  });

  test('written by a newer mlops', async () => {
    const workspace = copyOfHealthy();
    alter(workspace, 'PRAGMA user_version = 999');
    const { faults, check } = await health(workspace);
    expect(faults).toEqual({ store: 'CRITICAL', ...unknown });
    expect(check('store').summary).toContain('its version is 999');
  });

  test('held by another process', async () => {
    const workspace = copyOfHealthy();
    const holder = new Database(storePath(workspace));
    holder.pragma('locking_mode = EXCLUSIVE');
    holder.exec('BEGIN EXCLUSIVE');
    const { faults, check } = await health(workspace);
    holder.close();
    expect(faults).toEqual({ store: 'CRITICAL', ...unknown });
    expect(check('store').summary).toContain('is in use');
  });

  test('a table is gone: the store says so, and what needs it cannot be checked', async () => {
    const workspace = copyOfHealthy();
    alter(workspace, 'DROP TABLE monitoring_run');
    const { faults, check } = await health(workspace);
    expect(faults).toEqual({ store: 'CRITICAL', monitoring: 'UNKNOWN' });
    expect(check('store').summary).toBe('1 problem: the table monitoring_run is missing');
  });

  test('damaged in the middle: health still answers', async () => {
    const workspace = copyOfHealthy();
    const content = readFileSync(storePath(workspace));
    content.fill(0xa5, 8192, content.length - 8192);
    writeFileSync(storePath(workspace), content);
    const { code, faults } = await health(workspace);
    expect(code).toBe(2);
    expect(Object.values(faults)).toContain('CRITICAL');
  });
});

describe('each fault is found by its own check', () => {
  const dropTriggers = 'DROP TRIGGER event_is_never_changed; DROP TRIGGER event_is_never_removed;';
  test.each([
    [
      'the audit altered',
      `${dropTriggers} UPDATE event SET who = 'nobody' WHERE seq = 1`,
      { audit: 'CRITICAL' },
    ],
    ['no version in Production', 'DELETE FROM stage_change', { model: 'CRITICAL' }],
    ['wrong outcomes', 'UPDATE prediction SET outcome = 1 - outcome', { f1: 'CRITICAL' }],
    ['wrong probabilities', 'UPDATE prediction SET probability = 1 - probability', { brier: 'WARNING' }],
    ['a version without metrics', 'UPDATE model_version SET metrics = NULL', { f1: 'UNKNOWN' }],
    ['golden rows answered otherwise', goldenOtherwise(), { model: 'CRITICAL' }],
    ['no monitoring run', 'DELETE FROM monitoring_run', { monitoring: 'WARNING' }],
    ['few labels', 'DELETE FROM label WHERE true_label = 0', { label_coverage: 'WARNING' }],
    ['a busy hour', busyHour(), { volume: 'WARNING' }],
  ])('%s', async (_, sql, faults) => {
    const workspace = copyOfHealthy();
    alter(workspace, sql);
    expect((await health(workspace)).faults).toEqual(faults);
  });

  function goldenOtherwise(): string {
    return `UPDATE model_version SET golden = json_set(golden, '$[3].probability', 0.999)`;
  }

  function busyHour(): string {
    return `INSERT INTO prediction (prediction_id, predicted_at)
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10100) SELECT 'busy' || i, ${now - 5 * hour} FROM n`;
  }

  test('a damaged artifact, with the way back', async () => {
    const workspace = copyOfHealthy();
    const artifacts = join(workspace, '.mlops', 'artifacts');
    for (const name of readdirSync(artifacts)) writeFileSync(join(artifacts, name), 'damaged');
    const { code, faults, check } = await health(workspace);
    expect(code).toBe(2);
    expect(faults).toEqual({ model: 'CRITICAL' });
    expect(check('model')).toMatchObject({
      summary: expect.stringContaining('is damaged'),
      remedy: expect.stringContaining('mlops rollback'),
      contact: { contact: 'On-call engineer', response: 'Immediate' },
    });
  });

  test('an artifact that is gone', async () => {
    const workspace = copyOfHealthy();
    rmSync(join(workspace, '.mlops', 'artifacts'), { recursive: true });
    expect((await health(workspace)).faults).toEqual({ model: 'CRITICAL' });
  });

  test('predictions that stopped, and monitoring with them', async () => {
    const { code, faults } = await health(healthy, '--as-of', then(-3 * day));
    expect(code).toBe(2);
    expect(faults).toEqual({ monitoring: 'WARNING', predictions: 'WARNING', volume: 'CRITICAL' });
  });

  test('a monitoring run that was CRITICAL, for whom drift concerns', async () => {
    const workspace = copyOfHealthy();
    const store = openStore(storePath(workspace), { create: false });
    recordRun(store, 'CRITICAL', hour);
    store.close();
    const { faults, check } = await health(workspace);
    expect(faults).toEqual({ monitoring: 'CRITICAL' });
    expect(check('monitoring')).toMatchObject({
      summary: 'run 2, 1 h ago, said CRITICAL: 6 of 10 features drifted',
      contact: { contact: 'Data Science Lead', response: '4 hours' },
    });
  });

  test('a full disk and too many artifacts, by the limits of mlops.yaml', async () => {
    const workspace = copyOfHealthy();
    configure(workspace, 'disk: { warning: 0, critical: 1 }\nretention: { artifacts_gigabytes: 0.000001 }');
    expect((await health(workspace)).faults).toEqual({ disk: 'WARNING', artifacts: 'WARNING' });
  });
});

function configure(workspace: string, text: string): void {
  writeFileSync(join(workspace, 'mlops.yaml'), `model: { name: credit, schema: schema.json }\n${text}\n`);
}

describe('a workspace that is new', () => {
  async function fresh(): Promise<string> {
    const workspace = mkdtempSync(join(folder, 'fresh-'));
    await runMlops(['-C', workspace, 'init', '--model', 'credit', '--schema', 'schema.json']);
    return workspace;
  }

  test('without a store is UNKNOWN, not CRITICAL: nothing is lost', async () => {
    const { code, faults, check } = await health(await fresh());
    expect(code).toBe(3);
    expect(faults).toEqual({ store: 'UNKNOWN', ...unknown });
    expect(check('store').remedy).toContain('mlops model register');
  });

  test('with a store and no model is UNKNOWN in its model alone', async () => {
    const workspace = await fresh();
    openStore(storePath(workspace), { create: true }).close();
    const { code, faults } = await health(workspace);
    expect(code).toBe(3);
    expect(faults).toEqual({ model: 'UNKNOWN' });
  });

  test('without labels and predictions calls nobody', async () => {
    const workspace = copyOfHealthy();
    alter(workspace, 'DELETE FROM label; DELETE FROM prediction; DELETE FROM monitoring_run');
    const { code, check } = await health(workspace, '--as-of', then(70 * day - hour));
    expect(code).toBe(0);
    for (const name of ['monitoring', 'predictions', 'volume', 'label_coverage', 'brier', 'f1'])
      expect(check(name).observed).toBeNull();
  });
});

describe('services', () => {
  const servers: Server[] = [];
  afterAll(() => {
    for (const server of servers) server.closeAllConnections();
    for (const server of servers) server.close();
  });

  async function listen(answer: RequestListener): Promise<string> {
    const server = createServer(answer);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return `http://127.0.0.1:${address.port}/health`;
  }

  const answering =
    (status: number): RequestListener =>
    (_, response) =>
      response.writeHead(status).end('answer');

  async function closedPort(): Promise<string> {
    const url = await listen(answering(200));
    const server = servers.pop();
    await new Promise((resolve) => server?.close(resolve));
    return url;
  }

  test('are asked all at once, each judged by itself, and left out by --no-network', async () => {
    const workspace = copyOfHealthy();
    const patient = 'warning_ms: 30000, critical_ms: 60000, timeout_ms: 60000';
    configure(
      workspace,
      `services:
  - { name: well, url: '${await listen(answering(204))}', ${patient} }
  - { name: slow, url: '${await listen(answering(200))}', warning_ms: 0.001, critical_ms: 60000, timeout_ms: 60000 }
  - { name: slower, url: '${await listen(answering(200))}', warning_ms: 0.001, critical_ms: 0.002, timeout_ms: 60000 }
  - { name: failing, url: '${await listen(answering(500))}', ${patient}, restart: docker-compose restart api }
  - { name: elsewhere, url: '${await listen(answering(404))}', ${patient} }
  - { name: silent, url: '${await listen(() => undefined)}', timeout_ms: 100, contact: infrastructure }
  - { name: closed, url: '${await closedPort()}', ${patient} }
  - { name: broken, url: '${await listen((request) => request.socket.destroy())}', ${patient} }`,
    );
    const { code, faults, check } = await health(workspace);
    expect(code).toBe(2);
    expect(faults).toEqual({
      'service:slow': 'WARNING',
      'service:slower': 'CRITICAL',
      'service:failing': 'CRITICAL',
      'service:elsewhere': 'WARNING',
      'service:silent': 'CRITICAL',
      'service:closed': 'CRITICAL',
      'service:broken': 'CRITICAL',
    });
    expect(check('service:failing').remedy).toBe('restart it: docker-compose restart api');
    expect(check('service:elsewhere').remedy).toContain('mlops.yaml');
    expect(check('service:silent').contact.contact).toBe('DevOps Team');
    expect(check('service:closed').summary).toContain('connection refused');
    expect((await health(workspace, '--no-network')).faults).toEqual({});
  });

  test('that ask for a password get the one in their address, and no output shows it', async () => {
    const workspace = copyOfHealthy();
    const expected = `Basic ${Buffer.from('operator:s3cret').toString('base64')}`;
    const url = await listen((request, response) =>
      response.writeHead(request.headers.authorization === expected ? 200 : 401).end(),
    );
    configure(
      workspace,
      `services: [{ name: API, url: '${url.replace('//', '//operator:s3cret@')}', warning_ms: 30000, timeout_ms: 60000 }]`,
    );
    const { result, check } = await health(workspace);
    expect(check('service:API').summary).toContain('answered 200');
    expect(JSON.stringify(result)).not.toContain('s3cret');
  });
});

describe('no workspace', () => {
  test('is a failure, not a verdict', async () => {
    const outcome = await runMlops(['-C', mkdtempSync(join(tmpdir(), 'mlops-test-')), 'health']);
    expect(outcome.code).toBe(78);
    expect(outcome.stderr).toMatch(/^error: no workspace at .*\ncause: .*\ntry: mlops|^error: no workspace/);
  });

  test('nor is a wrong mlops.yaml', async () => {
    const workspace = copyOfHealthy();
    configure(workspace, 'services: [{ name: API, url: localhost }]');
    const outcome = await runMlops(['-C', workspace, 'health']);
    expect(outcome.code).toBe(78);
    expect(outcome.stderr).toContain('line 2');
  });
});
