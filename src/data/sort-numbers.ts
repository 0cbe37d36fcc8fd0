/** Below so many values the engine's own sort is the faster one. */
const fewValues = 5_000;
const digitValues = 1 << 11;
const digitMask = digitValues - 1;
/** A double is two words of 32 bits, the low one first on every machine that Node.js runs on; each has three digits. */
const digits = [0, 1].flatMap((word) => [0, 11, 22].map((shift) => ({ word, shift })));

/**
 * The values ascending, without NaN, in an array of their own; -0 comes before 0, as `TypedArray.prototype.sort` has it.
 *
 * Many values take a radix sort from the least significant digit (Knuth, The Art of Computer Programming 3, 5.2.5) of the
 * 64 bits of a double; digits that all values share, such as the low ones of whole numbers, cost nothing. Memory while it
 * works: an array of that length beside the one it gives.
 */
export function sortNumbers(values: Float64Array): Float64Array {
  const present = withoutNaN(values);
  return present.length < fewValues ? present.sort() : radixSort(present);
}

function withoutNaN(values: Float64Array): Float64Array {
  const present = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    if (!Number.isNaN(value)) present[count++] = value;
  }
  return count === values.length ? present : present.slice(0, count);
}

/** Used again from call to call, as long as the longest of them. */
let spareValues = new Float64Array();

function spareOf(length: number): Float64Array {
  if (spareValues.length < length) spareValues = new Float64Array(length);
  return spareValues.subarray(0, length);
}

/** In place. Bits in order of unsigned numbers are the values from 0 up, and after them the negative ones from -0 down. */
function radixSort(values: Float64Array): Float64Array {
  const counts = countDigits(values);
  let from = values;
  let to = spareOf(values.length);
  for (const [index, digit] of digits.entries()) {
    const starts = counts.subarray(index * digitValues, (index + 1) * digitValues);
    if (starts.includes(values.length)) continue;
    countsToStarts(starts);
    distribute(from, to, digit, starts);
    [from, to] = [to, from];
  }
  return negativesFirst(from, values);
}

/** How often each digit has each of its values, for all digits in one pass. */
function countDigits(values: Float64Array): Uint32Array {
  const words = new Uint32Array(values.buffer);
  const counts = new Uint32Array(digits.length * digitValues);
  const count = (place: number) => {
    counts[place] = (counts[place] ?? 0) + 1;
  };
  for (let i = 0; i < words.length; i += 2) {
    const low = words[i] ?? 0;
    const high = words[i + 1] ?? 0;
    count(low & digitMask);
    count(digitValues + ((low >>> 11) & digitMask));
    count(2 * digitValues + (low >>> 22));
    count(3 * digitValues + (high & digitMask));
    count(4 * digitValues + ((high >>> 11) & digitMask));
    count(5 * digitValues + (high >>> 22));
  }
  return counts;
}

function countsToStarts(counts: Uint32Array): void {
  let start = 0;
  for (let value = 0; value < counts.length; value++) {
    const count = counts[value] ?? 0;
    counts[value] = start;
    start += count;
  }
}

/** Values with the same digit keep their order. */
function distribute(
  from: Float64Array,
  to: Float64Array,
  { word, shift }: (typeof digits)[number],
  starts: Uint32Array,
): void {
  const words = new Uint32Array(from.buffer);
  for (let i = 0; i < from.length; i++) {
    const digit = ((words[2 * i + word] ?? 0) >>> shift) & digitMask;
    const place = starts[digit] ?? 0;
    to[place] = from[i] ?? 0;
    starts[digit] = place + 1;
  }
}

/** Puts the values of `sorted`, whose negatives stand last and backwards, into `values`: maybe the same array. */
function negativesFirst(sorted: Float64Array, values: Float64Array): Float64Array {
  let positives = sorted.length;
  while (positives > 0 && isNegative(sorted[positives - 1] ?? 0)) positives--;
  const negatives = sorted.slice(positives).reverse();
  values.set(sorted.subarray(0, positives), negatives.length);
  values.set(negatives);
  return values;
}

function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}
