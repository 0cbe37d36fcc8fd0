import { mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { recoverResultDefinition } from '../../src/data/results/recover.ts';
import { copyOf } from '../executable/loop-workspace.ts';
import { count, loseLog, overwrite, query, storeOf } from './damaged-store.ts';
import {
  fixture,
  incidents,
  must,
  operate,
  operateJson,
  productionWorkspace,
  troubles,
} from './drill-workspace.ts';

const predictions = 100_000;
const labels = 30_000;
const pageSize = 4096;
const firstPrediction = Date.parse('2026-08-03T00:00:00Z');
const afterwards = '2026-11-15T00:00:00Z';

let large = '';
let small = '';
beforeAll(async () => {
  small = await productionWorkspace();
  large = copyOf(small);
  const folder = mkdtempSync(join(tmpdir(), 'mlops-drill-'));
  const [head = '', ...rows] = readFileSync(fixture('stream.csv'), 'utf8').trimEnd().split('\n');
  const [predicted, known] = [join(folder, 'predictions.csv'), join(folder, 'labels.csv')];
  writeFileSync(
    predicted,
    `${[head, ...Array.from({ length: predictions }, (_, row) => prediction(rows, row))].join('\n')}\n`,
  );
  writeFileSync(known, labelFile(labels));
  await must(large, '--as-of', afterwards, 'predictions', 'import', predicted);
  await must(large, '--as-of', afterwards, 'labels', 'add', known);
  await must(small, '--as-of', afterwards, 'predictions', 'import', fixture('stream.csv'));
});

/** A row of the sample stream again, a minute after the one before. */
function prediction(rows: readonly string[], row: number): string {
  const features = rows[row % rows.length]?.split(',').slice(2) ?? [];
  return [`pred-${row}`, new Date(firstPrediction + row * 60_000).toISOString(), ...features].join(',');
}

function labelFile(rows: number): string {
  const lines = Array.from({ length: rows }, (_, row) => `pred-${row},${row % 2},2026-11-01T00:00:00Z,core`);
  return `${['prediction_id,true_label,label_timestamp,label_source', ...lines].join('\n')}\n`;
}

const middleOf = (store: string) => {
  const middle = Math.floor(readFileSync(store).length / 2);
  return middle - (middle % pageSize);
};
const leafOfRows = 0x0d;

/** The first page from the middle on that holds rows, not an index. */
function rowsAt(store: string): number {
  const bytes = readFileSync(store);
  let at = middleOf(store);
  while (at < bytes.length && bytes[at] !== leafOfRows) at += pageSize;
  return at;
}
const noise = () => Buffer.alloc(pageSize, 0xa5);

/** Recovers, and reads what it says of each table. */
async function recover(workspace: string, ...options: string[]) {
  const { code, json } = await operateJson(workspace, 'store', 'recover', '--reason', 'drill', ...options);
  const result = recoverResultDefinition.parse(json);
  const lost = (table: string) => result.tables.find(({ name }) => name === table)?.lost ?? 0;
  return { code, result, lost };
}

const ofTheStore = /^(?:store|audit|model|artifacts) /;

/** The store is sound, its audit holds, and so does the model in Production. */
async function expectSound(workspace: string): Promise<void> {
  const verified = await operate(workspace, 'verify');
  expect([verified.code, verified.stdout]).toEqual([0, expect.stringMatching(/^OK - /)]);
  expect((await troubles(workspace)).filter((each) => ofTheStore.test(each))).toEqual([]);
}

/** Damage is a finding of verify, or what keeps it from looking; never a defect of the program. */
async function expectSaidDamaged(workspace: string): Promise<void> {
  const { code, stdout, stderr } = await operate(workspace, 'verify');
  expect([2, 65], stdout + stderr).toContain(code);
  if (code === 65) expect(stderr).toContain('try: bring back what is readable: mlops store recover');
}

const recoveries = (workspace: string) =>
  query(storeOf(workspace), `SELECT who || ', ' || reason FROM event WHERE command = 'store recover'`);

describe('a 4 KB hole in the middle of 100,000 predictions', () => {
  test('costs less than one row in a hundred, counted by table; the damaged file is kept, the audit goes on', async () => {
    const workspace = copyOf(large);
    const store = storeOf(workspace);
    overwrite(store, rowsAt(store), noise());
    const bytes = readFileSync(store);
    await expectSaidDamaged(workspace);

    const { code, result, lost } = await recover(workspace);
    expect([code, result.status]).toEqual([1, 'WARNING']);
    expect(count(store, 'prediction')).toBeGreaterThanOrEqual(predictions * 0.99);
    expect(count(store, 'label')).toBeGreaterThanOrEqual(labels * 0.99);
    expect(lost('prediction')).toBeGreaterThan(0);
    expect(count(store, 'prediction') + lost('prediction')).toBe(predictions);
    const aside = result.tables.find(({ name }) => name === 'label')?.aside ?? 0;
    expect(count(store, 'label') + lost('label') + aside).toBe(labels);
    expect(result.tables.every(({ exact }) => exact)).toBe(true);
    expect(readFileSync(result.damaged).equals(bytes)).toBe(true);
    expect(query(store, `SELECT seq || ' ' || command FROM event ORDER BY seq`)).toEqual([
      '1 train',
      '2 promote',
      '3 predictions import',
      '4 labels add',
      '5 store recover',
    ]);
    expect(recoveries(workspace)).toEqual(['ada, drill']);
    await expectSound(workspace);
    expect(await operate(workspace, 'store', 'recover')).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('is whole; there is nothing to recover'),
    });
  });

  test('costs none where only an index is hit, and says so', async () => {
    const workspace = copyOf(large);
    const store = storeOf(workspace);
    const page = query(
      store,
      `SELECT rootpage FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'prediction'`,
    )[0];
    overwrite(store, (Number(page) - 1) * pageSize, noise());
    await expectSaidDamaged(workspace);
    const { code, result } = await recover(workspace);
    expect([code, result.status, result.rows.lost]).toEqual([0, 'OK', 0]);
    expect([count(store, 'prediction'), count(store, 'label')]).toEqual([predictions, labels]);
    await expectSound(workspace);
  });

  test('by the page: it recovers, proves it, backs up at once, and its incident is in the recovered store', async () => {
    const workspace = copyOf(small);
    const store = storeOf(workspace);
    const before = count(store, 'prediction');
    overwrite(store, rowsAt(store), noise());
    const walk = (...commandLine: string[]) => operateJson(workspace, 'runbook', ...commandLine, '--yes');
    const asked = await walk('run', 'store-damaged');
    expect([asked.code, asked.json.summary]).toEqual([1, expect.stringContaining('is nobody else at work')]);
    const chosen = await walk('resume', '--answer', 'yes');
    expect([chosen.code, chosen.json.summary]).toEqual([
      1,
      expect.stringContaining('1 the store file is there'),
    ]);
    const recovered = await walk('resume', '--answer', '1');
    expect([recovered.code, recovered.json.summary]).toEqual([
      1,
      expect.stringContaining('what damaged the store'),
    ]);
    const ended = await walk('resume', '--answer', 'they are on; the disk');
    expect([ended.code, ended.json.state], ended.stdout).toEqual([0, 'done']);

    expect(count(store, 'prediction')).toBeGreaterThan(before * 0.95);
    expect(recoveries(workspace)).toEqual(['ada, the store was damaged']);
    expect(await incidents(workspace)).toEqual(['The store is damaged: closed by ada']);
    const backups = await operateJson(workspace, 'backup', 'verify');
    expect([backups.code, backups.json.status]).toEqual([0, 'OK']);
    await expectSound(workspace);
  });
});

