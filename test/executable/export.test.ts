import { spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, test } from 'vitest';
import { readTable } from '../../src/data/index.ts';
import { exportManifestDefinition, exportResultDefinition } from '../../src/data/results/export.ts';
import { executable, runMlops } from './run-mlops.ts';

const asOf = '2026-11-15T00:00:00Z';
const place = () => mkdtempSync(join(tmpdir(), 'mlops-test-'));
const formula = `=cmd|' /C calc'!A0`;
const predictions = [
  'prediction_id,timestamp,probability,outcome,income,job',
  'p1,2026-08-03T00:00:00.123Z,0.30000000000000004,0,1e-300,"baker, master"',
  'p2,2026-08-04T00:00:00Z,1,1,,"Müller ""M"""',
  'p3,2026-08-05T00:00:00Z,,,-2.5,=1+1',
];

async function run(workspace: string, ...commandLine: string[]) {
  const outcome = await runMlops(['-C', workspace, '--json', '--as-of', asOf, ...commandLine]);
  return { ...outcome, json: JSON.parse(outcome.stdout) };
}

async function smallWorkspace(): Promise<string> {
  const folder = place();
  await run(folder, 'init', '--model', 'credit', '--schema', 'schema.json');
  writeFileSync(join(folder, 'p.csv'), `${predictions.join('\n')}\n`);
  expect((await run(folder, 'predictions', 'import', join(folder, 'p.csv'))).json.added).toBe(3);
  for (const label of [0, 1]) {
    const path = join(folder, 'l.csv');
    const header = 'prediction_id,true_label,label_timestamp,label_source';
    writeFileSync(path, `${header}\np1,${label},2026-09-01T0${label}:00:00Z,"${formula}"\n`);
    await run(folder, 'labels', 'add', path);
  }
  return folder;
}

let shared = '';
beforeAll(async () => {
  shared = await smallWorkspace();
});
const rowsOf = (path: string): string[][] => parse(readFileSync(path));

