import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { heldBytes } from '../../src/data/column-source.ts';
import { withDuckDb } from '../../src/data/duckdb.ts';
import { columnGroups, heldColumns, readTable, sampleRows, withColumns } from '../../src/data/index.ts';
import { randomFrom } from '../../src/training/random.ts';

const folder = mkdtempSync(join(tmpdir(), 'mlops-test-'));

test('columns too large to be held together are read in groups, to the same values', async () => {
  const rows = 1_000_000;
  const width = Math.ceil(heldBytes / 8 / rows) + 1;
  const path = join(folder, 'large.parquet');
  const columns = Array.from(
    { length: width },
    (_, column) => `${column < 4 ? `range * ${column}` : '0'} AS c${column}`,
  );
  await withDuckDb((connection) =>
    connection.run(`COPY (SELECT ${columns.join(', ')} FROM range(${rows})) TO '${path}' (FORMAT parquet)`),
  );
  await withColumns(path, {}, async (source) => {
    expect(source.rows).toBe(rows);
    expect(source.together * rows * 8).toBeLessThanOrEqual(heldBytes);
    expect(source.together).toBeLessThan(width);
    const { columns: read } = await source.read(['c3', 'c1']);
    expect(read.map((column) => column.name)).toEqual(['c3', 'c1']);
    expect(read.map((column) => column.kind === 'numeric' && column.values[999_999])).toEqual([
      2_999_997, 999_999,
    ]);
    await expect(source.read(['c1', 'x'])).rejects.toThrow("column 'x' is missing");
    const sample = await sampleRows(source, ['c1', 'c2'], 1000, randomFrom(3));
    const [one, two] = sample.columns.map((column) => (column.kind === 'numeric' ? [...column.values] : []));
    expect(one).toHaveLength(1000);
    expect(two).toEqual(one?.map((value) => 2 * value));
    expect(one).toEqual(one?.toSorted((a, b) => a - b));
    expect(new Set(one).size).toBe(1000);
  });
});

test('a sample of more rows than there are is all of them', async () => {
  const path = join(folder, 'few.csv');
  writeFileSync(path, 'a,s\n1,x\n2,y\n');
  const table = await readTable(path);
  expect(await sampleRows(heldColumns(table), ['a', 's'], 10, randomFrom(1))).toEqual(table);
});

test('groups are as large as the smallest of the sources allows', () => {
  expect(columnGroups([{ together: 2 }, { together: 3 }], ['a', 'b', 'c'])).toEqual([['a', 'b'], ['c']]);
  expect(columnGroups([{ together: Number.POSITIVE_INFINITY }], ['a', 'b'])).toEqual([['a', 'b']]);
  expect(columnGroups([{ together: 1 }], [])).toEqual([]);
});

test('a file that is written to while it is read is named as one that changes', async () => {
  const path = join(folder, 'growing.csv');
  writeFileSync(path, 'a\n1\n');
  const read = withColumns(path, {}, async () => appendFileSync(path, '2\n'));
  await expect(read).rejects.toThrow(`${path} changed while it was read`);
});
