import { sortNumbers } from '../../../data/sort-numbers.ts';
import type { Column } from '../../../data/table.ts';

/**
 * A hash of each row, taken up column by column, so that no two columns need be in memory together: eight bytes a row.
 *
 * Two 32-bit sums, each by the block step of MurmurHash3 (Appleby 2011) with the constants of another lane, over the bits of the
 * numbers and over a hash of the texts. 53 bits of them are kept: two of ten million different rows are taken for equal
 * in one file of two hundred.
 */
export class RowHashes {
  readonly #low: Uint32Array;
  readonly #high: Uint32Array;

  constructor(rows: number) {
    this.#low = new Uint32Array(rows);
    this.#high = new Uint32Array(rows);
  }

  add(column: Column): void {
    if (column.kind === 'numeric') {
      const { values } = column;
      for (let row = 0; row < values.length; row++) {
        // Adding 0 makes one zero of the two.
        double[0] = (values[row] ?? Number.NaN) + 0;
        this.#take(row, words[0] ?? 0);
        this.#take(row, words[1] ?? 0);
      }
      return;
    }
    const hashes = column.dictionary.map(textWords);
    for (let row = 0; row < column.codes.length; row++) {
      const [first, second] = hashes[column.codes[row] ?? -1] ?? missingText;
      this.#take(row, first);
      this.#take(row, second);
    }
  }

  /** Numbers of 53 bits, ascending: those of equal rows stand side by side. */
  sorted(): Float64Array {
    const upper = (row: number) => ((this.#high[row] ?? 0) & 0x1f_ffff) * 2 ** 32;
    const hashes = new Float64Array(this.#low.length);
    for (let row = 0; row < hashes.length; row++) hashes[row] = upper(row) + (this.#low[row] ?? 0);
    return sortNumbers(hashes);
  }

  #take(row: number, word: number): void {
    this.#low[row] = step(this.#low[row] ?? 0, word, 0xcc9e2d51, 0x1b873593);
    this.#high[row] = step(this.#high[row] ?? 0, word, 0x239b961b, 0xab0e9789);
  }
}

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
const missingText = [1, 2] as const;

function step(hash: number, word: number, first: number, second: number): number {
  const mixed = Math.imul(turned(Math.imul(word, first), 15), second);
  return Math.imul(turned(hash ^ mixed, 13), 5) + 0xe6546b64;
}

function turned(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

function textWords(text: string): readonly [number, number] {
  let first = text.length;
  let second = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    first = step(first, unit, 0xcc9e2d51, 0x1b873593);
    second = step(second, unit, 0x239b961b, 0xab0e9789);
  }
  return [first, second];
}
