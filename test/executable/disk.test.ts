import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { cleanResultDefinition, diskResultDefinition } from '../../src/data/results/disk.ts';
import { allLabelled, copyOf, loopWorkspace, runAt } from './loop-workspace.ts';

const old = new Date('2026-06-01T00:00:00Z');
const recent = new Date('2026-11-20T00:00:00Z');

let shared = '';
beforeAll(async () => {
  shared = await loopWorkspace();
});

const run = (workspace: string, ...commandLine: string[]) => runAt(workspace, allLabelled, ...commandLine);
const inside = (workspace: string, ...path: string[]) => join(workspace, '.mlops', ...path);

function put(workspace: string, path: readonly string[], time: Date, text = 'x'.repeat(1000)): string {
  const file = inside(workspace, ...path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  utimesSync(file, time, time);
  return file;
}

/** Old reports and an old export folder, a fresh report, artifacts that no version needs, and every version's own made old. */
function aged(): string {
  const workspace = copyOf(shared);
  for (let index = 0; index < 4; index++)
    put(
      workspace,
      ['reports', `monitor-${index}.html`],
      new Date(old.getTime() + index * 1000),
      `report ${index}`,
    );
  put(workspace, ['reports', 'monitor-new.html'], recent);
  put(workspace, ['exports', 'week', 'a.csv'], old, 'exported');
  utimesSync(inside(workspace, 'exports', 'week'), old, old);
  for (const name of readdirSync(inside(workspace, 'artifacts')))
    utimesSync(inside(workspace, 'artifacts', name), old, old);
  put(workspace, ['artifacts', `${'0'.repeat(64)}.onnx`], old);
  put(workspace, ['logs', 'mlops.jsonl'], old);
  put(workspace, ['store.db.damaged-20260601T000000Z'], old);
  return workspace;
}

const names = (items: readonly { readonly path: string }[]) =>
  items.map(({ path }) => path.replace(/.*\.mlops\//, '')).toSorted();

const unneeded = [
  `artifacts/${'0'.repeat(64)}.onnx`,
  'exports/week',
  'reports/monitor-0.html',
  'reports/monitor-1.html',
  'reports/monitor-2.html',
  'reports/monitor-3.html',
  'store.db.damaged-20260601T000000Z',
];

describe('disk', () => {
  test('says what takes space, what it grows by and how long that lasts', async () => {
    const workspace = aged();
    const result = diskResultDefinition.parse((await run(workspace, 'disk')).json);
    expect(result.parts.map(({ name }) => name).toSorted()).toEqual([
      'artifacts',
      'backups',
      'exports',
      'logs',
      'reports',
      'store',
      'stores',
    ]);
    const reports = result.parts.find(({ name }) => name === 'reports');
    expect(reports).toMatchObject({
      files: 5,
      bytes: 4 * 'report 0'.length + 1000,
      bytes_per_day: 1000 / 30,
    });
    expect(result.bytes).toBe(result.parts.reduce((sum, { bytes }) => sum + bytes, 0));
    expect(result.days_until_full).toBeGreaterThan(0);
  });

  test('follows the thresholds of the configuration', async () => {
    const workspace = copyOf(shared);
    const path = join(workspace, 'mlops.yaml');
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace(/warning: 0\.8\n {2}critical: 0\.95|warning: 0\.8/, 'warning: 0'),
    );
    expect((await run(workspace, 'disk')).code).toBe(1);
  });
});

describe('clean', () => {
  test('shows what is old and needed by nothing, and removes nothing without consent', async () => {
    const workspace = aged();
    const outcome = await run(workspace, 'clean', '--keep', '0');
    const plan = cleanResultDefinition.parse(outcome.json);
    expect([outcome.code, plan.removed]).toEqual([1, false]);
    expect(names(plan.items)).toEqual(unneeded);
    for (const { path } of plan.items) expect(existsSync(path)).toBe(true);
  });

  test('with --yes removes them, enters it in the audit, and every version still verifies', async () => {
    const workspace = aged();
    const outcome = await run(workspace, 'clean', '--keep', '0', '--yes', '--reason', 'friday');
    const done = cleanResultDefinition.parse(outcome.json);
    expect([outcome.code, done.removed, names(done.items)]).toEqual([0, true, unneeded]);
    for (const { path } of done.items) expect(existsSync(path)).toBe(false);
    expect(existsSync(inside(workspace, 'reports', 'monitor-new.html'))).toBe(true);
    expect(existsSync(inside(workspace, 'logs', 'mlops.jsonl'))).toBe(true);
    expect((await run(workspace, 'verify')).json).toMatchObject({ status: 'OK', problems: [] });
    await run(workspace, 'export', 'audit', '--to', join(workspace, 'out'));
    expect(readFileSync(join(workspace, 'out', 'audit.csv'), 'utf8')).toMatch(
      /,clean,friday,.*monitor-0\.html/,
    );
  });

  test('keeps the newest of each kind, and takes only the kinds named', async () => {
    const workspace = aged();
    const { json } = await run(workspace, 'clean', '--keep', '3', '--yes', '--what', 'reports', 'exports');
    expect(names(cleanResultDefinition.parse(json).items)).toEqual([
      'reports/monitor-0.html',
      'reports/monitor-1.html',
    ]);
  });

  test('by default takes what is older than 90 days, the newest 10 excepted', async () => {
    const { json } = await run(aged(), 'clean');
    expect(cleanResultDefinition.parse(json)).toMatchObject({ older_than: '90d', keep: 10 });
    expect(names(json.items)).toEqual([unneeded[0]]);
  });

  test('archives what it removes, readable with tar and zstd', async () => {
    const workspace = aged();
    const archive = join(workspace, 'old.tar.zst');
    await run(
      workspace,
      'clean',
      '--keep',
      '0',
      '--yes',
      '--archive',
      archive,
      '--what',
      'reports',
      'exports',
    );
    const tar = zstdDecompressSync(readFileSync(archive)).toString('latin1');
    expect(tar).toContain('.mlops/reports/monitor-3.html');
    expect(tar).toContain('report 3');
    expect(tar).toContain('.mlops/exports/week/a.csv');
    expect(existsSync(inside(workspace, 'exports', 'week'))).toBe(false);
  });

  test('removes nothing where the archive cannot be written', async () => {
    const workspace = aged();
    const outcome = await run(
      workspace,
      'clean',
      '--keep',
      '0',
      '--yes',
      '--archive',
      join(workspace, 'mlops.yaml', 'old.tar.zst'),
    );
    expect(outcome.code).not.toBe(0);
    expect(existsSync(inside(workspace, 'reports', 'monitor-0.html'))).toBe(true);
  });

  test('never takes the newest backup', async () => {
    const workspace = copyOf(shared);
    const made = [await run(workspace, 'backup'), await run(workspace, 'backup')].map(
      ({ json }) => json.path,
    );
    for (const path of made)
      for (const name of ['.', ...readdirSync(path, { recursive: true, encoding: 'utf8' })])
        utimesSync(join(path, name), old, old);
    const { json } = await run(workspace, 'clean', '--keep', '0', '--yes', '--what', 'backups');
    expect(json.items).toHaveLength(1);
    expect(made.filter((path) => existsSync(path))).toHaveLength(1);
  });

  test.each([
    [['--older-than', 'long'], 64],
    [['--keep', '-1'], 64],
    [['--what', 'everything'], 64],
  ])('%j is a usage error', async (options, code) => {
    expect((await run(shared, 'clean', ...options)).code).toBe(code);
  });
});
