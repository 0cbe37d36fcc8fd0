import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { executable, runMlops } from './run-mlops.ts';

const stream = join(executable, '..', '..', 'fixtures', 'stream.csv');
const asOf = '2026-11-15T00:00:00Z';

async function run(workspace: string, ...commandLine: string[]) {
  const outcome = await runMlops(['-C', workspace, '--json', '--as-of', asOf, ...commandLine]);
  return { ...outcome, json: JSON.parse(outcome.stdout) };
}

async function workspace(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  await run(folder, 'init', '--model', 'credit', '--schema', 'schema.json');
  await run(folder, 'predictions', 'import', stream);
  return folder;
}

const ids = readFileSync(stream, 'utf8')
  .split('\n')
  .slice(1, 101)
  .map((line) => line.split(',')[0] ?? '');
const header = 'prediction_id,true_label,label_timestamp,label_source';
function labelsFile(folder: string, ...lines: string[]): string {
  const path = join(folder, 'labels.csv');
  writeFileSync(path, [header, ...lines, ''].join('\n'));
  return path;
}

test('the same predictions twice add nothing, and one column a feature holds their values', async () => {
  const folder = await workspace();
  expect((await run(folder, 'predictions', 'import', stream)).json).toMatchObject({
    read: 8000,
    added: 0,
    unchanged: 8000,
    rejected: 0,
  });
  const database = new Database(join(folder, '.mlops', 'store.db'), { readonly: true });
  expect(
    database.prepare('SELECT count(*) AS n, count(monthly_income) AS incomes FROM prediction').get(),
  ).toMatchObject({ n: 8000 });
  database.close();
});

test('a known id with other values is rejected, not overwritten', async () => {
  const folder = await workspace();
  const changed = join(folder, 'changed.csv');
  writeFileSync(
    changed,
    readFileSync(stream, 'utf8').split('\n').slice(0, 2).join('\n').replace(/\d+$/, '9'),
  );
  const outcome = await run(folder, 'predictions', 'import', changed);
  expect(outcome.code).toBe(1);
  expect(outcome.json).toMatchObject({ added: 0, rejected: 1, conflicts: [ids[0]] });
  expect((await run(folder, 'predictions', 'import', stream)).json).toMatchObject({
    unchanged: 8000,
    rejected: 0,
  });
});

test('labels are added, corrected with history, and coverage is told before and after', async () => {
  const folder = await workspace();
  const first = labelsFile(
    folder,
    `${ids[0]},0,2026-10-01T00:00:00Z,collections`,
    `${ids[1]},1,2026-10-01T00:00:00Z,collections`,
  );
  expect((await run(folder, 'labels', 'add', first, '--dry-run')).json).toMatchObject({
    added: 2,
    dry_run: true,
  });
  const added = await run(folder, 'labels', 'add', first);
  expect(added.json).toMatchObject({
    added: 2,
    coverage: { before: { labelled: 0 }, after: { labelled: 2, predictions: 8000 } },
  });
  const second = labelsFile(
    folder,
    `${ids[0]},1,2026-10-02T00:00:00Z,review`,
    `${ids[1]},1,2026-10-01T00:00:00Z,collections`,
  );
  expect((await run(folder, 'labels', 'add', second)).json).toMatchObject({
    added: 0,
    corrected: 1,
    unchanged: 1,
  });
  const database = new Database(join(folder, '.mlops', 'store.db'), { readonly: true });
  expect(database.prepare('SELECT true_label FROM label_correction').all()).toEqual([{ true_label: 0 }]);
  database.close();
  expect((await run(folder, 'verify')).json).toMatchObject({ status: 'OK', events: 3 });
});

