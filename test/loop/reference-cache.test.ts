import { mkdtempSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Table } from '../../src/data/index.ts';
import { profileColumn } from '../../src/drift/feature-profile.ts';
import { cachedReference } from '../../src/loop/monitoring/reference-cache.ts';

function freshFolder(): string {
  return join(mkdtempSync(join(tmpdir(), 'mlops-test-')), 'cache');
}

const table: Table = {
  rows: 5,
  columns: [
    { kind: 'numeric', name: 'a', type: 'number', values: Float64Array.of(3, Number.NaN, -0, 1e300, -2) },
    {
      kind: 'text',
      name: 'Stadt "Ä"',
      type: 'string',
      codes: Int32Array.of(0, 1, -1, 1, 0),
      dictionary: ['x', 'ü'],
    },
    { kind: 'numeric', name: 'b', type: 'boolean', values: Float64Array.of(0, 1, 1, 0, Number.NaN) },
  ],
};

/** Reads through the cache, and tells whether the table itself had to be read. */
async function readThrough(folder: string, key = 'k'): Promise<{ table: Table; missed: boolean }> {
  let missed = false;
  const read = async () => {
    missed = true;
    return structuredClone(table);
  };
  return { table: await cachedReference(folder, key, read), missed };
}

function onlyFile(folder: string): string {
  const [name = '', ...others] = readdirSync(folder);
  expect(others).toEqual([]);
  return join(folder, name);
}

test('what was read before comes from the cache: the same values, and the same profiles without sorting', async () => {
  const folder = freshFolder();
  expect((await readThrough(folder)).missed).toBe(true);
  const again = await readThrough(folder);
  expect(again.missed).toBe(false);
  expect(again.table).toEqual(table);
  expect(again.table.columns.map(profileColumn)).toEqual(table.columns.map(profileColumn));
});

test('other content, or content that is read in another way, is another entry', async () => {
  const folder = freshFolder();
  await readThrough(folder, 'one');
  expect((await readThrough(folder, 'two')).missed).toBe(true);
  expect((await readThrough(folder, 'one')).missed).toBe(false);
});

test.each<[string, (content: Buffer) => Buffer]>([
  ['a changed byte of a value', (content) => changed(content, content.length - 3)],
  ['a changed byte of the header', (content) => changed(content, 20)],
  ['another format', (content) => changed(content, 7)],
  ['a file cut short', (content) => content.subarray(0, content.length - 8)],
  ['an empty file', () => Buffer.alloc(0)],
])('%s is read anew and written again', async (_, damage) => {
  const folder = freshFolder();
  await readThrough(folder);
  const path = onlyFile(folder);
  writeFileSync(path, damage(readFileSync(path)));
  const again = await readThrough(folder);
  expect(again.missed).toBe(true);
  expect(again.table).toEqual(table);
  expect((await readThrough(folder)).missed).toBe(false);
});

function changed(content: Buffer, at: number): Buffer {
  const copy = Buffer.from(content);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

test('the three written last are kept', async () => {
  const folder = freshFolder();
  for (const [age, key] of ['a', 'b', 'c', 'd'].entries()) {
    await readThrough(folder, key);
    utimesSync(join(folder, `${key}.reference`), 1000 + age, 1000 + age);
  }
  await readThrough(folder, 'e');
  expect(readdirSync(folder).sort()).toEqual(['c.reference', 'd.reference', 'e.reference']);
});

test('a folder that cannot be made is no error', async () => {
  const folder = freshFolder();
  writeFileSync(folder, 'in the way');
  expect((await readThrough(folder)).table).toEqual(table);
});
