import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { runMlops } from '../executable/run-mlops.ts';

interface ListedPage {
  readonly name: string;
  readonly steps: number;
  readonly fault: string | null;
}

interface PlannedStep {
  readonly commands: readonly { readonly line: string }[];
  readonly question: string | null;
  readonly branches: readonly unknown[];
}

const asksOrActs = ({ commands, question, branches }: PlannedStep) =>
  commands.length > 0 || question !== null || branches.length > 0;

let demo: string;
let pages: readonly ListedPage[];
beforeAll(async () => {
  demo = join(mkdtempSync(join(tmpdir(), 'mlops-test-')), 'demo');
  const made = await runMlops(['-C', demo, 'demo']);
  if (made.code !== 0) throw new Error(made.stderr);
  pages = JSON.parse((await runMlops(['-C', demo, '--json', 'runbook', 'list'])).stdout).pages;
});

/** What a dry run must not change: the store to the byte, and which files there are; the log of each run may grow. */
function contentOf(workspace: string): Readonly<Record<string, string>> {
  const files = readdirSync(workspace, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => !path.includes(join('.mlops', 'logs')))
    .sort();
  return Object.fromEntries(
    files.map((path) => [path, createHash('sha256').update(readFileSync(path)).digest('hex')]),
  );
}

const walk = (page: string, ...options: string[]) =>
  runMlops(['-C', demo, 'runbook', 'run', page, ...options]);

describe('every page, dry, in a fresh demo workspace', () => {
  test('is listed without a fault, and says each command it would run; none changes the workspace', async () => {
    const before = contentOf(demo);
    expect(Object.keys(before)).toContain(join(demo, '.mlops', 'store.db'));
    expect(pages.length).toBeGreaterThan(15);
    for (const { name, steps, fault } of pages) {
      expect(fault, name).toBeNull();
      const { code, stdout, stderr } = await walk(name, '--dry-run', '--json');
      expect(code, `${name}: ${stderr}`).toBe(0);
      const plan: readonly PlannedStep[] = JSON.parse(stdout).steps;
      expect(plan.some(asksOrActs), name).toBe(steps > 0);
      for (const { commands } of plan)
        for (const { line } of commands) expect(line, name).toContain(`mlops -C ${demo} `);
    }
    expect(contentOf(demo)).toEqual(before);
    expect((await runMlops(['-C', demo, 'incidents'])).stdout.trim()).toBe('no incidents');
  });

  test('is readable at a terminal too: its steps in order with their commands', async () => {
    const { code, stdout } = await walk('high-drift', '--dry-run');
    expect(code).toBe(0);
    const lines = ['monitor', 'drift history', 'heal --mode observe'].map((command) =>
      stdout.indexOf(`mlops -C ${demo} ${command}`),
    );
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
    expect(lines).not.toContain(-1);
  });
});

test('a page that is not dry does leave an incident: the comparison above can fail', async () => {
  const before = contentOf(demo);
  await walk('daily');
  expect(contentOf(demo)).not.toEqual(before);
});