describe('export', () => {
  test('all gives every table with a manifest that verifies and ties it to the audit', async () => {
    const folder = await smallWorkspace();
    const to = join(folder, 'deep', 'out');
    const { json, code } = await run(folder, 'export', 'all', '--to', to);
    expect(code).toBe(0);
    expect(exportResultDefinition.parse(json)).toMatchObject({ path: to, subject: 'all', notes: [] });
    expect(readdirSync(to).sort()).toEqual(
      [
        ...['audit', 'drift', 'label_corrections', 'labels', 'monitoring', 'predictions'].map(
          (n) => `${n}.csv`,
        ),
        'manifest.json',
      ].sort(),
    );
    const manifest = exportManifestDefinition.parse(
      JSON.parse(readFileSync(join(to, 'manifest.json'), 'utf8')),
    );
    expect(manifest.files.map(({ name, rows }) => [name, rows])).toEqual([
      ['predictions.csv', 3],
      ['labels.csv', 1],
      ['label_corrections.csv', 1],
      ['monitoring.csv', 0],
      ['drift.csv', 0],
      ['audit.csv', 3],
    ]);
    expect(rowsOf(join(to, 'audit.csv')).at(-1)?.at(-1)).toBe(manifest.audit.head);
    const database = new Database(join(folder, '.mlops', 'store.db'), { readonly: true });
    const event = database.prepare('SELECT command, after, previous_hash FROM event ORDER BY seq DESC').get();
    database.close();
    expect(event).toMatchObject({ command: 'export', previous_hash: manifest.audit.head });
    expect(JSON.stringify(event)).toContain(json.sha256);
    expect((await run(folder, 'verify')).json).toMatchObject({ status: 'OK', events: 4 });
    expect((await run(folder, 'export', 'verify', to)).json).toMatchObject({
      status: 'OK',
      files: 6,
      rows: 8,
    });
    const again = await run(folder, 'predictions', 'import', join(to, 'predictions.csv'));
    expect(again.json).toMatchObject({ read: 3, unchanged: 3, rejected: 0 });
  });

  test('values are exact, missing and empty apart, texts quoted', async () => {
    const to = join(place(), 'out');
    const { json } = await run(shared, 'export', 'predictions', '--to', to);
    expect(readFileSync(json.path, 'utf8').split('\n')).toEqual([
      'prediction_id,timestamp,model_version,probability,outcome,income,job',
      'p1,2026-08-03T00:00:00.123Z,,0.30000000000000004,0,1e-300,"baker, master"',
      'p2,2026-08-04T00:00:00.000Z,,1,1,,"Müller ""M"""',
      'p3,2026-08-05T00:00:00.000Z,,,,-2.5,=1+1',
      '',
    ]);
  });

  test('Parquet has the same values, typed', async () => {
    const { json } = await run(
      shared,
      'export',
      'predictions',
      '--to',
      join(place(), 'out'),
      '--format',
      'parquet',
    );
    expect(json).toMatchObject({ rows: 3, format: 'parquet' });
    const table = await readTable(json.path);
    expect(table.columns.map(({ name, type }) => [name, type])).toEqual([
      ['prediction_id', 'string'],
      ['timestamp', 'datetime'],
      ['model_version', 'string'],
      ['probability', 'number'],
      ['outcome', 'integer'],
      ['income', 'number'],
      ['job', 'string'],
    ]);
    const [, times, , probabilities] = table.columns;
    expect(times).toMatchObject({
      values: Float64Array.from(['2026-08-03T00:00:00.123Z', '2026-08-04', '2026-08-05'], (t) =>
        Date.parse(t),
      ),
    });
    expect(probabilities).toMatchObject({ values: Float64Array.of(0.30000000000000004, 1, Number.NaN) });
  });

  test('formulas are neutralised on request', async () => {
    const at = async (...more: string[]) => {
      const { json } = await run(shared, 'export', 'labels', '--to', join(place(), 'out'), ...more);
      return json.files.map((file: { path: string }) => rowsOf(file.path)[1]?.at(-1));
    };
    expect(await at()).toEqual([formula, formula]);
    expect(await at('--spreadsheet-safe')).toEqual([`'${formula}`, `'${formula}`]);
  });

  test('--from and --until take each row into one of two windows that meet', async () => {
    const middle = '2026-08-04T00:00:00Z';
    const early = await run(shared, 'export', 'predictions', '--to', join(place(), 'x'), '--until', middle);
    const late = await run(shared, 'export', 'predictions', '--to', join(place(), 'x'), '--from', middle);
    expect([early.json.rows, late.json.rows]).toEqual([1, 2]);
  });

  test('an earlier export of the same is replaced, anything else is not', async () => {
    const to = join(place(), 'out');
    expect((await run(shared, 'export', 'labels', '--to', to)).code).toBe(0);
    expect((await run(shared, 'export', 'labels', '--to', to, '--format', 'jsonl')).code).toBe(0);
    expect(readdirSync(to).sort()).toEqual(['label_corrections.jsonl', 'labels.jsonl', 'manifest.json']);
    const other = await run(shared, 'export', 'audit', '--to', to);
    expect([other.code, other.json.cause]).toEqual([64, 'it holds an export of labels']);
    writeFileSync(join(to, 'notes.txt'), 'mine');
    const foreign = await run(shared, 'export', 'labels', '--to', to);
    expect([foreign.code, foreign.json.cause]).toEqual([64, 'it holds notes.txt beside the export']);
    expect(existsSync(join(to, 'notes.txt'))).toBe(true);
  });

  test.each([
    [
      'a window that ends before it begins',
      ['--from', '2026-08-05T00:00:00Z', '--until', '2026-08-04T00:00:00Z'],
      64,
      '--from must lie before --until',
    ],
    [
      'a time without zone',
      ['--from', '2026-08-05T00:00:00'],
      64,
      "--from '2026-08-05T00:00:00' is not a time",
    ],
    [
      'apostrophes in Parquet',
      ['--format', 'parquet', '--spreadsheet-safe'],
      64,
      '--spreadsheet-safe is for CSV, not for parquet',
    ],
  ])('%s is refused and nothing is written', async (_, options, code, message) => {
    const parent = place();
    const outcome = await run(shared, 'export', 'labels', '--to', join(parent, 'out'), ...options);
    expect([outcome.code, outcome.json.error]).toEqual([code, message]);
    expect(readdirSync(parent)).toEqual([]);
  });

  test('a file where the folder or one above it should be is an input/output failure', async () => {
    const file = join(place(), 'file');
    writeFileSync(file, 'mine');
    expect((await run(shared, 'export', 'labels', '--to', file)).code).toBe(74);
    expect((await run(shared, 'export', 'labels', '--to', join(file, 'out'))).code).toBe(74);
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect((await run(shared, 'export', 'labels', '--to', '/proc/none/out')).code).toBe(66);
  });

  test('CSV loads neither DuckDB nor ONNX Runtime', async () => {
    const cache = place();
    await runMlops(['-C', shared, 'export', 'all', '--to', join(place(), 'out')], {
      env: { MLOPS_CACHE: cache },
    });
    expect(readdirSync(cache).map((name) => name.split('-')[0])).toEqual(['sqlite']);
  });
});

