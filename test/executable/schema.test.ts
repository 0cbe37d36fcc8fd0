import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { executable, runMlops } from './run-mlops.ts';

const root = join(import.meta.dirname, '..', '..');
const fixture = (name: string) => join(root, 'fixtures', name);
const folder = mkdtempSync(join(tmpdir(), 'mlops-test-'));
const file = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const published = (name: string) =>
  new Ajv2020().compile(JSON.parse(readFileSync(join(root, 'schemas', `${name}.schema.json`), 'utf8')));

const ofTypes = file(
  'types.json',
  JSON.stringify({
    fields: [
      { name: 'id', type: 'string', role: 'id', constraints: { unique: true, required: true } },
      { name: 't', type: 'datetime' },
      { name: 'n', type: 'number', constraints: { minimum: 0, maximum: 10 } },
      { name: 'i', type: 'integer', constraints: { enum: [1, 2, 3] } },
      { name: 'b', type: 'boolean' },
      { name: 's', type: 'string', constraints: { pattern: '[a-z]+', minLength: 2, maxLength: 4 } },
      { name: 'label', type: 'integer', role: 'target' },
    ],
  }),
);
const header = 'id,t,n,i,b,s';
const goodRow = 'x,2026-08-03T00:00:00Z,1,1,true,abc';

interface Broken {
  readonly column: string;
  readonly rule: string;
}

async function brokenRules(path: string, schema: string, input?: string) {
  const outcome = await runMlops(
    ['--json', 'validate', path, '--schema', schema],
    input === undefined ? {} : { input },
  );
  const result = JSON.parse(outcome.stdout);
  expect(published('validate')(result)).toBe(true);
  expect(outcome.code).toBe(result.valid ? 0 : 65);
  expect(result.valid).toBe(result.rules.length === 0);
  return result.rules.map(({ expected: _, ...rule }: Broken & { expected: string }) => rule);
}

describe('a drafted schema', () => {
  test.each(['reference.csv', 'stream.csv'])('of %s is fulfilled by the file itself', async (name) => {
    const output = join(folder, `${name}.json`);
    const drafted = await runMlops(['schema', 'infer', fixture(name), '--output', output]);
    expect(drafted).toMatchObject({ code: 0, stderr: '' });
    expect(published('table-schema')(JSON.parse(readFileSync(output, 'utf8')))).toBe(true);
    expect(await brokenRules(fixture(name), output)).toEqual([]);
  });

  test('has types, ranges, values, missing rates and roles, and is the same with --json and from standard input', async () => {
    const rows = Array.from(
      { length: 30 },
      (_, row) =>
        `00${row},2026-08-03T00:00:${10 + row}Z,${row % 2},${row === 0 ? '' : row / 2},${row % 3},c${row % 3},text ${row},`,
    );
    const csv = `prediction_id,timestamp,paid,n,few,colour,words,nothing\n${rows.join('\n')}\n`;
    const path = file('all.csv', csv);
    const { stdout } = await runMlops(['schema', 'infer', path, '--target', 'paid']);
    expect(
      (await runMlops(['--json', 'schema', 'infer', '-', '--target', 'paid'], { input: csv })).stdout,
    ).toBe(stdout);
    expect(JSON.parse(stdout).fields).toEqual([
      {
        name: 'prediction_id',
        type: 'string',
        role: 'id',
        missingRate: 0,
        constraints: { required: true, unique: true },
      },
      { name: 'timestamp', type: 'datetime', role: 'time', missingRate: 0, constraints: { required: true } },
      { name: 'paid', type: 'integer', role: 'target', missingRate: 0, constraints: { enum: [0, 1] } },
      { name: 'n', type: 'number', missingRate: 1 / 30, constraints: { minimum: 0.5, maximum: 14.5 } },
      { name: 'few', type: 'integer', missingRate: 0, constraints: { minimum: 0, maximum: 2 } },
      { name: 'colour', type: 'string', missingRate: 0, constraints: { enum: ['c0', 'c1', 'c2'] } },
      { name: 'words', type: 'string', missingRate: 0, measure: 'text' },
      {
        name: 'nothing',
        type: 'number',
        missingRate: 1,
        description: 'no value was seen; the type is a guess',
      },
    ]);
  });

  test.each([
    ['no rows', 'a,b\n', [], 65, 'has no rows'],
    ['no such target', 'a\n1\n', ['--target', 'b'], 65, "has no column 'b'"],
    ['an unknown format', 'a\n1\n', ['--format', 'xls'], 64, "'xls' is no file format"],
  ])('is not drafted from %s', async (name, content, options, code, message) => {
    const output = join(folder, 'never.json');
    const path = file(`${name}.csv`, content);
    const outcome = await runMlops(['schema', 'infer', path, ...options, '--output', output]);
    expect(outcome).toMatchObject({ code, stdout: '' });
    expect(outcome.stderr).toContain(message);
    expect(readdirSync(folder)).not.toContain('never.json');
  });
});