describe('a store that lost its end', () => {
  test('gives back what was before it, and says that more may be lost than it counts', async () => {
    const workspace = copyOf(large);
    const store = storeOf(workspace);
    truncateSync(store, middleOf(store));
    await expectSaidDamaged(workspace);
    const { code, result, lost } = await recover(workspace);
    expect([code, result.status]).toEqual([1, 'WARNING']);
    const back = count(store, 'prediction');
    expect(back).toBeGreaterThan(predictions * 0.4);
    expect(lost('prediction')).toBeGreaterThan(0);
    expect(back + lost('prediction')).toBeLessThanOrEqual(predictions);
    expect(result.tables.find(({ name }) => name === 'prediction')?.exact).toBe(false);
    expect(recoveries(workspace)).toEqual(['ada, drill']);
    await expectSound(workspace);
  });
});

describe('a write-ahead log that is lost', () => {
  const write = (workspace: string) => async () => {
    const file = join(workspace, 'labels.csv');
    const ids = query(storeOf(workspace), 'SELECT prediction_id FROM prediction ORDER BY 1 LIMIT 4000');
    const rows = ids.map((id) => `${id},1,2026-11-01T00:00:00Z,core`);
    writeFileSync(file, `${['prediction_id,true_label,label_timestamp,label_source', ...rows].join('\n')}\n`);
    await must(workspace, '--as-of', afterwards, 'labels', 'add', file);
  };

  test('leaves the store as it was before, sound; there is nothing to recover', async () => {
    const workspace = copyOf(small);
    await loseLog(storeOf(workspace), write(workspace), false);
    expect(count(storeOf(workspace), 'label')).toBe(0);
    await expectSound(workspace);
    expect((await operate(workspace, 'store', 'recover')).code).toBe(64);
    await write(workspace)();
    expect(count(storeOf(workspace), 'label')).toBe(4000);
  });

  test('while half of it was in the file: everything older comes back, and the lost can be added again', async () => {
    const workspace = copyOf(small);
    const store = storeOf(workspace);
    const before = count(store, 'prediction');
    await loseLog(store, write(workspace), true);
    await expectSaidDamaged(workspace);
    const { code, result, lost } = await recover(workspace);
    expect([code, result.problems]).toEqual([1, []]);
    expect([lost('event'), result.audit.gaps]).toEqual([1, [{ from: 4, to: 4 }]]);
    expect(count(store, 'prediction')).toBe(before);
    expect(recoveries(workspace)).toEqual(['ada, drill']);
    await expectSound(workspace);
    await write(workspace)();
    expect(count(store, 'label')).toBe(4000);
    await expectSound(workspace);
  });
});

