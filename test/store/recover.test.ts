import { copyFileSync, mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  auditProblems,
  examineStore,
  insertVersion,
  type Leftover,
  labelWriter,
  openPageFile,
  openStore,
  predictionSpool,
  rebuildStore,
  recordEvent,
  type Store,
  stageProblems,
} from '../../src/store/index.ts';
import { changeStage } from '../../src/store/model-versions.ts';

const predictions = 20_000;
const labels = predictions / 2;
const events = 300;
const pageSize = 4096;
const start = Date.parse('2026-08-03T00:00:00Z');
const features = ['age', 'income', 'debt', 'Utilization "used"'].map((name) => ({
  name,
  type: 'REAL' as const,
}));

const place = () => mkdtempSync(join(tmpdir(), 'mlops-test-'));

function fill(store: Store): void {
  const spool = predictionSpool(store, [...features, { name: 'purpose', type: 'TEXT' }]);
  for (let row = 0; row < predictions; row++) {
    spool.add({
      prediction_id: `pred-${row}`,
      predicted_at: start + row * 1000,
      model_version: '1',
      probability: ((row * 37) % 1000) / 1000,
      outcome: row % 3 === 0 ? 1 : 0,
      features: [
        20 + (row % 60),
        row * 1.25,
        row % 7 === 0 ? null : row / 3,
        1 / (row + 1),
        `purpose ${row % 11}`,
      ],
    });
  }
  store.change(() => {
    spool.record();
    const writer = labelWriter(store);
    for (let row = 0; row < labels; row++) {
      const known = { true_label: row % 2, label_timestamp: start + row * 1000, label_source: 'core' };
      writer.put({ prediction_id: `pred-${row * 2}`, ...known }, start);
    }
    for (let version = 1; version <= 2; version++) {
      insertVersion(store, {
        stage: 'None',
        artifact_sha256: 'a'.repeat(64),
        artifact_bytes: 1,
        features: '[]',
        threshold: 0.5,
        // Long enough for overflow pages.
        golden: JSON.stringify(
          Array.from({ length: 400 }, (_, row) => ({ features: [row], probability: 0.1 })),
        ),
        created_at: start,
        run_id: null,
        schema: null,
        metrics: null,
        reference_sha256: null,
        base_sha256: null,
        learned_until: null,
        validated_until: null,
      });
      changeStage(store, version, 'Staging', start, null);
    }
    changeStage(store, 1, 'Production', start, null);
    for (let row = 0; row < events; row++) {
      const entry = { at: start + row, who: 'ada', command: 'labels add', reason: `file ${row}.csv` };
      recordEvent(store, { ...entry, before: null, after: { rows: row } });
    }
  });
}

let good = '';
beforeAll(() => {
  good = join(place(), 'store.db');
  using store = openStore(good, { create: true });
  fill(store);
});

async function recovered(damage: (bytes: Buffer) => Buffer) {
  const folder = place();
  const damaged = join(folder, 'damaged.db');
  writeFileSync(damaged, damage(readFileSync(good)));
  return recoveredFrom(damaged);
}

async function recoveredFrom(damaged: string) {
  const path = join(place(), 'fresh.db');
  const aside: Leftover[] = [];
  const store = openStore(path, { create: true });
  using file = openPageFile(damaged);
  const rebuilt = await rebuildStore(store, file, {
    change: { at: start, who: 'ada', reason: 'test' },
    features: [...features, { name: 'purpose', type: 'TEXT' }],
    keepAside: (each) => aside.push(each),
    note: {},
    turn: async () => undefined,
  });
  store.connection.exec(`ATTACH '${good}' AS good`);
  const number = (sql: string) => Number(store.connection.prepare(sql).pluck().get());
  const rows = (table: string) => number(`SELECT count(*) FROM main.${table}`);
  return {
    store,
    rebuilt,
    aside,
    rows,
    lost: (table: string) => rebuilt.tables.find(({ name }) => name === table)?.lost,
    altered: (table: string) =>
      number(
        `SELECT count(*) FROM (SELECT rowid, * FROM main.${table} EXCEPT SELECT rowid, * FROM good.${table})`,
      ),
  };
}

const hole = (at: number, length: number, content: (index: number) => number) => (bytes: Buffer) => {
  for (let index = at; index < Math.min(bytes.length, at + length); index++)
    bytes[index] = content(index) & 255;
  return bytes;
};
const zeros = () => 0;
const noise = (index: number) => (index * 2_654_435_761) >>> 11;

