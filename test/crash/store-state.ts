import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { runMlops } from '../executable/run-mlops.ts';

export const storeOf = (workspace: string) => join(workspace, '.mlops', 'store.db');

/** Rows of one query, read past the product. */
export function rowsOf(workspace: string, sql: string): readonly Record<string, unknown>[] {
  const database = new Database(storeOf(workspace));
  try {
    return database.prepare<[], Record<string, unknown>>(sql).all();
  } finally {
    database.close();
  }
}

export function countOf(workspace: string, table: string, where = 'true'): number {
  return Number(rowsOf(workspace, `SELECT count(*) AS n FROM ${table} WHERE ${where}`)[0]?.n);
}

/** An attempt to train is written down also when it fails, on purpose. */
const isNoAttempt = "name NOT IN ('training_attempt', 'run')";

/** Hash of every row of every table, whatever pages they lie on; 'no store' where there is none. */
export function dumpOf(workspace: string): string {
  if (!existsSync(storeOf(workspace))) return 'no store';
  const tables = rowsOf(
    workspace,
    `SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND ${isNoAttempt} ORDER BY name`,
  );
  const hash = createHash('sha256').update(JSON.stringify(rowsOf(workspace, 'PRAGMA user_version')));
  for (const { name, sql } of tables)
    hash.update(`${sql}${JSON.stringify(rowsOf(workspace, `SELECT * FROM "${name}" ORDER BY 1, 2`))}`);
  return hash.digest('hex');
}

/** Every file below the folders, sorted; left out are SQLite's own beside an open store, and whole copies in the cache. */
export function filesIn(...folders: readonly string[]): readonly string[] {
  return folders
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    )
    .filter((path) => !/store\.db-(wal|shm)$|\.mlops\/cache(\/[^/]+\.reference)?$/.test(path))
    .sort();
}

/** SQLite finds no damage, no row refers to one that is not there, and `mlops verify` says OK. */
export async function expectVerified(workspace: string): Promise<void> {
  expect(rowsOf(workspace, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect(rowsOf(workspace, 'PRAGMA foreign_key_check')).toEqual([]);
  const { code, stdout, stderr } = await runMlops(['-C', workspace, 'verify']);
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: expect.stringMatching(/^OK/), stderr: '' });
}

/** Each version stands where its last stage change put it, and at most one in Production. */
export function stagesOf(workspace: string): readonly string[] {
  const versions = rowsOf(
    workspace,
    `SELECT stage, (SELECT to_stage FROM stage_change AS c WHERE c.version = v.version ORDER BY seq DESC LIMIT 1) AS last
     FROM model_version AS v ORDER BY version`,
  );
  for (const { stage, last } of versions) expect(stage).toBe(last);
  return versions.map(({ stage }) => String(stage));
}
