import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Row, RowColumn } from '../../data/row-text.ts';
import { toIso } from '../../platform/clock.ts';
import { fromSystemError, UsageError } from '../../platform/errors.ts';
import { nearest } from '../../platform/nearest.ts';
import type { ExportTable } from '../../store/index.ts';

export interface Anonymisation {
  readonly columns: readonly string[];
  /** Secret; the same key gives the same tokens. */
  readonly key: string;
}

const keyVariable = 'MLOPS_ANONYMISE_KEY';
const shortestKey = 16;
/** Hexadecimal digits of a token: 128 bits, so that two values never meet by chance. */
const tokenLength = 32;

/** @param file where the key stands; without one, in MLOPS_ANONYMISE_KEY. @throws UsageError when there is none, or a short one */
export function anonymisationKey(file: string | undefined): string {
  const key = file === undefined ? (process.env[keyVariable] ?? '') : readKey(file);
  if (key.length >= shortestKey) return key;
  throw new UsageError(
    key === '' ? 'there is no key to anonymise with' : 'the key to anonymise with is short',
    {
      why: `tokens are made with a secret of at least ${shortestKey} characters, else whoever guesses a value can check it`,
      remedy: `openssl rand -hex 32 > key.txt, then add --key-file key.txt (or set ${keyVariable})`,
    },
  );
}

function readKey(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw fromSystemError(error, `the key ${file} cannot be read`);
  }
}

/** Says which key was used without telling it: exports with the same id can be joined by their tokens. */
export function keyId(key: string): string {
  return createHmac('sha256', key).update('mlops export key').digest('hex').slice(0, 16);
}

/**
 * The tables with a token (HMAC-SHA256 under the key, hexadecimal, cut to 128 bits) in place of each value of the columns:
 * the same value gives the same token in every table and every export with that key. What is missing stays missing.
 * @throws UsageError when no table has one of the columns
 */
export function anonymised(
  tables: readonly ExportTable[],
  { columns, key }: Anonymisation,
): readonly ExportTable[] {
  const known = new Set(tables.flatMap((table) => table.columns.map(({ name }) => name)));
  for (const column of columns) {
    if (known.has(column)) continue;
    const [guess] = nearest(column, known);
    throw new UsageError(`there is no column '${column}' to anonymise`, {
      why: `there are ${[...known].join(', ')}`,
      remedy: guess === undefined ? 'name one of these' : `write --anonymise ${guess}`,
    });
  }
  return tables.map((table) => withTokens(table, columns, key));
}

function withTokens(table: ExportTable, hidden: readonly string[], key: string): ExportTable {
  const columns = table.columns.map(
    (each): RowColumn => (hidden.includes(each.name) ? { name: each.name, type: 'text' } : each),
  );
  const token = (value: Row[number], type: RowColumn['type'] | undefined) =>
    value === null
      ? null
      : createHmac('sha256', key)
          .update(type === 'time' ? toIso(Number(value)) : String(value))
          .digest('hex')
          .slice(0, tokenLength);
  return {
    ...table,
    columns,
    *rows(window) {
      for (const row of table.rows(window)) {
        yield row.map((value, index) =>
          hidden.includes(columns[index]?.name ?? '') ? token(value, table.columns[index]?.type) : value,
        );
      }
    },
  };
}
