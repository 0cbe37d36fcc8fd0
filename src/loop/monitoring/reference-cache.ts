import { closeSync, fstatSync, openSync, readdirSync, readSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { Column, Table } from '../../data/table.ts';
import { writeFileAtomic } from '../../data/write-file-atomic.ts';
import { rememberSorted, sortedOf } from '../../drift/index.ts';
import { InputOutputError } from '../../platform/errors.ts';

/** The format's number is its last character: files of another one are read as damaged, and written anew. */
const magic = 'mlopsRC1';
const extension = '.reference';
/** Magic, bytes of the header, checksum of everything after it. */
const prefixBytes = 16;
/** Arrays begin at multiples of so many bytes. */
const alignment = 8;
/** A workspace has one reference, and another one after a promotion; the oldest of more go. */
const mostKept = 3;
const mostBytes = 512 * 2 ** 20;

const columnHeader = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('numeric'),
    name: z.string(),
    type: z.enum(['number', 'integer', 'boolean', 'datetime']),
    present: z.int().nonnegative(),
  }),
  z.strictObject({ kind: z.literal('text'), name: z.string(), dictionary: z.array(z.string()) }),
]);
type ColumnHeader = z.infer<typeof columnHeader>;
const header = z.strictObject({ rows: z.int().nonnegative(), columns: z.array(columnHeader) });

/**
 * The reference table, decoded and sorted when its content was read before: a monitoring run then reads only its own rows.
 *
 * A file of the folder holds the columns as they are in memory and each numeric one sorted, with a checksum: what is damaged, of
 * another format or cannot be written is read anew by `read`, and never an error.
 * @param key of the content, and of how it is read
 */
export async function cachedReference(
  folder: string,
  key: string,
  read: () => Promise<Table>,
): Promise<Table> {
  const path = join(folder, `${key}${extension}`);
  const known = readCache(path);
  if (known !== undefined) return known;
  const table = await read();
  const content = encode(table);
  if (content.length > mostBytes) return table;
  try {
    writeFileAtomic(path, content);
    prune(folder);
  } catch (error) {
    if (!(error instanceof InputOutputError)) throw error;
  }
  return table;
}

function encode(table: Table): Buffer {
  const columns = table.columns.map(headerOf);
  const head = Buffer.from(JSON.stringify({ rows: table.rows, columns }));
  const arrays = table.columns.flatMap(arraysOf).map((each) => padded(bytesOf(each)));
  const content = Buffer.concat([Buffer.alloc(prefixBytes), padded(head), ...arrays]);
  content.write(magic, 'latin1');
  content.writeUInt32LE(head.length, 8);
  content.writeUInt32LE(crc32(content.subarray(prefixBytes)), 12);
  return content;
}

function headerOf(column: Column): ColumnHeader {
  const { kind, name } = column;
  if (kind === 'text') return { kind, name, dictionary: [...column.dictionary] };
  return { kind, name, type: column.type, present: sortedOf(column).length };
}

function arraysOf(column: Column): readonly (Float64Array | Int32Array)[] {
  return column.kind === 'text' ? [column.codes] : [column.values, sortedOf(column)];
}

/** Undefined where there is no such file, or none that is whole. */
function readCache(path: string): Table | undefined {
  const content = readAligned(path);
  if (content === undefined || content.length < prefixBytes) return undefined;
  const head = prefixBytes + content.readUInt32LE(8);
  const whole =
    content.toString('latin1', 0, magic.length) === magic &&
    content.readUInt32LE(12) === crc32(content.subarray(prefixBytes));
  if (!whole) return undefined;
  const { rows, columns } = header.parse(JSON.parse(content.toString('utf8', prefixBytes, head)));
  let offset = ceiling(head);
  const take = (bytes: number) => {
    const from = offset;
    offset = ceiling(offset + bytes);
    return from;
  };
  const doubles = (length: number) => new Float64Array(content.buffer, take(length * 8), length);
  return {
    rows,
    columns: columns.map((each): Column => {
      if (each.kind === 'text') {
        const codes = new Int32Array(content.buffer, take(rows * 4), rows);
        return { kind: 'text', name: each.name, type: 'string', codes, dictionary: each.dictionary };
      }
      const { kind, name, type, present } = each;
      const column = { kind, name, type, values: doubles(rows) };
      rememberSorted(column, doubles(present));
      return column;
    }),
  };
}

/** The file's bytes from the start of a buffer of their own, so that arrays can stand on them. */
function readAligned(path: string): Buffer<ArrayBuffer> | undefined {
  try {
    const descriptor = openSync(path, 'r');
    try {
      const content = Buffer.from(new ArrayBuffer(fstatSync(descriptor).size));
      return readSync(descriptor, content) === content.length ? content : undefined;
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}

function prune(folder: string): void {
  const kept = readdirSync(folder)
    .filter((name) => name.endsWith(extension))
    .map((name) => join(folder, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const path of kept.slice(mostKept)) rmSync(path, { force: true });
}

function bytesOf(values: Float64Array | Int32Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes], ceiling(bytes.length));
}

function ceiling(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}
