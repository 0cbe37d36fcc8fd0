import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { quoteText, withDuckDb } from '../../src/data/duckdb.ts';
import { type DriftResult, driftResultDefinition } from '../../src/data/results/drift.ts';
import { randomFrom } from '../../src/training/random.ts';
import { file, refuse } from './bad-input.ts';
import { runMlops } from './run-mlops.ts';

type Row = readonly [age: number, income: number, region: string];

function rowsOf(seed: number, rows: number): readonly Row[] {
  const random = randomFrom(seed);
  return Array.from({ length: rows }, () => [
    Math.round(20 + 50 * random()),
    Math.round(300_000 * random()) / 100,
    ['north', 'south', 'east'][Math.floor(3 * random())] ?? '',
  ]);
}

const header = ['age', 'income', 'region'];
const csv = (names: readonly string[], rows: readonly (readonly (string | number)[])[]) =>
  `${[names, ...rows].map((row) => row.join(',')).join('\n')}\n`;

const current = rowsOf(2, 400);
const reference = file('reference.csv', csv(header, rowsOf(1, 800)));
const calm = csv(header, current);

async function drift(
  path: string,
  before = reference,
): Promise<DriftResult & { readonly code: number | null }> {
  const { code, stdout, stderr } = await runMlops([
    '--json',
    'drift',
    '--reference',
    before,
    '--current',
    path,
  ]);
  expect(stderr).toBe('');
  return { code, ...driftResultDefinition.parse(JSON.parse(stdout)) };
}

const kinds = ({ issues = [] }: DriftResult) => issues.map(({ kind, feature }) => [kind, feature]);
const drifted = ({ features }: DriftResult) =>
  features.filter((each) => each.drifted).map(({ name }) => name);

describe('the two files differ in their columns', () => {
  test('one is missing, one is more, in another order', async () => {
    const rows = current.map(([age, , region]) => [region, 1, age]);
    const result = await drift(file('f.csv', csv(['region', 'more', 'age'], rows)));
    expect(result).toMatchObject({ code: 0, features_total: 2 });
    expect(result.notes).toEqual([
      expect.stringMatching(/^not compared, only in .*reference\.csv: income$/),
      expect.stringMatching(/^not compared, only in .*f\.csv: more$/),
      expect.stringMatching(/^in another order in .*f\.csv: region, age$/),
    ]);
  });

  test('one that the schema does not name is found', async () => {
    const fields = header.map((name) => ({ name, type: name === 'region' ? 'string' : 'number' }));
    const schema = file('schema.json', JSON.stringify({ fields }));
    const more = file(
      'f.csv',
      csv(
        [...header, 'more'],
        current.map((row) => [...row, 1]),
      ),
    );
    const line = ['--json', 'drift', '--reference', reference, '--current', more, '--schema', schema];
    const { code, stdout } = await runMlops(line);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).issues).toMatchObject([
      { kind: 'extra_column', feature: 'more', confidence: 0.5 },
    ]);
  });

  test.each([
    ['words', ([, income, region]: Row) => ['old', income, region], 'age', "such as 'old'"],
    [
      'a decimal comma',
      ([age, income, region]: Row) => [age, `"${income.toFixed(2).replace('.', ',')}"`, region],
      'income',
      'written with a decimal comma',
    ],
    [
      'thousands separators',
      ([age, income, region]: Row) => [age, `"1,${Math.round(100 + (income % 900))}"`, region],
      'income',
      'written with thousands separators',
    ],
    [
      'codes for words',
      ([age, income, region]: Row) => [age, income, region.length],
      'region',
      'holds numbers',
    ],
  ])('the type of one is another: %s', async (_, change, feature, says) => {
    const result = await drift(file('f.csv', csv(header, current.map(change))));
    expect(drifted(result)).toEqual([feature]);
    expect(result.features.find(({ name }) => name === feature)).toMatchObject({
      score: null,
      note: expect.stringContaining('its values cannot be compared; looks like a fault of the data'),
    });
    expect(result.issues).toMatchObject([
      { kind: 'type_break', feature, rows: 400, confidence: 1, sentence: expect.stringContaining(says) },
    ]);
  });

  test('times are written in three formats', async () => {
    const formats = ['2026-08-03', '03/08/2026', 'Aug 3 2026'];
    const names = [...header, 'sent'];
    const before = file(
      'b.csv',
      csv(
        names,
        rowsOf(1, 800).map((row) => [...row, '2026-08-03T10:00:00Z']),
      ),
    );
    const after = file(
      'a.csv',
      csv(
        names,
        current.map((row, index) => [...row, formats[index % 3] ?? '']),
      ),
    );
    const { issues } = await drift(after, before);
    expect(issues).toMatchObject([
      { kind: 'type_break', feature: 'sent', sentence: expect.stringContaining('written in 3 formats') },
    ]);
  });
});

