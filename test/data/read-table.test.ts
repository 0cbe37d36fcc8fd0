import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withDuckDb } from '../../src/data/duckdb.ts';
import { readTable, requireColumn, type Table, textAt } from '../../src/data/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'mlops-test-'));
let files = 0;

function file(extension: string, content: string | Buffer): string {
  const path = join(folder, `${files++}.${extension}`);
  writeFileSync(path, content);
  return path;
}

async function parquet(select: string): Promise<string> {
  const path = join(folder, `${files++}.parquet`);
  await withDuckDb((connection) => connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`));
  return path;
}

/** Column by column: its type and its values, NaN and missing text as null. */
function contents(table: Table): Record<string, readonly unknown[]> {
  return Object.fromEntries(
    table.columns.map((column) => [
      column.name,
      column.kind === 'numeric'
        ? [column.type, ...Array.from(column.values, (value) => (Number.isNaN(value) ? null : value))]
        : ['string', ...Array.from(column.codes, (_, row) => textAt(column, row) ?? null)],
    ]),
  );
}

const noon = Date.UTC(2026, 7, 3, 12);

describe('CSV', () => {
  test('every type, missing values, and more rows than one vector of DuckDB holds', async () => {
    const rows = Array.from({ length: 5000 }, (_, row) => `${row},${row / 4},${row % 2 === 0},x${row % 3}`);
    const table = await readTable(file('csv', `i,n,b,s\n${rows.join('\n')}\n,NA,null,\n`));
    expect(table.rows).toBe(5001);
    const { i, n, b, s } = contents(table);
    expect(i).toEqual(['integer', ...rows.map((_, row) => row), null]);
    expect(n).toEqual(['number', ...rows.map((_, row) => row / 4), null]);
    expect(b).toEqual(['boolean', ...rows.map((_, row) => (row % 2 === 0 ? 1 : 0)), null]);
    expect(s).toEqual(['string', ...rows.map((_, row) => `x${row % 3}`), null]);
  });

  test('a byte order mark, CRLF, blanks around names, quoted commas, quotes and line ends', async () => {
    const path = file('csv', '\uFEFF a , b \r\n1,"x,y"\r\n2,"line\nend ""quoted"""\r\n');
    expect(contents(await readTable(path))).toEqual({
      a: ['integer', 1, 2],
      b: ['string', 'x,y', 'line\nend "quoted"'],
    });
  });

  test('times keep their zone', async () => {
    const path = file('csv', 't\n2026-08-03T12:00:00Z\n2026-08-03 14:00:00.250+02:00\n');
    expect(contents(await readTable(path))).toEqual({ t: ['datetime', noon, noon + 250] });
  });

  test('whole numbers of 16 digits, with exponent or with a fraction are numbers', async () => {
    const path = file('csv', 'a,b,c,d\n1234567890123456,1e3,2.0,+7\n');
    expect((await readTable(path)).columns.map((column) => column.type)).toEqual([
      'number',
      'number',
      'number',
      'integer',
    ]);
  });

  test('columns named as text stay text', async () => {
    const path = file('csv', 'id\n007\n12345678901234567890\n');
    expect(contents(await readTable(path, { text: ['id'] }))).toEqual({
      id: ['string', '007', '12345678901234567890'],
    });
  });

  test('a header alone is a table without rows; a column without values is a number', async () => {
    expect(await readTable(file('csv', 'a,b\n'))).toMatchObject({ rows: 0 });
    expect(contents(await readTable(file('csv', 'a,b\n1,\n2,\n')))).toMatchObject({
      b: ['number', null, null],
    });
  });

  test('a header longer than a mebibyte', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `${'long'.repeat(5000)}${index}`);
    const table = await readTable(file('csv', `${names.join(',')}\n${names.map(() => 1).join(',')}\n`));
    expect(table.columns.map((column) => column.name)).toEqual(names);
  });

  test('a path with the marks of a pattern, in a folder that looks like a partition', async () => {
    mkdirSync(join(folder, 'year=2026'), { recursive: true });
    const path = join(folder, 'year=2026', 'week[1]*?.csv');
    writeFileSync(path, 'a\n1\n');
    expect(contents(await readTable(path))).toEqual({ a: ['integer', 1] });
  });
});

describe('JSON Lines', () => {
  test('ragged keys, nulls, times, mixed and nested values', async () => {
    const path = file(
      'jsonl',
      [
        '{"n":1,"t":"2026-08-03T12:00:00Z","m":1,"o":{"x":1}}',
        '',
        '{"n":2.5,"b":true,"t":"2026-08-03T14:00:00+02:00","m":"one","s":null}',
        '{"b":false,"m":null,"s":"12"}',
      ].join('\n'),
    );
    expect(contents(await readTable(path))).toEqual({
      n: ['number', 1, 2.5, null],
      t: ['datetime', noon, noon, null],
      m: ['string', '1', 'one', null],
      o: ['string', '{"x":1}', null, null],
      b: ['boolean', null, 1, 0],
      s: ['string', null, null, '12'],
    });
  });
});

describe('Parquet', () => {
  test('every type; NaN is missing', async () => {
    const path = await parquet(
      `SELECT * FROM (VALUES (1::BIGINT, 'NaN'::DOUBLE, 1.25::DECIMAL(9,2), true, TIMESTAMP '2026-08-03 12:00:00', TIMESTAMPTZ '2026-08-03 12:00:00+00', 'a'), (NULL, 2, NULL, NULL, NULL, NULL, NULL)) t(i, n, d, b, t, z, s)`,
    );
    expect(contents(await readTable(path))).toEqual({
      i: ['integer', 1, null],
      n: ['number', null, 2],
      d: ['number', 1.25, null],
      b: ['boolean', 1, null],
      t: ['datetime', noon, null],
      z: ['datetime', noon, null],
      s: ['string', 'a', null],
    });
  });
});

describe('what is no data file is told with its place', () => {
  const good = parquet('SELECT 1 AS a');
  test.each([
    ['blank', 'csv', '\n\n', 'has no header'],
    ['a column of the header without name', 'csv', 'a,,b\n1,2,3\n', 'column 2 of the header has no name'],
    ['separated by semicolons', 'csv', 'a;b\n1;2\n', "has one column, 'a;b'"],
    ['UTF-16', 'csv', Buffer.from('\uFEFFa,b\n1,2\n', 'utf16le'), 'not UTF-8'],
    ['underscores in numbers', 'csv', 'a\n1\n2\n1_000\n', "row 3, column 'a': '1_000' is no number"],
    ['an unclosed quote', 'csv', 'a,b\n1,"x\n2,y\n', 'line 2: a quote is not closed'],
    ['a broken JSON line', 'jsonl', '{"a":1}\n\n{"a":\n{"a":2}\n', 'line 3: not JSON'],
    ['a JSON array', 'jsonl', '[{"a":1}]\n', 'is not JSON Lines'],
    ['a JSON line that is no object', 'jsonl', '{"a":1}\n5\n', 'a line is not a JSON object'],
    ['no Parquet', 'parquet', 'a,b\n1,2\n', 'is not a Parquet file'],
  ])('%s', async (_, extension, content, message) => {
    await expect(readTable(file(extension, content))).rejects.toMatchObject({
      exitCode: 65,
      message: expect.stringContaining(message),
    });
  });

  test('Parquet cut short', async () => {
    const whole = readFileSync(await good);
    const path = file('parquet', whole.subarray(0, whole.length - 7));
    await expect(readTable(path)).rejects.toMatchObject({ exitCode: 65, message: `${path} is cut short` });
  });

  test('Parquet damaged inside', async () => {
    const whole = Buffer.from(readFileSync(await good));
    whole.fill(0xff, 20, whole.length - 12);
    await expect(readTable(file('parquet', whole))).rejects.toMatchObject({ exitCode: 65 });
  });

  test('Infinity in Parquet', async () => {
    const path = await parquet(`SELECT unnest([1.5::DOUBLE, 'Infinity'::DOUBLE]) AS a`);
    await expect(readTable(path)).rejects.toMatchObject({
      message: expect.stringContaining("row 2, column 'a': 'inf' is no number"),
    });
  });
});

test('an aborted signal stops the reading with its reason', async () => {
  const reason = new Error('enough');
  await expect(readTable(file('csv', 'a\n1\n'), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test('numbers and text by name', async () => {
  const table = await readTable(file('csv', 'b,a\n1,x\n'));
  expect(requireColumn(table, 'a').kind).toBe('text');
});