describe('a store of which nothing can be read', () => {
  test.each([
    ['no database', Buffer.from('these are the minutes of a meeting\n'.repeat(400))],
    ['zero bytes', Buffer.alloc(0)],
  ])(
    '%s: refused with what to do; a backup brings it back, and an empty store only where it is asked for',
    async (_, content) => {
      const workspace = copyOf(small);
      const backup = JSON.parse(await must(workspace, '--json', 'backup')).name;
      const store = storeOf(workspace);
      const before = count(store, 'prediction');
      writeFileSync(store, content);
      const named = await operate(workspace, 'verify');
      expect(named.code).not.toBe(0);

      const refused = await operate(workspace, 'store', 'recover');
      expect(refused.code).toBe(65);
      expect(refused.stderr).toContain(`mlops restore ${backup} --replace`);
      expect(refused.stderr).toContain('mlops store recover --empty');
      expect(readFileSync(store).equals(content)).toBe(true);

      const other = copyOf(workspace);
      const { code, result } = await recover(other, '--empty');
      expect(code).toBe(1);
      expect(readFileSync(result.damaged).equals(content)).toBe(true);
      expect([count(storeOf(other), 'prediction'), recoveries(other)]).toEqual([0, ['ada, drill']]);
      expect((await operate(other, 'verify')).code).toBe(0);

      const { json } = await operateJson(workspace, 'restore', backup, '--replace');
      expect(readFileSync(json.replaced).equals(content)).toBe(true);
      expect(count(store, 'prediction')).toBe(before);
      await expectSound(workspace);
    },
  );
});