describe('one side says little', () => {
  test('it has a header alone', () =>
    refuse(['drift', '--reference', file('f.csv', csv(header, [])), '--current', reference], {
      code: 65,
      says: 'has no rows',
    }));

  test('it has one row', async () => {
    const result = await drift(file('f.csv', csv(header, current.slice(0, 1))));
    expect(result).toMatchObject({ code: 3, status: 'UNKNOWN', issues: [] });
  });

  test('all of its values are missing', async () => {
    const result = await drift(
      file(
        'f.csv',
        csv(
          header,
          current.map(() => ['', '', '']),
        ),
      ),
    );
    expect(result).toMatchObject({ code: 2, features_drifted: 3 });
    expect(kinds(result)).toEqual(header.map((name) => ['missing_jump', name]));
  });

  test('all of its rows are equal', async () => {
    const result = await drift(
      file(
        'f.csv',
        csv(
          header,
          current.map(() => [41, 2000.5, 'north']),
        ),
      ),
    );
    expect(result).toMatchObject({ code: 2, features_drifted: 3 });
    expect(kinds(result).slice(0, 3)).toEqual(header.map((name) => ['constant', name]));
  });

  test('the reference is constant, and the current data are another constant or vary', async () => {
    const constant = file(
      'c.csv',
      csv(
        header,
        current.map(([, income, region]) => [7, income, region]),
      ),
    );
    const moved = file(
      'm.csv',
      csv(
        header,
        current.map(([, income, region]) => [8, income, region]),
      ),
    );
    expect(drifted(await drift(moved, constant))).toEqual(['age']);
    expect(drifted(await drift(file('f.csv', calm), constant))).toEqual(['age']);
    expect(drifted(await drift(constant, constant))).toEqual([]);
  });
});

test('a hundred thousand categories', async () => {
  const rows = Array.from({ length: 100_000 }, (_, row) => [row % 51, row % 3000, `c${row}`]);
  const result = await drift(file('f.csv', csv(header, rows)));
  expect(kinds(result)).toContainEqual(['unseen_category', 'region']);
});

describe('names and values of a file command nothing', () => {
  const names = ['\u001b[2Jgone', '<script>alert(1)</script>', '\u202Eesrever', 'b\u0007ell\u009b31m'];
  const wild = (seed: number, by: number) => {
    const random = randomFrom(seed);
    const value = (index: number) =>
      index === 1 ? '<img src=x onerror=alert(2)>\u001b]0;title' : by + random();
    return file(
      'f.csv',
      csv(
        names,
        Array.from({ length: 300 }, () => names.map((_, index) => value(index))),
      ),
    );
  };

  test('neither the terminal nor the page', async () => {
    const html = join(mkdtempSync(join(tmpdir(), 'mlops-test-')), 'report.html');
    const line = ['drift', '--reference', wild(1, 0), '--current', wild(2, 9), '--html', html];
    const { code, stdout } = await runMlops(line);
    expect(code).toBe(2);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none may come through
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(stdout).toContain('⟨U+001B⟩[2Jgone');
    const page = readFileSync(html, 'utf8');
    expect(page).not.toMatch(/<script>alert|<img/);
    expect(page).toContain('&lt;script>alert(1)');
  });

  test('nor a message', () =>
    refuse(
      ['drift', '--reference', file('f.csv', 'x\u001b[31m,a\n1,2\n1,2\nno,2\n'), '--current', reference],
      {
        code: 65,
        says: "column 'x⟨U+001B⟩[31m': 'no' is no number",
      },
    ));
});

