import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { compressionOf } from './decompress.ts';
import { quoteText, withDuckDb } from './duckdb.ts';
import { inputFormat } from './file-format.ts';

const sampledBytes = 1 << 16;
const newline = 10;

/**
 * About how many rows a file has, to tell how far along its reading is: exact for Parquet, else its size over the length
 * of its first lines. Undefined for what is no file, such as a pipe, and for a compressed one.
 */
export async function estimateRows(path: string, namedFormat?: string): Promise<number | undefined> {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0 || compressionOf(path) !== undefined) return undefined;
  if (inputFormat(path, namedFormat) === 'parquet') return countParquet(path);
  const sample = Buffer.alloc(Math.min(sampledBytes, size));
  const descriptor = openSync(path, 'r');
  try {
    readSync(descriptor, sample);
  } finally {
    closeSync(descriptor);
  }
  let lines = 0;
  for (let end = sample.indexOf(newline); end >= 0; end = sample.indexOf(newline, end + 1)) lines += 1;
  return lines === 0 ? undefined : Math.round((size / sample.length) * lines);
}

async function countParquet(path: string): Promise<number> {
  return withDuckDb(async (connection) => {
    const counted = await connection.runAndReadAll(
      `SELECT sum(num_rows) FROM parquet_file_metadata(${quoteText(path)})`,
    );
    return Number(counted.getRows()[0]?.[0] ?? 0);
  });
}
