import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectRefusal, file, refuse } from './bad-input.ts';
import { runMlops } from './run-mlops.ts';

const header = 'prediction_id,timestamp,a,b,target\n';
const row = (index: number, b: string | number = index * 1.5) =>
  `p${index},2026-08-03T00:00:00Z,${index},${b},${index % 2}\n`;
const rows = Array.from({ length: 60 }, (_, index) => row(index)).join('');
const good = file('good.csv', header + rows);
const schema = file(
  'schema.json',
  JSON.stringify({ fields: ['a', 'b'].map((name) => ({ name, type: 'number' })) }),
);
const folder = mkdtempSync(join(tmpdir(), 'mlops-test-'));
const model = join(folder, 'model.onnx');
const out = (name: string) => join(folder, name);

const unreadable: readonly (readonly [string, string, number, string])[] = [
  ['missing', join(folder, 'nowhere.csv'), 66, 'no such file'],
  ['empty', file('f.csv', ''), 65, 'is empty'],
  ['blank', file('f.csv', '\n \n'), 65, 'has no header'],
  [
    'binary',
    file(
      'f.csv',
      Uint8Array.from({ length: 4096 }, (_, index) => index % 256),
    ),
    65,
    'is not text',
  ],
  [
    'binary without zero bytes',
    file(
      'f.csv',
      Uint8Array.from({ length: 4096 }, (_, i) => 128 + (i % 100)),
    ),
    65,
    'not UTF-8',
  ],
  ['Parquet that is cut short', file('f.parquet', 'PAR1abcdef'), 65, 'is cut short'],
  ['a folder', join(file('f', ''), '..'), 64, 'the format of'],
  [
    'Latin-1',
    file('f.csv', Buffer.from(`${header}${rows}caf\xe9,2026-08-03T00:00:00Z,1,2,0\n`, 'latin1')),
    65,
    'line 62: not UTF-8',
  ],
  ['without header', file('f.csv', rows), 65, 'its first line holds numbers'],
  ['with a name twice', file('f.csv', `a,A,b,target\n1,2,3,0\n`), 65, "the header names 'A' twice"],
  [
    'with a short row',
    file('f.csv', `${header}${row(1)}p2,2026-08-03T00:00:00Z,1\n`),
    65,
    'line 3: 3 cells where the header has 5',
  ],
  [
    'with a long row',
    file('f.csv', `${header}${row(1)}p2,2026-08-03T00:00:00Z,1,2,0,9\n`),
    65,
    'line 3: 6 cells where the header has 5',
  ],
  [
    'with an open quote',
    file('f.csv', `${header}${row(1)}p2,2026-08-03T00:00:00Z,"1,2,0\n`),
    65,
    'line 3: a quote is not closed',
  ],
  ['JSON with a broken line', file('f.jsonl', '{"a":1,"b":2}\n\n{"a":\n'), 65, 'line 3: not JSON'],
  ['JSON with a list', file('f.jsonl', '{"a":1,"b":2}\n[1,2]\n'), 65, 'a line is not a JSON object'],
];

const readers: readonly (readonly [string, (path: string) => readonly string[]])[] = [
  ['drift', (path) => ['drift', '--reference', good, '--current', path, '--html', out('never.html')]],
  ['schema infer', (path) => ['schema', 'infer', path, '--output', out('never.json')]],
  ['validate', (path) => ['validate', path, '--schema', schema]],
  ['train', (path) => ['train', '--data', path, '--target', 'target', '--output', out('never.onnx')]],
  ['score', (path) => ['score', '--model', model, '--input', path, '--output', out('never.csv')]],
];

describe.each(readers)('%s refuses a file', (_, commandLine) => {
  test.each(unreadable)('%s', async (_name, path, code, says) => {
    if (!existsSync(model))
      await runMlops(['train', '--data', good, '--target', 'target', '--output', model]);
    expectRefusal(await runMlops(commandLine(path)), { code, says });
    for (const name of ['never.html', 'never.json', 'never.onnx', 'never.csv'])
      expect(existsSync(out(name))).toBe(false);
  });
});

describe.each(['abc', 'Infinity', '1e999', '"1,000"', '1_000'])('%s is no number', (cell) => {
  const path = file('f.csv', `${header}${rows}${row(61, cell)}`);
  test.each(readers.filter(([name]) => name !== 'validate'))('for %s', async (name, commandLine) => {
    if (!existsSync(model))
      await runMlops(['train', '--data', good, '--target', 'target', '--output', model]);
    const says = name === 'score' ? "row 61, column 'b' is no finite number" : "row 61, column 'b'";
    expectRefusal(await runMlops(commandLine(path)), { code: 65, says });
  });
});

