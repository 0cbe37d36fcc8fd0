import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compareStore } from '../../src/loop/monitoring/compare-store.ts';
import { fixedClock } from '../../src/platform/clock.ts';
import { openWorkspace } from '../../src/workspace/index.ts';
import { runMlops } from './run-mlops.ts';

const rows = 200_500;
const now = '2026-09-02T00:00:00Z';

/** Three features of whole numbers and categories that take every value in turn. */
function writeRows(path: string): void {
  const start = Date.parse('2026-09-01T00:00:00Z');
  const lines = Array.from({ length: rows }, (_, row) => {
    const at = new Date(start + row * 400).toISOString();
    return `p${row},${at},${(row * 7919) % 1013},${(row * 104_729) % 4093},${'abc'[row % 3]}`;
  });
  writeFileSync(path, ['prediction_id,timestamp,age,balance,region', ...lines].join('\n'));
}

test('two threads read a large window as one does', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  const file = join(folder, 'rows.csv');
  writeRows(file);
  const { stdout } = await runMlops(['schema', 'infer', file]);
  writeFileSync(join(folder, 'schema.json'), stdout);
  const inWorkspace = (...parameters: string[]) => runMlops(['-C', folder, ...parameters]);
  await inWorkspace('init', '--model', 'large', '--schema', 'schema.json', '--yes');
  const configuration = join(folder, 'mlops.yaml');
  const text = readFileSync(configuration, 'utf8');
  writeFileSync(configuration, text.replace('monitoring:\n', 'monitoring:\n  reference: rows.csv\n'));
  await inWorkspace('predictions', 'import', file);
  const threaded = await inWorkspace('--as-of', now, '--json', 'drift', '--last', '1d');
  const alone = await compareStore(
    openWorkspace(folder),
    { last: '1d', rules: {} },
    fixedClock(Date.parse(now)),
    new AbortController().signal,
  );
  expect(JSON.parse(threaded.stdout)).toEqual(JSON.parse(JSON.stringify(alone.result)));
});
