import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const script = join(import.meta.dirname, '..', 'bin', 'check-imports.ts');

function check(root?: string): { readonly code: number; readonly problems: string } {
  try {
    execFileSync(process.execPath, [script, ...(root === undefined ? [] : [root])], { stdio: 'pipe' });
    return { code: 0, problems: '' };
  } catch (error) {
    if (!(error instanceof Error && 'status' in error && 'stderr' in error)) throw error;
    return { code: Number(error.status), problems: String(error.stderr).trim() };
  }
}

function house(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, 'src', name)), { recursive: true });
    writeFileSync(join(root, 'src', name), text);
  }
  return root;
}

test('the rooms of src/ import downwards only', () => {
  expect(check()).toEqual({ code: 0, problems: '' });
});

test.each([
  ['up', 'store/a.ts', "import { b } from '../loop/b.ts';", 'store may not import loop'],
  ['up, when it runs', 'data/a.ts', "await import('../store/b.ts');", 'data may not import store'],
  [
    'into what mathematics may not know',
    'drift/a.ts',
    "export * from '../store/b.ts';",
    'drift may not import store',
  ],
  [
    'from a view into the store',
    'report/deep/a.tsx',
    "import '../../store/b.ts';",
    'report may not import store',
  ],
])('an import %s is found', (_, file, text, problem) => {
  const { code, problems } = check(house({ [file]: text }));
  expect(code).toBe(1);
  expect(problems).toContain(problem);
});

test('a folder that is no room is found, and an import downwards is none', () => {
  const root = house({ 'utils/a.ts': '', 'loop/a.ts': "import { b } from '../store/b.ts';" });
  expect(check(root)).toEqual({ code: 1, problems: "src/utils/a.ts: 'utils' is no room of the house" });
});
