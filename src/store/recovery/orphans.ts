import { quoteColumn } from '../predictions.ts';
import type { Connection } from '../store.ts';

/** A legible row that cannot stand in the new store. */
export interface Leftover {
  readonly table: string;
  readonly rowid: number;
  readonly reason: string;
  readonly content: Readonly<Record<string, unknown>>;
}

interface Orphan {
  readonly child: string;
  readonly rowid: number;
  readonly parent: string;
  readonly column: string;
  readonly required: number;
}

/** Takes out rows whose parent is lost, until none is left; a reference that may be empty is emptied instead. */
export function dropOrphans(connection: Connection, keepAside: (leftover: Leftover) => void): void {
  const find = connection.prepare<[], Orphan>(
    `SELECT f."table" AS child, f.rowid AS rowid, f.parent, k."from" AS "column", i."notnull" OR i.pk > 0 AS required
     FROM pragma_foreign_key_check AS f
     JOIN pragma_foreign_key_list(f."table") AS k ON k.id = f.fkid
     JOIN pragma_table_info(f."table") AS i ON i.name = k."from"`,
  );
  for (let orphans = find.all(); orphans.length > 0; orphans = find.all()) {
    for (const orphan of orphans) dropOrphan(connection, orphan, keepAside);
  }
}

function dropOrphan(connection: Connection, orphan: Orphan, keepAside: (leftover: Leftover) => void): void {
  const { child, rowid, parent, column, required } = orphan;
  const table = quoteColumn(child);
  const content = connection
    .prepare<[number], Readonly<Record<string, unknown>>>(`SELECT * FROM ${table} WHERE rowid = ?`)
    .get(rowid);
  if (content === undefined) return;
  if (required === 0) {
    connection.prepare(`UPDATE ${table} SET ${quoteColumn(column)} = NULL WHERE rowid = ?`).run(rowid);
    return;
  }
  connection.prepare(`DELETE FROM ${table} WHERE rowid = ?`).run(rowid);
  keepAside({ table: child, rowid, reason: `the ${parent} it belongs to is lost`, content });
}
