import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withDuckDb } from '../../src/data/duckdb.ts';
import { fetchTable } from '../../src/data/fetch-table.ts';
import { inferTypes } from '../../src/data/infer-types.ts';
import type { InputFile } from '../../src/data/input-file.ts';
import { inspectFile } from '../../src/data/inspect-file.ts';
import { readPlainCsv } from '../../src/data/read-plain-csv.ts';
import { openSource, reading } from '../../src/data/source.ts';
import { type Column, type Table, textAt } from '../../src/data/table.ts';
import { randomFrom } from '../../src/training/random.ts';

const folder = mkdtempSync(join(tmpdir(), 'mlops-test-'));
let files = 0;

function file(content: string | Buffer): InputFile {
  const path = join(folder, `${files++}.csv`);
  writeFileSync(path, content);
  return { path, name: path, format: 'csv' };
}

function readPlain(input: InputFile): Promise<Table | undefined> {
  const header = inspectFile(input.path, 'csv', input.name);
  return readPlainCsv(input, header, { text: [], mostBytes: 2 ** 30 });
}

function readByDuckDb(input: InputFile): Promise<Table> {
  return withDuckDb(async (connection) => {
    const source = await openSource(connection, input);
    const typed = await inferTypes(connection, source, []);
    return reading(source, () => fetchTable(connection, source, typed));
  });
}

/** Every bit of the numbers, so that -0 is not 0; a missing value has no bits of its own. */
function contents({ rows, columns }: Table): unknown {
  return { rows, columns: columns.map((column) => [column.name, column.type, values(column)]) };
}

function values(column: Column): readonly unknown[] {
  if (column.kind === 'text')
    return [column.dictionary, ...Array.from(column.codes, (_, row) => textAt(column, row) ?? null)];
  return Array.from(column.values, (value) =>
    Object.is(value, -0) ? '-0' : Number.isNaN(value) ? null : value,
  );
}

/** What either way of reading makes of a file: its table, or the refusal. */
async function outcome(read: () => Promise<Table>): Promise<unknown> {
  try {
    return contents(await read());
  } catch (error) {
    return String(error);
  }
}

async function expectSame(content: string | Buffer): Promise<boolean> {
  const input = file(content);
  const plain = await readPlain(input);
  if (plain === undefined) return false;
  expect(contents(plain)).toEqual(await outcome(() => readByDuckDb(input)));
  return true;
}

describe('is read without DuckDB, to the same bits', () => {
  test.each([
    ['whole and broken numbers', 'a,b\n1,0.1\n-2,-0.25\n0,123456.789\n'],
    ['zeros and their signs', 'a,b\n-0,0.0\n0,-0.000\n00,000.10\n'],
    ['digits that no double holds', 'a\n0.30000000000000004\n9007199254740993\n1.7976931348623157e308\n'],
    [
      'numbers close to the middle of two doubles',
      'a\n1.0000000000000001110223\n5e-324\n2.4703282292062328e-324\n',
    ],
    ['exponents', 'a,b\n1e3,1E-3\n-2.5e+10,0e0\n'],
    ['whole numbers of 15 and of 16 digits', 'a,b\n999999999999999,1000000000000000\n'],
    ['leading zeros', 'a,b\n007,0000000000000000007\n'],
    ['every word for a missing value', 'a,b\n1,NA\n,N/A\nNaN,nan\nnull,NULL\nNone,2\n'],
    ['a column without values', 'a,b\n1,\n2,NA\n'],
    ['no row', 'a,b\n'],
    ['no line end at the end', 'a,b\n1,2\n3,4'],
    ['CRLF', 'a,b\r\n1,y\r\n3,x\r\n'],
    ['CRLF, none at the end', 'a,b\r\n1,x\r\n3,NA'],
    ['a byte order mark', '\uFEFFa,b\n1,2\n'],
    ['a quoted header', '"a, b",c\n1,2\n'],
    ['words, with blanks and marks within', 'a,b\nred,1\nlight blue,2\nNA,3\nred,4\nÄpfel & Öl;=,5\n'],
    ['words that hold minus, plus, colon', 'a\nx-1\ny+2\nT:3\n'],
    ['one column', 'a\n1\n2\n'],
  ])('%s', async (_, content) => {
    expect(await expectSame(content)).toBe(true);
  });

  test('more than one block, with lines that end across its bounds', async () => {
    const rows = Array.from({ length: 150_000 }, (_, row) => `${row},${row / 7},w${row % 11}`);
    expect(await expectSame(`i,n,s\n${rows.join('\n')}\n`)).toBe(true);
  });

  test('lines that become shorter, so that there are more rows than the first block lets expect', async () => {
    const long = Array.from({ length: 12_000 }, (_, row) => `${'0'.repeat(90)}${row},1`);
    const short = Array.from({ length: 500_000 }, () => '1,2');
    expect(await expectSame(`a,b\n${long.join('\n')}\n${short.join('\n')}\n`)).toBe(true);
  });
});

