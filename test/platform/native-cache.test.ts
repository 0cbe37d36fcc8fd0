import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type NativeSource, unpackNative } from '../../src/platform/native-cache.ts';

const content = Buffer.from('an addon, for the purposes of unpacking '.repeat(5_000));
const sha256 = createHash('sha256').update(content).digest('hex');

function sourceOf(bytes: Buffer): NativeSource {
  return {
    manifest: {
      sqlite: [{ name: 'addon.node', sha256, bytes: content.length }],
      duckdb: [],
      onnxruntime: [],
    },
    asset: () => zstdCompressSync(bytes),
  };
}

const temporary = () => mkdtempSync(join(tmpdir(), 'mlops-test-'));
const silent = () => undefined;

test('unpacks once, into a folder named by the content, under MLOPS_CACHE', () => {
  const cache = temporary();
  const folder = unpackNative('sqlite', sourceOf(content), { MLOPS_CACHE: cache }, silent);
  expect(folder.startsWith(cache)).toBe(true);
  expect(readFileSync(join(folder, 'addon.node'))).toEqual(content);
  const neverAsked: NativeSource = {
    ...sourceOf(content),
    asset: () => {
      throw new Error('unpacked a second time');
    },
  };
  expect(unpackNative('sqlite', neverAsked, { MLOPS_CACHE: cache }, silent)).toBe(folder);
});

test.each([
  ['truncated', (path: string) => truncateSync(path, 100)],
  [
    'altered without a change of length',
    (path: string) => writeFileSync(path, Buffer.alloc(content.length, 7)),
  ],
])('a cache that was %s repairs itself', (_, damage) => {
  const cache = temporary();
  const folder = unpackNative('sqlite', sourceOf(content), { MLOPS_CACHE: cache }, silent);
  damage(join(folder, 'addon.node'));
  expect(unpackNative('sqlite', sourceOf(content), { MLOPS_CACHE: cache }, silent)).toBe(folder);
  expect(readFileSync(join(folder, 'addon.node'))).toEqual(content);
  expect(readdirSync(cache)).toHaveLength(1);
});

test('a cache folder that cannot be used falls back to a temporary one and says so', () => {
  const file = join(temporary(), 'a-file');
  writeFileSync(file, '');
  const warnings: string[] = [];
  const folder = unpackNative('sqlite', sourceOf(content), { MLOPS_CACHE: join(file, 'below') }, (line) =>
    warnings.push(line),
  );
  expect(readFileSync(join(folder, 'addon.node'))).toEqual(content);
  expect(warnings.join('\n')).toContain('cannot be used');
  expect(warnings.join('\n')).toContain('for this run only');
});

test('a damaged executable is refused, not unpacked', () => {
  const cache = temporary();
  const unpack = () => unpackNative('sqlite', sourceOf(Buffer.from('wrong')), { MLOPS_CACHE: cache }, silent);
  expect(unpack).toThrow('the executable is damaged');
  expect(readdirSync(cache)).toEqual([]);
});

test('ten first starts at once end with one good copy', async () => {
  const cache = temporary();
  const program = `
    import { zstdCompressSync } from 'node:zlib';
    import { unpackNative } from ${JSON.stringify(join(import.meta.dirname, '../../src/platform/native-cache.ts'))};
    const content = Buffer.from('an addon, for the purposes of unpacking '.repeat(5_000));
    const manifest = { sqlite: [{ name: 'addon.node', sha256: '${sha256}', bytes: content.length }], duckdb: [], onnxruntime: [] };
    unpackNative('sqlite', { manifest, asset: () => zstdCompressSync(content) }, process.env, (line) => { throw new Error(line); });`;
  const starts = Array.from({ length: 10 }, () => {
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', program], {
      env: { ...process.env, MLOPS_CACHE: cache },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return new Promise<number | null>((resolve) => child.on('close', resolve));
  });
  expect(await Promise.all(starts)).toEqual(Array(10).fill(0));
  const [folder, ...others] = readdirSync(cache);
  expect(others).toEqual([]);
  expect(readFileSync(join(cache, folder ?? '', 'addon.node'))).toEqual(content);
});