describe('each broken rule has its count, rows, lines and examples', () => {
  const place = (row: number, ...examples: string[]) => ({
    count: 1,
    rows: [row],
    lines: [row + 1],
    examples,
  });
  test.each([
    ['id', 'required', '', []],
    ['t', 'type', 'yesterday', ['yesterday']],
    ['t', 'time_zone', '2026-08-03 00:00:00', ['2026-08-03 00:00:00']],
    ['n', 'type', 'one', ['one']],
    ['n', 'type', 'Infinity', ['Infinity']],
    ['n', 'type', '1e999', ['1e999']],
    ['n', 'type', '"1,000"', ['1,000']],
    ['n', 'minimum', '-0.5', ['-0.5']],
    ['n', 'maximum', '10.5', ['10.5']],
    ['i', 'type', '1.5', ['1.5']],
    ['i', 'enum', '4', ['4']],
    ['b', 'type', 'yes', ['yes']],
    ['s', 'pattern', 'ABC', ['ABC']],
    ['s', 'min_length', 'a', ['a']],
    ['s', 'max_length', 'abcde', ['abcde']],
  ])('%s: %s by %s', async (column, rule, cell, examples) => {
    const cells = goodRow.split(',');
    cells[header.split(',').indexOf(column)] = cell;
    const path = file(
      `${column}-${rule}-${cell.length}.csv`,
      `${header}\n${goodRow}\n${cells.join(',').replace(/^x/, 'y')}\n`,
    );
    expect(await brokenRules(path, ofTypes)).toEqual([{ column, rule, ...place(2, ...examples) }]);
  });

  test('missing values, 2.0 for a whole number, and columns in another order break nothing', async () => {
    expect(await brokenRules('-', ofTypes, 's,b,i,n,t,id\nabc,1,2.0,NaN,,x\n,,,,,y\n')).toEqual([]);
  });

  test('repeated values are those after the first', async () => {
    const rows = ['a', 'b', 'a', 'c', 'a'].map((id) => goodRow.replace('x', id)).join('\n');
    expect(await brokenRules('-', ofTypes, `${header}\n${rows}\n`)).toEqual([
      { column: 'id', rule: 'unique', count: 2, rows: [3, 5], lines: [4, 6], examples: ['a'] },
    ]);
  });

  test('a primary key of two columns', async () => {
    const schema = file(
      'key.json',
      JSON.stringify({
        fields: [
          { name: 'a', type: 'integer' },
          { name: 'b', type: 'string' },
        ],
        primaryKey: ['a', 'b'],
      }),
    );
    expect(await brokenRules('-', schema, 'a,b\n1,x\n1,y\n1,x\n2,\n')).toEqual([
      { column: 'b', rule: 'required', ...place(4) },
      { column: 'a, b', rule: 'primary_key', ...place(3, '1, x') },
    ]);
  });

  test('a column missing, one unexpected; those of predictions and the target are free', async () => {
    const none = { count: 1, rows: [], lines: [], examples: [] };
    const csv = `${header.replace(',n', '')},probability,extra\n${goodRow.replace(',1,1', ',1')},0.5,\n`;
    expect(await brokenRules('-', ofTypes, csv)).toEqual([
      { column: 'n', rule: 'missing_column', ...none },
      { column: 'extra', rule: 'unexpected_column', ...none },
    ]);
  });

  test('lines are exact behind blank lines and quoted line ends; only the first rows are listed', async () => {
    const schema = file(
      'one.json',
      JSON.stringify({
        fields: [
          { name: 'a', type: 'integer' },
          { name: 'b', type: 'string' },
        ],
      }),
    );
    const csv = `a,b\r\n1,"two\r\nlines"\r\n\r\n${'x,y\r\n'.repeat(12)}`;
    expect(await brokenRules('-', schema, csv)).toEqual([
      {
        column: 'a',
        rule: 'type',
        count: 12,
        rows: Array.from({ length: 10 }, (_, index) => index + 2),
        lines: Array.from({ length: 10 }, (_, index) => index + 5),
        examples: ['x'],
      },
    ]);
  });

  test('an id may be stored as a number, and is what schema infer drafts of it', async () => {
    const rows = '{"prediction_id":1,"x":1.5}\n{"prediction_id":2,"x":2}\n';
    const { stdout } = await runMlops(['schema', 'infer', '-'], { input: rows });
    expect(await brokenRules('-', file('ids.json', stdout), rows)).toEqual([]);
  });

  test('numbers as text in JSON Lines', async () => {
    const schema = file('n.json', JSON.stringify({ fields: [{ name: 'n', type: 'number' }] }));
    expect(await brokenRules('-', schema, '{"n":1}\n\n{"n":"2"}\n{}\n{"n":true}\n')).toEqual([
      { column: 'n', rule: 'type', count: 2, rows: [2, 4], lines: [3, 5], examples: ['2', 'true'] },
    ]);
  });
});