describe('drift', () => {
  const drift = (current: string, ...more: readonly string[]) => [
    'drift',
    '--reference',
    good,
    '--current',
    current,
    '--minimum-rows',
    '10',
    ...more,
  ];

  test('refuses files without rows', () =>
    refuse(drift(file('f.csv', header)), { code: 65, says: 'has no rows' }));

  test('says which columns only one side has', async () => {
    const { code, stdout } = await runMlops(drift(file('f.csv', `a,c\n${'1,2\n'.repeat(20)}`), '--json'));
    expect(code).toBeLessThan(3);
    expect(JSON.parse(stdout).notes).toEqual([
      expect.stringMatching(/^not compared, only in .*good\.csv: prediction_id, timestamp, b, target$/),
      expect.stringMatching(/^not compared, only in .*f\.csv: c$/),
    ]);
  });

  test('takes a column without values for drifted, and a constant one for what it is', async () => {
    const missing = file('f.csv', `a,b\n${'1,\n'.repeat(20)}`);
    const { stdout } = await runMlops(drift(missing, '--json'));
    const [a, b] = JSON.parse(stdout).features;
    expect(a).toMatchObject({ name: 'a', drifted: true });
    expect(b).toMatchObject({
      name: 'b',
      score: null,
      drifted: true,
      note: expect.stringContaining('all values are missing'),
    });
  });

  test.each([
    ['is not JSON', '{', 78, 'is not JSON'],
    ['is not UTF-8', Buffer.from('{"fields":[{"name":"\xe9","type":"number"}]}', 'latin1'), 78, 'not UTF-8'],
    ['is a list', '[]', 78, 'the document: expected an object'],
    ['has no fields', '{"a":1}', 78, 'fields: missing; expected a list'],
    [
      'has an unknown type',
      '{"fields":[{"name":"a","type":"float"}]}',
      78,
      'expected one of number, integer',
    ],
    [
      'has an unknown constraint',
      '{"fields":[{"name":"a","type":"number","constraints":{"min":1}}]}',
      78,
      "unknown key 'min'",
    ],
    [
      'names a field twice',
      '{"fields":[{"name":"a","type":"number"},{"name":"A","type":"number"}]}',
      78,
      "'A' stands twice",
    ],
    ['has no feature', '{"fields":[{"name":"a","type":"number","role":"id"}]}', 78, 'has no feature'],
    [
      'names a feature that the data lack',
      '{"fields":[{"name":"zzz","type":"number"}]}',
      65,
      'good.csv lacks zzz',
    ],
  ])('refuses a schema that %s', async (_, content, code, says) => {
    await refuse(drift(good, '--schema', file('s.json', content)), { code, says });
  });

  test.each([
    ['a folder', tmpdir(), 74, 'it is a directory'],
    ['a path through a file', join(good, 'report.html'), 74, 'a part of the path is not a directory'],
    ['a place where nothing can be made', '/proc/none/report.html', 66, 'cannot be written'],
  ])('does not write its report to %s', async (_, html, code, says) => {
    await refuse(drift(good, '--html', html), { code, says });
  });

  test('compares files of two thousand columns', async () => {
    const names = Array.from({ length: 2000 }, (_, index) => `f${index}`);
    const wide = file(
      'wide.csv',
      `${names.join(',')}\n${`${names.map((_, index) => index).join(',')}\n`.repeat(2)}`,
    );
    const { code, stdout } = await runMlops(['drift', '--reference', wide, '--current', wide, '--json']);
    expect([code, JSON.parse(stdout).features_total]).toEqual([3, 2000]);
  });
});

describe('train refuses', () => {
  const data = (target: (index: number) => string | number) =>
    file(
      'f.csv',
      `a,b,target\n${Array.from({ length: 60 }, (_, index) => `${index},${index % 7},${target(index)}\n`).join('')}`,
    );
  test.each([
    ['too few rows', file('f.csv', 'a,target\n1,0\n'), 'target', '1 row is too few'],
    ['a target that is no column', good, 'nothing', "column 'nothing' is missing"],
    ['a target that is 2', data((index) => index % 3), 'target', 'the target is 2 in row 3'],
    ['a target of words', data((index) => (index % 2 === 0 ? 'no' : 'yes')), 'target', 'holds text'],
    ['a target that is missing', data((index) => (index === 4 ? '' : index % 2)), 'target', 'row 5'],
    ['a target that is always 0', data(() => 0), 'target', 'target'],
  ])('%s', async (_, path, target, says) => {
    await refuse(['train', '--data', path, '--target', target, '--output', out('never.onnx')], {
      code: 65,
      says,
    });
    expect(existsSync(out('never.onnx'))).toBe(false);
  });
});