/** Where the b-tree of a table begins, from 1. */
function rootOf(table: string): number {
  const database = new Database(good, { readonly: true });
  const root = database
    .prepare<[string], number>('SELECT rootpage FROM sqlite_schema WHERE name = ?')
    .pluck()
    .get(table);
  database.close();
  return Number(root);
}

describe('a 4 KB hole', () => {
  test.each(Array.from({ length: 12 }, (_, index) => index))(
    'at place %i costs few rows, counted, and alters none',
    async (index) => {
      const size = readFileSync(good).length;
      const at = Math.floor((size - pageSize) * ((index * 0.618_034 + 0.1) % 1));
      const back = await recovered(hole(at, pageSize, index % 2 === 0 ? zeros : noise));
      for (const table of ['prediction', 'label']) {
        const whole = table === 'prediction' ? predictions : labels;
        expect(back.altered(table)).toBe(0);
        expect(
          back.rows(table) +
            (back.lost(table) ?? 0) +
            back.aside.filter((each) => each.table === table).length,
        ).toBe(whole);
        expect(back.rows(table)).toBeGreaterThan(whole * 0.96);
      }
      expect(back.rebuilt.problems).toEqual([]);
      expect(auditProblems(back.store).problems).toEqual([]);
      expect(stageProblems(back.store)).toEqual([]);
    },
  );
});

describe('what is lost of the way to the rows costs no row', () => {
  test.each([
    ['the header', 0, 100],
    ['the first page', 0, pageSize],
  ])('%s', async (_, at, length) => {
    const back = await recovered(hole(at, length, noise));
    expect([back.rows('prediction'), back.rows('label')]).toEqual([predictions, labels]);
    expect(back.altered('prediction') + back.altered('label')).toBe(0);
  });

  test('the root of the predictions: the pages are known by their looks, the index says that none is missing', async () => {
    const back = await recovered(hole((rootOf('prediction') - 1) * pageSize, pageSize, zeros));
    expect(back.rows('prediction')).toBe(predictions);
    expect(back.rebuilt.tables.find(({ name }) => name === 'prediction')).toMatchObject({
      lost: 0,
      exact: true,
    });
  });
});

test('of a store from before a table came, that table is not said to be lost', async () => {
  const folder = place();
  const older = join(folder, 'older.db');
  copyFileSync(good, older);
  const database = new Database(older);
  database.exec('DROP TABLE incident; DROP TABLE alert; VACUUM');
  database.close();
  const index = readFileSync(older).lastIndexOf('pred-');
  writeFileSync(older, hole(Math.floor(index / pageSize) * pageSize, pageSize, noise)(readFileSync(older)));
  const back = await recoveredFrom(older);
  expect(
    back.rebuilt.tables.filter(({ name, exact }) => ['incident', 'alert'].includes(name) && exact),
  ).toHaveLength(2);
});

test('a file that ends early gives what is before its end, and says of each table that more may be lost', async () => {
  const back = await recovered((bytes) => bytes.subarray(0, Math.floor(bytes.length * 0.5)));
  expect(back.rows('prediction')).toBeGreaterThan(predictions * 0.4);
  expect(back.altered('prediction')).toBe(0);
  const said = back.rebuilt.tables.find(({ name }) => name === 'prediction');
  expect(said?.lost).toBeGreaterThan(0);
  expect(said?.lost).toBeLessThanOrEqual(predictions - back.rows('prediction'));
  expect(said?.exact).toBe(false);
});

test('what only the write-ahead log holds comes back, also behind a damaged frame', async () => {
  const folder = place();
  const path = join(folder, 'live.db');
  using store = openStore(path, { create: true });
  store.connection.pragma('wal_autocheckpoint = 0');
  fill(store);
  const damaged = join(folder, 'damaged.db');
  for (const end of ['', '-wal']) copyFileSync(path + end, damaged + end);
  const log = readFileSync(`${damaged}-wal`);
  writeFileSync(`${damaged}-wal`, hole(Math.floor(log.length / 2), 64, noise)(log));
  const back = await recoveredFrom(damaged);
  expect(back.altered('prediction')).toBe(0);
  expect(back.rows('prediction')).toBeGreaterThan(predictions * 0.98);
});

