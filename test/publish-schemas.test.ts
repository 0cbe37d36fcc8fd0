import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

function check(change: (folder: string) => void): string {
  const folder = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  cpSync(join(root, 'schemas'), folder, { recursive: true });
  change(folder);
  try {
    execFileSync(process.execPath, [join(root, 'bin', 'publish-schemas.ts'), '--check', folder], {
      stdio: 'pipe',
    });
    return '';
  } catch (error) {
    if (!(error instanceof Error && 'stderr' in error)) throw error;
    return String(error.stderr);
  }
}

test.each([
  ['nothing, where all is as the code says', () => undefined, /^$/],
  [
    'a schema that is missing',
    (folder: string) => rmSync(join(folder, 'gate.schema.json')),
    /gate.schema.json is not what the code says/,
  ],
  [
    'a schema that was edited',
    (folder: string) => writeFileSync(join(folder, 'gate.schema.json'), '{}'),
    /gate.schema.json is not what the code says/,
  ],
  [
    'a schema that stands for nothing',
    (folder: string) => writeFileSync(join(folder, 'old.schema.json'), '{}'),
    /old.schema.json stands for no definition/,
  ],
  [
    'a copy by another name',
    (folder: string) => copyFileSync(join(folder, 'gate.schema.json'), join(folder, 'gate.json')),
    /gate.json stands for no definition/,
  ],
])('publish-schemas --check reports %s', (_, change, report) => {
  expect(check(change)).toMatch(report);
});