test('a file that is sent again brings no corrected label back, and contradictions of one moment are rejected', async () => {
  const folder = await workspace();
  const first = labelsFile(folder, `${ids[0]},0,2026-10-01T00:00:00Z,x`);
  await run(folder, 'labels', 'add', first);
  const correction = join(folder, 'correction.csv');
  writeFileSync(correction, `${header}\n${ids[0]},1,2026-10-05T00:00:00Z,review\n`);
  expect((await run(folder, 'labels', 'add', correction)).json).toMatchObject({ corrected: 1 });
  const again = await run(folder, 'labels', 'add', first);
  expect(again.code).toBe(1);
  expect(again.json).toMatchObject({ corrected: 0, rejected: 1 });
  expect(readFileSync(again.json.rejects_file, 'utf8')).toContain(
    'a newer label of this prediction is known',
  );
  const both = labelsFile(folder, `${ids[1]},0,2026-10-01T00:00:00Z,x`, `${ids[1]},1,2026-10-01T00:00:00Z,x`);
  expect((await run(folder, 'labels', 'add', both)).json).toMatchObject({ added: 1, rejected: 1 });
  expect((await run(folder, 'labels', 'add', both)).json).toMatchObject({
    added: 0,
    unchanged: 1,
    rejected: 1,
  });
});

test('what was known of a label that was corrected later is known again as of then', async () => {
  const folder = await workspace();
  await run(folder, 'labels', 'add', labelsFile(folder, `${ids[0]},0,2026-10-01T00:00:00Z,x`));
  await run(folder, 'labels', 'add', labelsFile(folder, `${ids[0]},1,2026-10-05T00:00:00Z,x`));
  const outcome = await runMlops([
    '-C',
    folder,
    '--json',
    '--as-of',
    '2026-10-02T00:00:00Z',
    'labels',
    'coverage',
  ]);
  expect(JSON.parse(outcome.stdout).total).toMatchObject({ labelled: 1 });
});

test('rows that cannot be labels go to a file with line, value and reason', async () => {
  const folder = await workspace();
  const outcome = await run(
    folder,
    'labels',
    'add',
    labelsFile(
      folder,
      'pred_unknown,0,2026-10-01T00:00:00Z,x',
      `${ids[0]},2,2026-10-01T00:00:00Z,x`,
      `${ids[1]},1,2026-10-01T00:00:00,x`,
      `${ids[2]},1,2027-10-01T00:00:00Z,x`,
      `${ids[3]},1,2020-10-01T00:00:00Z,x`,
      `${ids[4]},1,2026-10-01T00:00:00Z,x`,
    ),
  );
  expect(outcome.code).toBe(1);
  expect(outcome.json).toMatchObject({ read: 6, added: 1, rejected: 5, unmatched: 1 });
  expect(readFileSync(outcome.json.rejects_file, 'utf8').split('\n')).toEqual([
    'line,value,reason',
    '2,pred_unknown,no prediction has this id',
    '3,2,true_label is not 0 or 1',
    '4,2026-10-01T00:00:00,label_timestamp is not ISO 8601 with its zone',
    '5,2027-10-01T00:00:00Z,label_timestamp lies in the future',
    '6,2020-10-01T00:00:00Z,label_timestamp lies before the prediction',
    '',
  ]);
});

test('ten processes adding labels at once lose none', async () => {
  const folder = await workspace();
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, (_, part) => {
      const path = join(folder, `labels-${part}.csv`);
      const lines = ids
        .slice(part * 10, part * 10 + 10)
        .map((id) => `${id},${part % 2},2026-10-01T00:00:00Z,x`);
      writeFileSync(path, [header, ...lines].join('\n'));
      return run(folder, 'labels', 'add', path);
    }),
  );
  expect(outcomes.map((outcome) => outcome.json.added)).toEqual(Array(10).fill(10));
  expect((await run(folder, 'verify')).json).toMatchObject({ status: 'OK', events: 11 });
});

test('adding labels loads neither DuckDB nor ONNX Runtime', async () => {
  const folder = await workspace();
  const loaded = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  const path = labelsFile(folder, `${ids[0]},0,2026-10-01T00:00:00Z,x`);
  await runMlops(['-C', folder, '--as-of', asOf, 'labels', 'add', path], { env: { MLOPS_CACHE: loaded } });
  const { readdirSync } = await import('node:fs');
  expect(readdirSync(loaded).map((name) => name.split('-')[0])).toEqual(['sqlite']);
});