describe('export verify', () => {
  test.each([
    [
      'altered',
      (to: string) => appendFileSync(join(to, 'labels.csv'), 'p9,1,2026-09-01T00:00:00Z,x\n'),
      /labels\.csv was altered/,
    ],
    ['removed', (to: string) => rmSync(join(to, 'labels.csv')), /^labels\.csv is missing$/],
    [
      'added',
      (to: string) => writeFileSync(join(to, 'more.csv'), ''),
      /^more\.csv is no part of the export$/,
    ],
  ])('finds a file that was %s, without a workspace', async (_, change, problem) => {
    const to = join(place(), 'out');
    await run(shared, 'export', 'labels', '--to', to);
    change(to);
    const outcome = await runMlops(['--json', 'export', 'verify', to]);
    const { status, problems } = JSON.parse(outcome.stdout);
    expect([outcome.code, status]).toEqual([2, 'CRITICAL']);
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });

  test('a folder without a manifest is no such input, another manifest bad data', async () => {
    const to = place();
    expect((await runMlops(['export', 'verify', to])).code).toBe(66);
    writeFileSync(join(to, 'manifest.json'), '{"files":[{"name":"../../etc/passwd"}]}');
    expect((await runMlops(['export', 'verify', to])).code).toBe(65);
  });
});

describe('a store of 200,000 predictions', () => {
  const rows = 200_000;
  let large = '';
  beforeAll(async () => {
    large = await smallWorkspace();
    const database = new Database(join(large, '.mlops', 'store.db'));
    database.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows - 3})
      INSERT INTO prediction SELECT 'q' || i, 1785715200000 + i, NULL, i / 1e6, 0, i * 0.1, 'baker' FROM n`);
    database.close();
  });

  test('Ctrl-C ends with 130 and leaves what was there before', async () => {
    const parent = place();
    const to = join(parent, 'out');
    await run(large, 'export', 'predictions', '--to', to, '--until', '2026-08-03T00:00:00.001Z');
    const before = readFileSync(join(to, 'manifest.json'), 'utf8');
    const child = spawn(executable, ['-C', large, 'export', 'predictions', '--to', to]);
    const ended = new Promise((resolve) => child.on('close', resolve));
    while (readdirSync(parent).length === 1 && child.exitCode === null)
      await new Promise((resolve) => setImmediate(resolve));
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(readdirSync(parent)).toEqual(['out']);
    expect(readFileSync(join(to, 'manifest.json'), 'utf8')).toBe(before);
  });

  test('is exported as of one moment while others write', async () => {
    const to = join(place(), 'out');
    const path = join(large, 'more.csv');
    writeFileSync(
      path,
      `${predictions[0]}\n${Array.from({ length: 500 }, (_, i) => `z${i},2026-08-03T00:00:00Z,,,1,x`).join('\n')}\n`,
    );
    const [exported, imported] = await Promise.all([
      run(large, 'export', 'all', '--to', to),
      run(large, 'predictions', 'import', path),
    ]);
    expect([exported.code, imported.json.added]).toEqual([0, 500]);
    const imports = rowsOf(join(to, 'audit.csv')).filter((row) => row[3] === 'predictions import').length - 1;
    const [first] = exported.json.files;
    expect(first.rows).toBe(rows + 500 * imports);
    expect((await run(large, 'export', 'verify', to)).json.status).toBe('OK');
  });

  test('a full disk ends with 74 and leaves nothing', async ({ skip }) => {
    const disk = place();
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
    skip(mounted.status !== 0, 'mounting a small disk takes root');
    try {
      for (const format of ['csv', 'parquet']) {
        const outcome = await run(
          large,
          'export',
          'predictions',
          '--to',
          join(disk, 'out'),
          '--format',
          format,
        );
        expect(outcome.code).toBe(74);
        expect(readdirSync(disk)).toEqual([]);
      }
    } finally {
      spawnSync('umount', [disk]);
    }
  });

  test('a store that cannot be written is exported all the same, and says that the audit lacks it', async ({
    skip,
  }) => {
    const disk = place();
    mkdirSync(join(disk, 'w'));
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', join(disk, 'w')]);
    skip(mounted.status !== 0, 'mounting a small disk takes root');
    try {
      spawnSync('cp', ['-r', `${shared}/.`, join(disk, 'w')]);
      spawnSync('mount', ['-o', 'remount,ro', join(disk, 'w')]);
      const outcome = await run(join(disk, 'w'), 'export', 'all', '--to', join(disk, 'out'));
      expect(outcome.json).toMatchObject({
        notes: [expect.stringMatching(/^the export is not in the audit: /)],
      });
      expect(outcome.code).toBe(0);
    } finally {
      spawnSync('umount', [join(disk, 'w')]);
    }
  });
});
