import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import { migrations } from '../../src/store/migrations.ts';
import { runMlops } from '../executable/run-mlops.ts';
import { allLabelled, copyOf, type SmallWorkspaces, smallWorkspaces } from './small-workspace.ts';
import { countOf, dumpOf, expectVerified, rowsOf, storeOf } from './store-state.ts';

let small: SmallWorkspaces;
beforeAll(async () => {
  small = await smallWorkspaces();
});

const at = (workspace: string, ...commandLine: readonly string[]) =>
  runMlops(['-C', workspace, '--as-of', allLabelled, ...commandLine]);

const commands = (made: SmallWorkspaces): readonly (readonly string[])[] => [
  ['predictions', 'import', made.stream],
  ['labels', 'add', made.labels],
  ['promote', '1'],
  ['monitor'],
  ['heal'],
  ['models'],
  ['verify'],
];

test('a store that another process holds longer than ten seconds: 75, try again, and nothing was changed', async () => {
  const workspace = copyOf(small.labelled);
  const before = dumpOf(workspace);
  const holder = new Database(storeOf(workspace));
  holder.pragma('locking_mode = EXCLUSIVE');
  holder.exec('BEGIN EXCLUSIVE');
  const outcomes = await Promise.all(commands(small).map((command) => at(workspace, ...command)));
  holder.exec('ROLLBACK');
  holder.close();
  for (const { code, stderr } of outcomes)
    expect({ code, stderr }).toEqual({
      code: 75,
      stderr: expect.stringMatching(/^error: the store .* is in use\ncause: .*\ntry: try again/),
    });
  expect(dumpOf(workspace)).toBe(before);
});

test('a writer that is held up for less than that waits, and both succeed', async () => {
  const workspace = copyOf(small.predicted);
  const holder = new Database(storeOf(workspace));
  holder.exec('BEGIN IMMEDIATE');
  const waiting = at(workspace, 'labels', 'add', small.labels);
  const read = await at(workspace, 'labels', 'coverage');
  expect(read).toMatchObject({ code: 0, stderr: '' });
  holder.exec('COMMIT');
  holder.close();
  expect(await waiting).toMatchObject({ code: 0, stderr: '' });
  expect(countOf(workspace, 'label')).toBe(small.labelRows);
});

test('a store that a newer mlops wrote: 78, and not a byte is changed', async () => {
  const workspace = copyOf(small.labelled);
  const store = new Database(storeOf(workspace));
  store.pragma('user_version = 999');
  // A newer one may keep its journal otherwise.
  store.pragma('journal_mode = DELETE');
  store.close();
  const before = readFileSync(storeOf(workspace));
  for (const command of commands(small)) {
    const { code, stderr } = await at(workspace, ...command);
    expect({ code, stderr }).toEqual({ code: 78, stderr: expect.stringContaining('its version is 999') });
  }
  expect(readFileSync(storeOf(workspace)).equals(before)).toBe(true);
});

describe('a store that an older mlops wrote', () => {
  /** As the first version made it, with two versions of a model. */
  function olderStore(): string {
    const workspace = copyOf(small.fresh);
    const store = new Database(storeOf(workspace));
    store.exec(migrations[0] ?? '');
    store.pragma('user_version = 1');
    store.exec(
      "INSERT INTO model_version VALUES (1, 'None', 'aa', 1, '[]', 0.5, '[]', 0), (2, 'None', 'bb', 1, '[]', 0.5, '[]', 0)",
    );
    store.close();
    return workspace;
  }

  test('is brought up to date once by ten that open it at once, with what it held', async () => {
    const workspace = olderStore();
    const ten = Array.from({ length: 10 }, () => at(workspace, 'predictions', 'import', small.stream));
    for (const { code, stderr } of await Promise.all(ten))
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(rowsOf(workspace, 'PRAGMA user_version')).toEqual([{ user_version: migrations.length }]);
    expect(rowsOf(workspace, 'SELECT artifact_sha256 FROM model_version ORDER BY version')).toEqual([
      { artifact_sha256: 'aa' },
      { artifact_sha256: 'bb' },
    ]);
    expect(countOf(workspace, 'prediction')).toBe(small.rows);
  });
});

describe('a store that is there no more', () => {
  test('with its folder, as in a fresh checkout: the first import makes both', async () => {
    const workspace = copyOf(small.fresh);
    rmSync(join(workspace, '.mlops'), { recursive: true });
    expect(await at(workspace, 'predictions', 'import', small.stream)).toMatchObject({ code: 0 });
    await expectVerified(workspace);
  });

  test('but as an empty file: 65, and nothing takes its place', async () => {
    const workspace = copyOf(small.fresh);
    writeFileSync(storeOf(workspace), '');
    const { code, stderr } = await at(workspace, 'predictions', 'import', small.stream);
    expect({ code, stderr }).toEqual({
      code: 65,
      stderr: expect.stringContaining('restore the newest backup'),
    });
    expect(readFileSync(storeOf(workspace))).toHaveLength(0);
  });
});
