import type { PageFile } from './page-file.ts';
import { readRecord, readVarint, type StoredValue } from './record-format.ts';

export interface StoredRow {
  readonly rowid: number;
  readonly values: readonly StoredValue[];
}

/** A page of a b-tree (SQLite file format, section 1.6) that is whole from end to end. */
export type TreePage =
  | { readonly kind: 'table leaf'; readonly rows: readonly StoredRow[] }
  /** `lastRowid`: highest number that its keys speak of. */
  | { readonly kind: 'table interior'; readonly children: readonly number[]; readonly lastRowid: number }
  /** Rowids that its entries point at. */
  | { readonly kind: 'index'; readonly children: readonly number[]; readonly rowids: readonly number[] };

const fileHeaderBytes = 100;
const kinds: Readonly<Record<number, 'table leaf' | 'table interior' | 'index leaf' | 'index interior'>> = {
  13: 'table leaf',
  5: 'table interior',
  10: 'index leaf',
  2: 'index interior',
};

/**
 * Reads a page and checks it as a whole: cells, free blocks and fragments must fill it without gap or overlap, rows must
 * ascend, every record must be as long as its header says. A page that was partly overwritten gives none of its rows, because
 * a row beside the damage cannot be told from a damaged one.
 */
export function readTreePage(file: PageFile, number: number): TreePage | undefined {
  const page = file.page(number);
  if (page === undefined) return undefined;
  const start = number === 1 ? fileHeaderBytes : 0;
  const kind = kinds[page[start] ?? 0];
  if (kind === undefined) return undefined;
  const interior = kind === 'table interior' || kind === 'index interior';
  const cells = page.readUInt16BE(start + 3);
  const pointers = start + (interior ? 12 : 8);
  const contentStart = page.readUInt16BE(start + 5) || 65_536;
  if (pointers + 2 * cells > contentStart || contentStart > page.length) return undefined;
  const children: number[] = [];
  const rows: StoredRow[] = [];
  const rowids: number[] = [];
  const taken: Span[] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < cells; index++) {
    const at = page.readUInt16BE(pointers + 2 * index);
    if (at < contentStart || at + 4 > page.length) return undefined;
    const cell = readCell(file, page, kind, at);
    if (cell === undefined) return undefined;
    taken.push({ from: at, until: Math.max(cell.end, at + 4) });
    if (interior) children.push(page.readUInt32BE(at));
    if (cell.rowid !== undefined) {
      if (cell.rowid <= before) return undefined;
      before = cell.rowid;
    }
    if (kind === 'table leaf' && cell.rowid !== undefined && cell.values !== undefined)
      rows.push({ rowid: cell.rowid, values: cell.values });
    const last = cell.values?.at(-1);
    if (kind !== 'table leaf' && typeof last === 'number') rowids.push(last);
  }
  if (!fills(page, start, contentStart, taken)) return undefined;
  if (interior) children.push(page.readUInt32BE(start + 8));
  if (children.some((child) => child < 1)) return undefined;
  if (kind === 'table leaf') return { kind, rows };
  return kind === 'table interior'
    ? { kind, children, lastRowid: Math.max(0, before) }
    : { kind: 'index', children, rowids };
}

interface Span {
  readonly from: number;
  readonly until: number;
}

/** Cells and free blocks lie side by side from the start of the content to the end of the page, fragments between them. */
function fills(page: Buffer, start: number, contentStart: number, cells: readonly Span[]): boolean {
  const spans = [...cells];
  for (let block = page.readUInt16BE(start + 1); block !== 0; ) {
    if (block < contentStart || block + 4 > page.length || spans.length > page.length) return false;
    const next = page.readUInt16BE(block);
    if (next !== 0 && next <= block) return false;
    spans.push({ from: block, until: block + page.readUInt16BE(block + 2) });
    block = next;
  }
  spans.sort((a, b) => a.from - b.from);
  let end = contentStart;
  let fragments = 0;
  for (const { from, until } of spans) {
    if (from < end || until > page.length) return false;
    fragments += from - end;
    end = until;
  }
  return fragments + page.length - end === page[start + 7];
}

interface Cell {
  readonly end: number;
  readonly rowid?: number;
  readonly values?: readonly StoredValue[];
}

function readCell(file: PageFile, page: Buffer, kind: string, at: number): Cell | undefined {
  const inside = kind.endsWith('interior') ? at + 4 : at;
  if (kind === 'table interior') {
    const key = readVarint(page, inside, page.length);
    return key === undefined ? undefined : { end: key.next, rowid: key.value };
  }
  const size = readVarint(page, inside, page.length);
  if (size === undefined) return undefined;
  if (kind !== 'table leaf') return readPayload(file, page, size.next, size.value, true);
  const rowid = readVarint(page, size.next, page.length);
  if (rowid === undefined) return undefined;
  const payload = readPayload(file, page, rowid.next, size.value, false);
  return payload === undefined ? undefined : { ...payload, rowid: rowid.value };
}

/** A payload may go on in a chain of overflow pages (section 1.7). */
function readPayload(
  file: PageFile,
  page: Buffer,
  at: number,
  size: number,
  index: boolean,
): Cell | undefined {
  const usable = file.pageSize;
  const most = index ? Math.floor(((usable - 12) * 64) / 255) - 23 : usable - 35;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const rest = least + ((size - least) % (usable - 4));
  const local = size <= most ? size : rest <= most ? rest : least;
  const end = at + local + (local < size ? 4 : 0);
  if (end > page.length || size > file.pageCount * usable) return undefined;
  const parts = [page.subarray(at, at + local)];
  let missing = size - local;
  for (let next = missing > 0 ? page.readUInt32BE(at + local) : 0; missing > 0; ) {
    const overflow = file.page(next);
    if (overflow === undefined) return undefined;
    const part = overflow.subarray(4, 4 + Math.min(missing, usable - 4));
    parts.push(part);
    missing -= part.length;
    next = overflow.readUInt32BE(0);
    if (missing === 0 && next !== 0) return undefined;
  }
  const [only = Buffer.alloc(0)] = parts;
  const values = readRecord(parts.length === 1 ? only : Buffer.concat(parts));
  return values === undefined ? undefined : { end, values };
}
