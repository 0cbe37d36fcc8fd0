import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Table } from '../data/table.ts';
import { writeParquet } from '../data/write-table.ts';
import { adoptArtifact } from './artifacts.ts';

/** Keeps a table as Parquet under its hash. @returns the hash of the file */
export async function keepTable(folder: string, table: Table): Promise<string> {
  const fresh = join(folder, `table-${process.pid}.parquet`);
  try {
    mkdirSync(folder, { recursive: true });
    await writeParquet(fresh, table);
    return adoptArtifact(folder, fresh, 'parquet');
  } finally {
    rmSync(fresh, { force: true });
  }
}