describe('is left to DuckDB', () => {
  test.each([
    ['quotes', 'a,b\n1,"2"\n'],
    ['a quote within a word', 'a\nx"y\n'],
    ['blanks around a number', 'a,b\n1, 2\n'],
    ['a blank after a word', 'a,b\n1,x \n'],
    ['a row of too few cells', 'a,b\n1\n'],
    ['a row of too many cells', 'a,b\n1,2,3\n'],
    ['an empty line', 'a,b\n1,2\n\n3,4\n'],
    ['an empty line of a single column', 'a\n1\n\n2\n'],
    ['line ends of two kinds', 'a,b\r\n1,2\n3,4\r\n'],
    ['a lone carriage return', 'a,b\n1,2\r3,4\n'],
    ['numbers and words in a column', 'a\n1\n2\nx\n'],
    ['a number larger than any double', 'a\n1e400\n'],
    ['infinity', 'a\nInfinity\n'],
    ['thousands separators', 'a\n1_000\n'],
    ['a plus sign', 'a\n+1\n'],
    ['a point without digits on one side', 'a,b\n.5,5.\n'],
    ['hexadecimal', 'a\n0x10\n'],
    ['true and false', 'a\ntrue\nfalse\n'],
    ['times', 'a\n2026-08-03T12:00:00Z\n'],
    ['words that a zone ends', 'a\nnoonZ\n'],
    ['a zero byte past those that are looked at first', `a\n${'x\n'.repeat(600_000)}x\0y\n`],
    ['bytes that are not UTF-8 there', Buffer.from(`a\n${'x\n'.repeat(600_000)}x\xff\n`, 'latin1')],
    ['a header that goes on in the next line', '"a\nb",c\n1,2\n'],
    ['a header alone, without a line end', 'a,b'],
  ])('%s', async (_, content) => {
    expect(await readPlain(file(content))).toBeUndefined();
  });

  test('more values than may be held', async () => {
    const input = file('a,b\n1,2\n3,4\n');
    expect(await readPlainCsv(input, ['a', 'b'], { text: [], mostBytes: 8 })).toBeUndefined();
  });

  test('a column that is to stay text', async () => {
    const input = file('a,b\n007,2\n');
    expect(await readPlainCsv(input, ['a', 'b'], { text: ['a'], mostBytes: 1e6 })).toBeUndefined();
  });
});

test('files of odd cells are read alike or left to DuckDB', async () => {
  const random = randomFrom(7);
  const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)];
  const cells = [
    '1',
    '-0',
    '12.50',
    '1e5',
    '-3.25e-7',
    '',
    'NA',
    'red',
    'x y',
    ' 1',
    '1 ',
    '.5',
    '5.',
    '-',
    '--1',
    '1.2.3',
  ];
  const more = [
    '0x1',
    '1,2',
    '"q"',
    'true',
    'inf',
    'nan',
    '1e400',
    '99999999999999999999',
    'e5',
    '1e',
    '1d',
    'é',
    '\t1',
    '\v2',
  ];
  let plain = 0;
  for (let round = 0; round < 200; round++) {
    const from = round % 2 === 0 ? cells.slice(0, 9) : [...cells, ...more];
    const rows = Array.from({ length: 1 + Math.floor(random() * 3) }, () => `${pick(from)},${pick(from)}`);
    const lineEnd = pick(['\n', '\r\n']) ?? '\n';
    if (await expectSame(['a,b', ...rows].join(lineEnd) + (pick([lineEnd, '']) ?? ''))) plain++;
  }
  expect(plain).toBeGreaterThan(20);
});
