import { InputOutputError } from '../platform/errors.ts';
import { quoteName, quoteText, withDuckDb } from './duckdb.ts';
import type { FileFormat } from './file-format.ts';

export type StoredType = 'VARCHAR' | 'BIGINT' | 'DOUBLE' | 'TINYINT';

const copyOptions: Readonly<Record<Exclude<FileFormat, 'csv'>, string>> = {
  parquet: 'FORMAT parquet, COMPRESSION zstd',
  jsonl: 'FORMAT json',
};

/**
 * Writes a CSV file of this program's own again as Parquet or JSON Lines, row for row, in memory that does not grow with it.
 * @param columns types by name, in the order of the file
 * @throws InputOutputError when the new file cannot be written; the signal's reason when it is aborted
 */
export async function convertCsv(
  from: string,
  columns: Readonly<Record<string, StoredType>>,
  to: string,
  format: Exclude<FileFormat, 'csv'>,
  signal: AbortSignal,
): Promise<void> {
  const types = Object.entries(columns).map(([name, type]) => `${quoteText(name)}: '${type}'`);
  const source = `read_csv(${quoteText(from)}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', columns = {${types.join(', ')}})`;
  const names = Object.keys(columns).map(quoteName).join(', ');
  await withDuckDb(async (connection) => {
    try {
      await connection.run(
        `COPY (SELECT ${names} FROM ${source}) TO ${quoteText(to)} (${copyOptions[format]})`,
      );
    } catch (error) {
      throw new InputOutputError(`${to} cannot be written`, {
        why: error instanceof Error ? error.message : String(error),
        remedy: 'mend that, then run the command again; nothing was changed',
      });
    }
  }, signal);
}
