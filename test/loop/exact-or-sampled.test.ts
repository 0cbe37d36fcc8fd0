import { expect, test } from 'vitest';
import { type ColumnSource, heldColumns } from '../../src/data/index.ts';
import { exactOrSampled, sampleNote } from '../../src/loop/monitoring/exact-or-sampled.ts';

function sourceOf(rows: number): ColumnSource {
  const values = Float64Array.from({ length: rows }, (_, row) => row);
  return heldColumns({ rows, columns: [{ kind: 'numeric', name: 'a', type: 'integer', values }] });
}

test('ten million rows are compared whole; of more a sample has to be asked for', () => {
  const ten = { ...sourceOf(3), rows: 10_000_000 };
  expect(exactOrSampled(ten, 'a.parquet', undefined)).toBe(ten);
  const more = { ...ten, rows: 10_000_001 };
  expect(() => exactOrSampled(more, 'a.parquet', undefined)).toThrow('a.parquet has 10,000,001 rows');
  expect(exactOrSampled(more, 'a.parquet', 1000).rows).toBe(1000);
});

test('a sample is the same rows on every run, each at most once, in file order', async () => {
  const draw = async () => {
    const { columns } = await exactOrSampled(sourceOf(10_000), 'a.csv', 500).read(['a']);
    return columns[0]?.kind === 'numeric' ? [...columns[0].values] : [];
  };
  const rows = await draw();
  expect(rows).toHaveLength(500);
  expect(rows).toEqual([...new Set(rows)].sort((a, b) => a - b));
  expect(await draw()).toEqual(rows);
  const mean = rows.reduce((sum, row) => sum + row, 0) / 500;
  expect(Math.abs(mean - 5000)).toBeLessThan(3 * (10_000 / Math.sqrt(12 * 500)));
});

test('a note states the error of a sample; nothing is said of whole files', () => {
  expect(sampleNote(sourceOf(100), 'a.csv', 1000)).toEqual([]);
  expect(sampleNote(sourceOf(100), 'a.csv', undefined)).toEqual([]);
  expect(sampleNote({ ...sourceOf(1), rows: 12_000_000 }, 'a.csv', 1_000_000)).toEqual([
    'a.csv: 1,000,000 of 12,000,000 rows, drawn by chance: a share has a standard error of at most 0.050 %, the distribution function is off by at most 0.14 % (95 %)',
  ]);
});
