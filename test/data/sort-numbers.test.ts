import { expect, test } from 'vitest';
import { sortNumbers } from '../../src/data/sort-numbers.ts';
import { randomFrom } from '../../src/training/random.ts';

const many = 20_000;
const random = randomFrom(1);
const bits = new DataView(new ArrayBuffer(8));

/** Any of the bit patterns of a double, NaN and infinities among them. */
function anyDouble(): number {
  bits.setUint32(0, random() * 2 ** 32);
  bits.setUint32(4, random() * 2 ** 32);
  return bits.getFloat64(0);
}

const special = [
  0,
  -0,
  1,
  -1,
  Infinity,
  -Infinity,
  Number.NaN,
  5e-324,
  -5e-324,
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
];

test.each<[string, () => number]>([
  ['any doubles', anyDouble],
  ['whole numbers of a few values', () => Math.floor(random() * 80)],
  ['positive fractions', () => random() * 1000],
  ['both signs', () => random() - 0.5],
  ['negative numbers alone', () => -1 - random()],
  ['special values over and over', () => special[Math.floor(random() * special.length)] ?? 0],
  ['one value', () => 7],
  ['zeros of both signs', () => (random() < 0.5 ? -0 : 0)],
  ['nothing but NaN', () => Number.NaN],
])('%s, many and few, as TypedArray.sort puts them without NaN', (_, draw) => {
  for (const length of [many, 100]) {
    const values = Float64Array.from({ length }, draw);
    const kept = values.slice();
    const expected = values.filter((value) => !Number.isNaN(value)).sort();
    const sorted = sortNumbers(values);
    expect(sorted.length).toBe(expected.length);
    expect(sorted.every((value, i) => Object.is(value, expected[i]))).toBe(true);
    expect(values).toEqual(kept);
  }
});

test('values that are a part of a larger buffer', () => {
  const whole = Float64Array.from({ length: many + 10 }, () => random());
  expect(sortNumbers(whole.subarray(10))).toEqual(whole.slice(10).sort());
});

test('no value', () => {
  expect(sortNumbers(new Float64Array())).toEqual(new Float64Array());
});