describe('what cannot be held to a schema is a failure, not a report', () => {
  test.each([
    ['a missing file', join(folder, 'nowhere.csv'), ofTypes, 66, 'no such file'],
    ['an empty file', file('empty.csv', ''), ofTypes, 65, 'is empty'],
    [
      'a ragged file',
      file('ragged.csv', `${header}\n${goodRow},x\n`),
      ofTypes,
      65,
      'line 2: 7 cells where the header has 6',
    ],
    [
      'a file not in UTF-8',
      file('latin.csv', Buffer.from(`${header}\n${goodRow}\xe9\n`, 'latin1')),
      ofTypes,
      65,
      'not UTF-8',
    ],
    [
      'a schema that is none',
      fixture('reference.csv'),
      file('no.json', '{"fields":[]}'),
      78,
      'is not a Table Schema',
    ],
    [
      'a constraint that does not fit its type',
      fixture('reference.csv'),
      file('misfit.json', '{"fields":[{"name":"age","type":"integer","constraints":{"minimum":"young"}}]}'),
      78,
      'does not fit',
    ],
    [
      'a pattern that is none',
      fixture('reference.csv'),
      file('pattern.json', '{"fields":[{"name":"age","type":"string","constraints":{"pattern":"("}}]}'),
      78,
      'is not understood',
    ],
  ])('%s', async (_, path, schema, code, message) => {
    const outcome = await runMlops(['validate', path, '--schema', schema]);
    expect(outcome).toMatchObject({ code, stdout: '' });
    expect(outcome.stderr).toContain(message);
  });

  test('standard input for both sides of drift', async () => {
    const outcome = await runMlops(['drift', '--reference', '-', '--current', '-'], { input: 'a\n1\n' });
    expect(outcome.code).toBe(64);
    expect(outcome.stderr).toContain('standard input is asked for twice');
  });
});

test('Ctrl-C while standard input is read ends with 130 and leaves nothing', async () => {
  const temporary = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  const child = spawn(executable, ['validate', '-', '--schema', ofTypes], {
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.stdin.on('error', () => undefined);
  const feeding = setInterval(() => {
    child.stdin.write(`${header}\n`);
    if (readdirSync(temporary).length > 0) child.kill('SIGINT');
  }, 20);
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(feeding);
  expect(code).toBe(130);
  expect(readdirSync(temporary)).toEqual([]);
});
