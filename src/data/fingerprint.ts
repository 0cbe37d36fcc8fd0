import { createHash } from 'node:crypto';
import type { Table } from './table.ts';

/** sha256 over a table's names, types and values: the same content has the same fingerprint, whichever file it came from. */
export function fingerprint(table: Table): string {
  const hash = createHash('sha256');
  for (const column of table.columns) {
    hash.update(JSON.stringify([column.name, column.type, table.rows]));
    if (column.kind === 'numeric') hash.update(bytes(column.values));
    else hash.update(JSON.stringify(column.dictionary)).update(bytes(column.codes));
  }
  return hash.digest('hex');
}

function bytes(values: Float64Array | Int32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