describe('compressed files', () => {
  const lines = current
    .map(([age, income, region]) => `${JSON.stringify({ age, income, region })}\n`)
    .join('');
  const whole: readonly (readonly [string, string, Uint8Array])[] = [
    ['CSV by gzip', 'f.csv.gz', gzipSync(calm)],
    ['CSV by Zstandard', 'f.csv.zst', zstdCompressSync(calm)],
    ['JSON Lines by gzip', 'f.jsonl.gz', gzipSync(lines)],
    ['JSON Lines by Zstandard', 'f.ndjson.zst', zstdCompressSync(lines)],
    [
      'gzip in two members',
      'f.csv.gz',
      Buffer.concat([gzipSync(calm.slice(0, 999)), gzipSync(calm.slice(999))]),
    ],
    ['CSV that only is called compressed', 'f.csv.gz', Buffer.from(calm)],
  ];

  test.each(whole)('%s', async (_, name, content) => {
    const plain = await drift(file('f.csv', calm));
    expect(await drift(file(name, content))).toEqual(plain);
  });

  test('from standard input', async () => {
    const { code, stdout } = await runMlops(['--json', 'drift', '--reference', '-', '--current', reference], {
      input: gzipSync(readFileSync(reference)),
    });
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 0, reference: { rows: 800 } });
  });

  const broken: readonly (readonly [string, string, Uint8Array, string])[] = [
    ['gzip cut short', 'f.csv.gz', gzipSync(calm).subarray(0, -20), 'is cut short'],
    ['Zstandard cut short', 'f.csv.zst', zstdCompressSync(calm).subarray(0, -20), 'is cut short'],
    ['gzip with a byte changed', 'f.csv.gz', gzipSync(calm).with(-6, 0), 'is damaged'],
    ['gzip of nothing', 'f.csv.gz', gzipSync(''), 'is empty'],
    ['gzip of something binary', 'f.csv.gz', gzipSync(gzipSync(calm)), 'is not text'],
    ['an open quote within', 'f.csv.gz', gzipSync('a,b\n1,2\n"3,4\n'), 'line 3: a quote is not closed'],
  ];
  test.each(broken)('%s is told', async (_, name, content, says) => {
    await refuse(['drift', '--reference', reference, '--current', file(name, content)], { code: 65, says });
  });

  test('validate reads them too; nothing is left behind', async () => {
    const env = { TMPDIR: mkdtempSync(join(tmpdir(), 'mlops-test-')) };
    const schema = file(
      's.json',
      JSON.stringify({ fields: header.map((name) => ({ name, type: 'string' })) }),
    );
    const path = file('f.csv.gz', gzipSync('age,income,region\n1,2,north\n,2,north\n'));
    const { code, stdout } = await runMlops(['--json', 'validate', path, '--schema', schema], { env });
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 0, rows: 2, file: path });
    expect(readdirSync(env.TMPDIR).filter((name) => name.startsWith('mlops-data-'))).toEqual([]);
  });
});

describe('Parquet of every type', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mlops-test-'));
  const path = (name: string) => join(folder, `${name}.parquet`);
  const select = `SELECT i % 97 AS whole, {'x': i} AS struct, [i, 2] AS list, map {'k': i} AS map,
    (i / 7)::DECIMAL(18, 4) AS decimal, (i / 7)::DECIMAL(38, 10) AS wide, ['a', 'b'][1 + i % 2]::ENUM('a', 'b') AS dictionary,
    TIMESTAMPTZ '2026-08-03 00:00:00+02' + to_hours(i::INTEGER % 48) AS zoned, DATE '2026-08-03' + (i % 30)::INTEGER AS day,
    170141183460469231731687303715884105727::HUGEINT - i AS huge, 18446744073709551615::UBIGINT - i AS unsigned,
    encode('x' || i) AS blob, TIME '10:00:00' AS clock, INTERVAL (i) DAY AS span, uuid() AS uuid, i % 2 = 0 AS flag,
    (i / 2)::FLOAT AS short, NULL::INTEGER AS nothing, [1::FLOAT, i::FLOAT] AS embedding FROM range(300) rows(i)`;

  beforeAll(() =>
    withDuckDb(async (connection) => {
      await connection.run(`COPY (${select}) TO ${quoteText(path('types'))}`);
      await connection.run(`COPY (SELECT struct AS whole FROM (${select})) TO ${quoteText(path('nested'))}`);
      await connection.run(`COPY (SELECT whole FROM (${select}) LIMIT 0) TO ${quoteText(path('empty'))}`);
      await connection.run(
        `COPY (SELECT CASE WHEN whole = 5 THEN 'inf'::DOUBLE ELSE whole END AS whole FROM (${select})) TO ${quoteText(path('infinite'))}`,
      );
    }),
  );

  test('is compared with itself: nothing drifted, nothing found', async () => {
    const result = await drift(path('types'), path('types'));
    expect(result).toMatchObject({ code: 0, features_drifted: 0, issues: [] });
    const scored = result.features.filter(({ score }) => score !== null).map(({ name }) => name);
    for (const name of ['whole', 'decimal', 'wide', 'dictionary', 'huge', 'flag', 'short'])
      expect(scored).toContain(name);
  });

  test('nested values where numbers were are a finding', async () => {
    expect(kinds(await drift(path('nested'), path('types')))).toEqual([['type_break', 'whole']]);
  });

  test.each([
    ['without rows', 'empty', 'has no rows'],
    ['with infinity', 'infinite', "column 'whole': 'inf' is no number"],
  ])('%s is told', async (_, name, says) => {
    await refuse(['drift', '--reference', path('types'), '--current', path(name)], { code: 65, says });
  });

  test('damaged within is told, and no report is written', async () => {
    const bytes = readFileSync(path('types'));
    const damaged = file(
      'damaged.parquet',
      Buffer.concat([bytes.subarray(0, 200), Buffer.alloc(600, 'x'), bytes.subarray(800)]),
    );
    const html = join(folder, 'never.html');
    await refuse(['drift', '--reference', path('types'), '--current', damaged, '--html', html], {
      code: 65,
      says: 'cannot be read',
    });
    expect(existsSync(html)).toBe(false);
  });
});
