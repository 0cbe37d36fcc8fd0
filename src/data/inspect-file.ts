import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { DataError, fromSystemError } from '../platform/errors.ts';
import type { FileFormat } from './file-format.ts';
import { requireUtf8 } from './utf8.ts';

const headBytes = 1 << 20;
const widestHeaderBytes = 1 << 26;
const parquetMark = 'PAR1';

/**
 * Refuses what cannot be a data file before an engine is started on it: missing, empty, binary, cut short, header missing or doubled.
 * @param name what messages call the file
 * @returns the header's names for CSV, without blanks around them; nothing for the formats that carry their own.
 */
export function inspectFile(path: string, format: FileFormat, name = path): readonly string[] {
  const { head, tail, whole } = readEnds(path, name, format);
  if (head.length === 0) {
    throw new DataError(`${name} is empty`, { remedy: 'check that whatever writes the file has finished' });
  }
  if (format === 'parquet') return requireParquet(name, head, tail);
  requireText(name, format, head, whole);
  return format === 'csv' ? csvHeader(name, head) : requireJsonLines(name, head);
}

interface FileEnds {
  /** The first mebibyte, and more where the first line of a CSV goes on. */
  readonly head: Buffer;
  readonly tail: Buffer;
  /** The head is the whole file. */
  readonly whole: boolean;
}

function readEnds(path: string, name: string, format: FileFormat): FileEnds {
  try {
    const descriptor = openSync(path, 'r');
    try {
      const { size } = fstatSync(descriptor);
      const read = (position: number, bytes: number) => {
        const buffer = Buffer.alloc(bytes);
        return buffer.subarray(0, readSync(descriptor, buffer, 0, bytes, position));
      };
      let head = read(0, Math.min(headBytes, size));
      while (format === 'csv' && !head.includes('\n') && head.length < Math.min(size, widestHeaderBytes)) {
        head = read(0, Math.min(2 * head.length, size));
      }
      const tail = read(Math.max(0, size - parquetMark.length), Math.min(parquetMark.length, size));
      return { head, tail, whole: head.length === size };
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw fromSystemError(error, `${name} cannot be read`);
  }
}

function requireParquet(name: string, head: Buffer, tail: Buffer): readonly string[] {
  if (head.subarray(0, parquetMark.length).toString('latin1') !== parquetMark) {
    throw new DataError(`${name} is not a Parquet file`, {
      why: `it does not begin with Parquet's mark ${parquetMark}`,
      remedy: 'check the file, or name its format with --format',
    });
  }
  if (head.length > parquetMark.length && tail.toString('latin1') === parquetMark) return [];
  throw new DataError(`${name} is cut short`, {
    why: `a Parquet file ends with the mark ${parquetMark}, this one does not`,
    remedy: 'copy or write it again',
  });
}

function requireText(name: string, format: FileFormat, head: Buffer, whole: boolean): void {
  if (!head.includes(0)) {
    requireUtf8(name, head, whole);
    return;
  }
  const utf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (utf16) {
    throw new DataError(`${name}: not UTF-8`, {
      why: 'it is UTF-16, as its first two bytes say',
      remedy: 'convert it, for example with iconv -f utf-16 -t utf-8',
    });
  }
  throw new DataError(`${name} is not text`, {
    why: 'it holds zero bytes, as binary files do',
    remedy: `give a ${format.toUpperCase()} file in UTF-8, or name its format with --format`,
  });
}

function requireJsonLines(name: string, head: Buffer): readonly string[] {
  const start = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (start.startsWith('{')) return [];
  throw new DataError(start === '' ? `${name} is empty` : `${name} is not JSON Lines`, {
    why: start === '' ? 'it holds nothing but blanks' : `it begins with '${start[0]}'`,
    remedy: 'write one JSON object a line, beginning with {',
  });
}

function csvHeader(name: string, head: Buffer): readonly string[] {
  const names = firstRecord(name, head).map((each) => each.trim());
  if (names.every((each) => each === '')) {
    throw new DataError(`${name} has no header`, {
      why: 'its first line is blank',
      remedy: 'name the columns in the first line',
    });
  }
  if (names.some((each) => each !== '' && Number.isFinite(Number(each)))) {
    throw new DataError(`${name} has no header`, {
      why: `its first line holds numbers: ${names.slice(0, 4).join(', ')}`,
      remedy: 'name the columns in the first line',
    });
  }
  const unnamed = names.indexOf('');
  if (unnamed >= 0) {
    throw new DataError(`${name}: column ${unnamed + 1} of the header has no name`, {
      remedy: 'name it, or remove the column',
    });
  }
  requireCommas(name, names);
  const seen = new Set<string>();
  for (const each of names) {
    if (seen.has(each.toLowerCase())) {
      throw new DataError(`${name}: the header names '${each}' twice`, {
        why: 'names are told apart without regard to upper and lower case',
        remedy: 'rename or remove one of the columns',
      });
    }
    seen.add(each.toLowerCase());
  }
  return names;
}

function firstRecord(name: string, head: Buffer): readonly string[] {
  try {
    const [names]: string[][] = parse(head, {
      to: 1,
      relax_quotes: true,
      relax_column_count: true,
      bom: true,
    });
    return names ?? [];
  } catch (error) {
    throw new DataError(`${name}: its header cannot be read`, {
      why: error instanceof Error ? error.message : String(error),
      remedy: 'correct the first line',
    });
  }
}

function requireCommas(name: string, names: readonly string[]): void {
  const [only] = names;
  const separator = /[;\t|]/.exec(names.length === 1 ? (only ?? '') : '')?.[0];
  if (separator === undefined) return;
  throw new DataError(`${name} has one column, '${only}'`, {
    why: `its cells seem to be separated by '${separator === '\t' ? 'tab' : separator}'`,
    remedy: 'separate them by commas',
  });
}
