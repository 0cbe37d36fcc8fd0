import { isUtf8 } from 'node:buffer';
import { defaultMissingValues } from './schema.ts';
import type { Column } from './table.ts';

const comma = 44;
const minus = 45;
const point = 46;
const zero = 48;
const nine = 57;
const newline = 10;
const carriageReturn = 13;

/** A whole number of so many digits is exact in a double, and so is the power of ten below it: their quotient is rounded once. */
const exactDigits = 15;
const powersOfTen = Float64Array.from({ length: exactDigits + 1 }, (_, exponent) => 10 ** exponent);

/** What the cells of a column are, as bits: a column may hold several. */
const wholeNumber = 1;
const otherNumber = 2;
const text = 4;

const missing: ReadonlySet<string> = new Set(defaultMissingValues);
const spelledNumber = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;
const largestWhole = 1e15;
/** Begins with a letter, so that it is no number, and holds nothing that readers of CSV disagree about. */
const plainText = /^[\p{L}_](?:[^\p{C}"]*[^\p{C}\s"])?$/u;
/** Such texts may make a column of another type: infinities, booleans, times. */
const otherTypes = /^(?:nan|inf(?:inity)?|true|false|.*(?:Z|[+-]\d\d:?\d\d))$/i;

/**
 * Gathers the cells of a CSV file whose columns are all numbers, or texts that begin with a letter; the numbers are the ones
 * that DuckDB reads, bit for bit. Whatever else comes is refused, not guessed at: quotes, blanks, ragged rows, a column of both.
 */
export class PlainCells {
  #rows = 0;
  #capacity: number;
  readonly #names: readonly string[];
  readonly #lineEnd: number;
  readonly #kinds: Uint8Array;
  /** Of a text, its code. */
  readonly #values: Float64Array[];
  /** Code of each text by its bytes, spelled as Latin-1. */
  readonly #codes: readonly Map<string, number>[];

  /** @param rows about how many there will be */
  constructor(names: readonly string[], lineEnd: '\n' | '\r\n', rows: number) {
    this.#names = names;
    this.#lineEnd = lineEnd === '\n' ? newline : carriageReturn;
    this.#capacity = Math.max(1, rows);
    this.#kinds = new Uint8Array(names.length);
    this.#values = names.map(() => new Float64Array(this.#capacity));
    this.#codes = names.map(() => new Map());
  }

  get rows(): number {
    return this.#rows;
  }

  /**
   * Takes the bytes from `start` up to `end`, which are whole lines. One loop, because a call a cell would double its time.
   * @returns false where a cell is none of the above; what was gathered is of no use then
   */
  add(block: Buffer, start: number, end: number): boolean {
    const lineEnd = this.#lineEnd;
    const last = this.#names.length - 1;
    let column = 0;
    for (let i = start; i < end; i++) {
      const from = i;
      let byte = block[i] ?? newline;
      if (byte === minus) byte = block[++i] ?? newline;
      let number = 0;
      let digits = 0;
      let whole = 0;
      for (; ; byte = block[++i] ?? newline) {
        if (byte >= zero && byte <= nine) {
          number = number * 10 + (byte - zero);
          digits++;
        } else if (byte === point && whole === 0 && digits > 0) whole = digits;
        else break;
      }
      if ((byte === comma || byte === lineEnd) && digits > whole && digits <= exactDigits) {
        if (whole > 0) number /= powersOfTen[digits - whole] ?? 1;
        this.#put(column, whole > 0 ? otherNumber : wholeNumber, block[from] === minus ? -number : number);
      } else {
        while (byte !== comma && byte !== lineEnd && byte !== newline) byte = block[++i] ?? newline;
        if (!this.#addOther(column, block, from, i)) return false;
      }
      if (byte === comma) {
        if (++column > last) return false;
        continue;
      }
      if (column !== last || (last === 0 && from === i)) return false;
      if (lineEnd === carriageReturn && (byte === newline || block[++i] !== newline)) return false;
      column = 0;
      if (++this.#rows === this.#capacity) this.#grow();
    }
    return true;
  }

  /** The columns as `readTable` types them; undefined when one of them holds numbers and texts. */
  columns(): readonly Column[] | undefined {
    const columns: Column[] = [];
    for (const [index, name] of this.#names.entries()) {
      const kind = this.#kinds[index] ?? 0;
      const values = (this.#values[index] ?? new Float64Array()).subarray(0, this.#rows);
      if (kind > text) return undefined;
      if (kind < text)
        columns.push({ kind: 'numeric', name, type: kind === wholeNumber ? 'integer' : 'number', values });
      else {
        const dictionary = Array.from(this.#codes[index]?.keys() ?? [], (bytes) =>
          Buffer.from(bytes, 'latin1').toString('utf8'),
        );
        const codes = Int32Array.from(values, (code) => (Number.isNaN(code) ? -1 : code));
        columns.push({ kind: 'text', name, type: 'string', codes, dictionary });
      }
    }
    return columns;
  }

  /** A missing value, a number with exponent or more digits, or a text. */
  #addOther(column: number, block: Buffer, from: number, until: number): boolean {
    const bytes = block.subarray(from, until);
    const cell = bytes.toString('latin1');
    if (missing.has(cell)) {
      this.#put(column, 0, Number.NaN);
      return true;
    }
    if (spelledNumber.test(cell)) {
      const number = Number(cell);
      const isWhole = !/[.e]/i.test(cell) && Math.abs(number) < largestWhole;
      this.#put(column, isWhole ? wholeNumber : otherNumber, number);
      return Number.isFinite(number);
    }
    const codes = this.#codes[column] ?? new Map<string, number>();
    const known = codes.get(cell);
    this.#put(column, text, known ?? codes.size);
    if (known !== undefined) return true;
    codes.set(cell, codes.size);
    return isUtf8(bytes) && isPlainText(bytes.toString('utf8'));
  }

  #put(column: number, kind: number, value: number): void {
    const values = this.#values[column];
    if (values !== undefined) values[this.#rows] = value;
    this.#kinds[column] = (this.#kinds[column] ?? 0) | kind;
  }

  #grow(): void {
    this.#capacity = Math.ceil(this.#capacity * 1.25) + 1;
    for (const [index, values] of this.#values.entries()) {
      const larger = new Float64Array(this.#capacity);
      larger.set(values);
      this.#values[index] = larger;
    }
  }
}

function isPlainText(cell: string): boolean {
  return plainText.test(cell) && !otherTypes.test(cell);
}
