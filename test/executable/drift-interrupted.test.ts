import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withDuckDb } from '../../src/data/duckdb.ts';
import { executable } from './run-mlops.ts';

test('Ctrl-C ends drift with 130 and leaves neither a temporary folder nor a report behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  const temporary = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  const path = join(folder, 'large.parquet');
  const columns = Array.from({ length: 40 }, (_, column) => `hash(range + ${column}) / 3.0 AS c${column}`);
  await withDuckDb((connection) =>
    connection.run(`COPY (SELECT ${columns.join(', ')} FROM range(1000000)) TO '${path}' (FORMAT parquet)`),
  );
  const report = join(folder, 'report.html');
  const child = spawn(executable, ['drift', '--reference', path, '--current', path, '--html', report], {
    env: { ...process.env, TMPDIR: temporary },
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  while (readdirSync(temporary).length === 0 && child.exitCode === null)
    await new Promise((resolve) => setImmediate(resolve));
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(readdirSync(temporary)).toEqual([]);
  expect(readdirSync(folder)).toEqual(['large.parquet']);
}, 60_000);
