import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeFolderAtomic } from '../../src/data/write-folder-atomic.ts';

const place = () => mkdtempSync(join(tmpdir(), 'mlops-test-'));
const holding = (content: string) => async (fresh: string) => writeFileSync(join(fresh, 'a'), content);
const failing = async (fresh: string) => {
  writeFileSync(join(fresh, 'a'), 'half');
  throw new Error('in the middle');
};

test('a folder that is there is replaced whole, and nothing stays beside it', async () => {
  const parent = place();
  const folder = join(parent, 'out');
  mkdirSync(folder);
  writeFileSync(join(folder, 'old'), '');
  await writeFolderAtomic(folder, holding('new'));
  expect(readdirSync(folder)).toEqual(['a']);
  expect(readdirSync(parent)).toEqual(['out']);
});

test('a failure in the middle leaves the folder as it was', async () => {
  const parent = place();
  const folder = join(parent, 'out');
  await writeFolderAtomic(folder, holding('before'));
  await expect(writeFolderAtomic(folder, failing)).rejects.toThrow('in the middle');
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('before');
  expect(readdirSync(parent)).toEqual(['out']);
});

test('a failure takes the folders above away again that were made for it, and no other', async () => {
  const parent = place();
  mkdirSync(join(parent, 'there'));
  await expect(writeFolderAtomic(join(parent, 'there', 'x', 'y', 'out'), failing)).rejects.toThrow();
  expect(readdirSync(join(parent, 'there'))).toEqual([]);
});

test('after a crash between the two renames the old folder is there again', async () => {
  const parent = place();
  const folder = join(parent, 'out');
  await writeFolderAtomic(folder, holding('before'));
  renameSync(folder, `${folder}.replaced`);
  await expect(writeFolderAtomic(folder, failing)).rejects.toThrow();
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('before');
  expect(existsSync(`${folder}.replaced`)).toBe(false);
});
