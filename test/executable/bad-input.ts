import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { type RunOutcome, runMlops } from './run-mlops.ts';

/** A file with that content in a folder of its own. */
export function file(name: string, content: string | Uint8Array): string {
  const path = join(mkdtempSync(join(tmpdir(), 'mlops-test-')), name);
  writeFileSync(path, content);
  return path;
}

export const failureSchema = new Ajv2020().compile(
  JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'schemas', 'failure.schema.json'), 'utf8')),
);

/** What no operator should have to read: the inside of the engines, of zod, of Node. */
const internals =
  /defect in mlops|Invalid input:|Invalid option|Unrecognized key|\b[A-Z]\w+ Error:|SQLITE_|\bE[A-Z]{4,}:|undefined|\[object|null_padding|strict_mode| {4}at /;

export interface Refusal {
  readonly code: number;
  /** Within `error:`, or within `cause:` when it begins with that word. */
  readonly says: string;
}

/** A failure as an operator should meet it: its exit code, one error line with what to do, and nothing on standard output. */
export function expectRefusal({ code, stdout, stderr }: RunOutcome, expected: Refusal): void {
  expect({ code, stdout, stderr }).toMatchObject({ code: expected.code, stdout: '' });
  expect(stderr).toMatch(/^error: \S.*\n(cause: \S.*\n)?try: \S.*\n$/);
  expect(stderr).not.toMatch(internals);
  expect(stderr).toContain(expected.says);
}

/** Runs the command twice, for a person and with --json, and holds both answers to the expected failure. */
export async function refuse(commandLine: readonly string[], expected: Refusal): Promise<void> {
  expectRefusal(await runMlops(commandLine), expected);
  const { code, stdout } = await runMlops(['--json', ...commandLine]);
  const failure: unknown = JSON.parse(stdout);
  expect(failureSchema(failure)).toBe(true);
  expect(failure).toMatchObject({ exit_code: expected.code });
  expect(code).toBe(expected.code);
}

/** An attempt to train is written down also when its data was refused. */
const attempts = new Set(['training_attempt', 'run']);

/** Every row of every table of a store, and the names of the artifacts: equal before and after means that nothing changed. */
export function contentOf(workspace: string): Readonly<Record<string, unknown>> {
  const folder = join(workspace, '.mlops');
  const database = new Database(join(folder, 'store.db'), { readonly: true });
  try {
    const tables = database
      .prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .all()
      .filter(({ name }) => !attempts.has(name));
    const rows = tables.map(({ name }) => [name, database.prepare(`SELECT * FROM "${name}"`).all()]);
    return { ...Object.fromEntries(rows), artifacts: readdirSync(join(folder, 'artifacts')).toSorted() };
  } finally {
    database.close();
  }
}
