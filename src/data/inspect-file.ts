import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { DataError, fromSystemError } from '../platform/errors.ts';
import type { FileFormat } from './file-format.ts';

const headBytes = 1 << 20;

/**
 * Refuses what cannot be a data file before an engine is started on it: missing, empty, binary, header missing or doubled.
 * @returns the header's names for CSV, nothing for the formats that carry their own.
 */
export function inspectFile(path: string, format: FileFormat): readonly string[] {
  const head = readHead(path);
  if (head.length === 0) {
    throw new DataError(`${path} is empty`, { remedy: 'check that whatever writes the file has finished' });
  }
  if (format === 'parquet') return requireParquet(path, head);
  if (head.includes(0)) {
    throw new DataError(`${path} is not text`, {
      why: 'it holds zero bytes, as binary files do',
      remedy: `give a ${format.toUpperCase()} file in UTF-8, or name its format with --format`,
    });
  }
  return format === 'csv' ? csvHeader(path, head) : [];
}

function readHead(path: string): Buffer {
  try {
    const descriptor = openSync(path, 'r');
    try {
      const buffer = Buffer.alloc(Math.min(headBytes, statSync(path).size));
      return buffer.subarray(0, readSync(descriptor, buffer));
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw fromSystemError(error, `${path} cannot be read`);
  }
}

function requireParquet(path: string, head: Buffer): readonly string[] {
  if (head.subarray(0, 4).toString('latin1') === 'PAR1') return [];
  throw new DataError(`${path} is not a Parquet file`, {
    why: "it does not begin with Parquet's mark PAR1",
    remedy: 'check the file, or name its format with --format',
  });
}

function csvHeader(path: string, head: Buffer): readonly string[] {
  const [names]: string[][] = parse(head, {
    to_line: 1,
    relax_quotes: true,
    relax_column_count: true,
    bom: true,
  });
  if (names === undefined || names.every((name) => name.trim() === '')) {
    throw new DataError(`${path} has no header`, {
      why: 'its first line is blank',
      remedy: 'name the columns in the first line',
    });
  }
  if (names.some((name) => name.trim() !== '' && Number.isFinite(Number(name)))) {
    throw new DataError(`${path} has no header`, {
      why: `its first line holds numbers: ${names.slice(0, 4).join(', ')}`,
      remedy: 'name the columns in the first line',
    });
  }
  const unnamed = names.findIndex((name) => name.trim() === '');
  if (unnamed >= 0) {
    throw new DataError(`${path}: column ${unnamed + 1} of the header has no name`, {
      remedy: 'name it, or remove the column',
    });
  }
  const doubled = names.find(
    (name, index) => names.findIndex((each) => each.toLowerCase() === name.toLowerCase()) < index,
  );
  if (doubled !== undefined) {
    throw new DataError(`${path}: the header names '${doubled}' twice`, {
      why: 'names are told apart without regard to upper and lower case',
      remedy: 'rename or remove one of the columns',
    });
  }
  return names;
}