test('a log that is lost leaves what was in the file before', async () => {
  const folder = place();
  const path = join(folder, 'live.db');
  using store = openStore(path, { create: true });
  store.connection.pragma('wal_autocheckpoint = 0');
  recordEvent(store, { at: start, who: 'ada', command: 'init', reason: '', before: null, after: null });
  store.connection.pragma('wal_checkpoint(TRUNCATE)');
  fill(store);
  const damaged = join(folder, 'damaged.db');
  copyFileSync(path, damaged);
  const back = await recoveredFrom(damaged);
  expect(back.rows('event')).toBe(2);
});

describe('the audit', () => {
  const auditHole = () => hole((rootOf('event') - 1) * pageSize, pageSize, zeros);

  test('is whole where only the way to it was lost', async () => {
    const back = await recovered(auditHole());
    expect(back.rows('event')).toBe(events + 1);
    expect(auditProblems(back.store)).toMatchObject({ problems: [], gaps: [] });
  });

  test('goes on over rows that are lost, names them, and still finds what is altered later', async () => {
    const text = Buffer.from('file 150.csv');
    const back = await recovered((bytes) =>
      hole(Math.floor(bytes.indexOf(text) / pageSize) * pageSize, pageSize, noise)(bytes),
    );
    const { problems, gaps } = auditProblems(back.store);
    expect([problems, gaps.length]).toEqual([[], 1]);
    expect(back.rebuilt.audit_gaps).toEqual(gaps);
    const [gap] = gaps;
    expect(gap?.from).toBeLessThanOrEqual(151);
    expect(gap?.to).toBeGreaterThanOrEqual(151);
    back.store.connection.exec('DROP TRIGGER event_is_never_removed; DELETE FROM event WHERE seq = 1');
    expect(auditProblems(back.store).problems).toEqual(['audit rows 1 to 1 are missing']);
  });

  test('a row whose hash is not that of its content is set aside, not believed', async () => {
    const back = await recovered((bytes) => {
      bytes.write('FILE 150.csv', bytes.indexOf('file 150.csv'));
      return bytes;
    });
    expect(back.aside).toMatchObject([{ table: 'event', rowid: 151 }]);
    expect(back.rebuilt.audit_gaps).toEqual([{ from: 151, to: 151 }]);
    expect(auditProblems(back.store).problems).toEqual([]);
  });
});

test('a version whose history is lost gets a change of stage that leads to where it is', async () => {
  const back = await recovered(hole((rootOf('stage_change') - 1) * pageSize, pageSize, zeros));
  expect(stageProblems(back.store)).toEqual([]);
  expect(
    back.store.connection.prepare('SELECT version, to_stage FROM stage_change ORDER BY seq').raw().all(),
  ).toEqual([
    [2, 'Staging'],
    [1, 'Production'],
  ]);
});

test('labels of lost predictions are kept aside, so that the new store holds together', async () => {
  const text = Buffer.from('purpose 3');
  const back = await recovered((bytes) =>
    hole(Math.floor(bytes.indexOf(text, bytes.length / 8) / pageSize) * pageSize, pageSize, noise)(bytes),
  );
  expect(back.aside.length).toBeGreaterThan(0);
  expect(
    back.aside.every(
      ({ table, reason }) => table === 'label' && reason === 'the prediction it belongs to is lost',
    ),
  ).toBe(true);
  expect(back.rebuilt.problems).toEqual([]);
});

describe('looking at a store', () => {
  test('finds nothing on a good one and changes no byte of it', () => {
    const before = readFileSync(good);
    expect(examineStore(good)).toEqual([]);
    expect(readFileSync(good).equals(before)).toBe(true);
  });

  test.each([
    ['zero bytes', (path: string) => truncateSync(path, 0), /empty/],
    [
      'no database',
      (path: string) => writeFileSync(path, 'no database at all'.repeat(100)),
      /not a database/,
    ],
    [
      'a hole',
      (path: string) => writeFileSync(path, hole(9 * pageSize, 5 * pageSize, noise)(readFileSync(path))),
      /./,
    ],
  ])('names %s', (_, damage, said) => {
    const path = join(place(), 'store.db');
    copyFileSync(good, path);
    damage(path);
    expect(examineStore(path)[0]).toMatch(said);
  });
});

test('every table has row numbers, by which recovery finds and counts its rows', () => {
  const database = new Database(good, { readonly: true });
  const without = database
    .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND wr = 1")
    .pluck()
    .all();
  database.close();
  expect(without).toEqual([]);
});
