import { quoteColumn } from '../predictions.ts';
import type { Connection } from '../store.ts';

/** Tables whose rows never change once they are written: what a backup has of them is what was lost. */
const unchanging = [
  'event',
  'training_run',
  'stage_change',
  'prediction',
  'label',
  'label_correction',
  'monitoring_run',
  'drift_result',
  'gate_decision',
];

/** The one way in which a row of these is changed: a corrected label, which is no longer the backup's. */
const stillTrue: Readonly<Record<string, string>> = {
  label: `AND NOT EXISTS (SELECT 1 FROM main.label_correction AS c WHERE c.prediction_id = b.prediction_id
    AND c.true_label = b.true_label AND c.label_timestamp = b.label_timestamp AND c.label_source = b.label_source)`,
};

/**
 * Adds rows that the attached database `backup` has and the tables named lack, where its audit is an earlier part of this one's.
 * @returns how many rows each table got
 */
export function fillFromBackup(
  connection: Connection,
  tables: readonly string[],
): ReadonlyMap<string, number> {
  if (!isEarlierPart(connection)) return new Map();
  const wanted = unchanging.filter((name) => tables.includes(name));
  return new Map(wanted.map((name) => [name, fillTable(connection, name)]));
}

function isEarlierPart(connection: Connection): boolean {
  const compared = connection
    .prepare<[], { same: number; other: number }>(
      `SELECT total(b.hash = m.hash) AS same, total(b.hash <> m.hash) AS other
       FROM backup.event AS b JOIN main.event AS m ON m.seq = b.seq`,
    )
    .get();
  return compared !== undefined && compared.same > 0 && compared.other === 0;
}

function fillTable(connection: Connection, table: string): number {
  const columns = connection
    .prepare<[string, string], { name: string }>(
      `SELECT m.name FROM pragma_table_info(?, 'main') AS m
       JOIN pragma_table_info(?, 'backup') AS b ON b.name = m.name`,
    )
    .all(table, table)
    .map(({ name }) => quoteColumn(name));
  const names = columns.join(', ');
  const name = quoteColumn(table);
  return connection
    .prepare(
      `INSERT OR IGNORE INTO main.${name} (rowid, ${names}) SELECT b.rowid, ${names} FROM backup.${name} AS b
       WHERE b.rowid NOT IN (SELECT rowid FROM main.${name}) ${stillTrue[table] ?? ''}`,
    )
    .run().changes;
}
